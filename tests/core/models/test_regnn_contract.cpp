// What the REGNN family promises beyond the contract of every host.
#include <gtest/gtest.h>

#include <cmath>

#include "core/api/error.h"
#include "core/api/reaction_model.h"
#include "core/data/npy.h"
#include "core/data/safetensors.h"
#include "core/models/clip_inputs.h"
#include "core/models/regnn_network.h"
#include "core/models/regnn_windows.h"
#include "core/nn/checkpoint.h"
#include "core/nn/noise.h"
#include "tests/core/models/fake_clip.h"
#include "tests/support/shared.h"

namespace emc {
namespace {
using test::FakeClip;

std::unique_ptr<ReactionModel> open(const std::string& name, const std::filesystem::path& path = {}) {
    CheckpointRef ref;
    ref.videoSize = 32;
    ref.threads = 1;
    ref.path = path;
    return openModel(name, ref);
}
ReactOptions few(int samples) {
    ReactOptions options;
    options.samples = samples;
    return options;
}

TEST(Regnn, SaysHowItsWindowsWereTurnedRound) {
    JobContext job;
    for (const int frames : {1, 49, 74, 101, 126}) {
        const Reactions out = open("regnn-emc")->react(FakeClip(frames), few(2), job);
        EXPECT_EQ(out.meta.at("windows"), std::to_string(windowStarts(frames).size()));
        EXPECT_LE(std::stod(out.meta.at("inverse_residual")), 1e-4);
        EXPECT_GE(std::stoi(out.meta.at("inverse_iterations")), 1);
        EXPECT_NE(out.meta.at("features").find("built-in"), std::string::npos);
    }
}

TEST(Regnn, MapsOfWindowsAreJoinedAndThoseOfTheGraphAreNot) {
    JobContext job;
    const FakeClip clip(70);
    ReactOptions options = few(1);
    options.attention = {"trans_v_mem", "edges"};
    std::map<std::string, int> seen;
    for (const AttentionMap& map : open("regnn-emc")->react(clip, options, job).attention) {
        const bool graph = map.site == "edges";
        ++seen[map.site];
        EXPECT_EQ(map.heads, graph ? 8 : 4);
        EXPECT_EQ(map.queries, graph ? 25 : 70);
        EXPECT_EQ(map.keys, map.queries);
    }
    EXPECT_EQ(seen, (std::map<std::string, int>{{"edges", 2}, {"trans_v_mem", 5}})); // windows, layers
}

TEST(RegnnWindows, CoverEveryLengthAndJoinToWhatWasCut) {
    EXPECT_EQ(windowStarts(750).size(), 29u); // as the original
    EXPECT_EQ(windowStarts(751).back(), 701);
    for (const int tokens : {1, 3, 49, 50, 51, 75, 80, 99, 100, 151}) {
        const auto starts = windowStarts(tokens);
        const torch::Tensor clip =
            torch::tensor(gaussianNoise(9, static_cast<std::size_t>(tokens) * 3)).view({1, tokens, 3});
        const torch::Tensor two = torch::cat({clip, 2 * clip});
        WindowJoiner joiner(tokens, starts);
        const torch::Tensor windows = cutWindows(two, starts);
        EXPECT_EQ(windows.size(0), 2 * static_cast<int64_t>(starts.size()));
        joiner.add(windows, 0, static_cast<int>(starts.size()));
        EXPECT_LT((joiner.joined() - two).abs().max().item<float>(), 1e-6) << tokens;
    }
}

TEST(RegnnWindows, NoiseIsLimitedAndAgreesWhereWindowsOverlap) {
    const auto starts = windowStarts(120);
    for (const bool perWindow : {true, false}) {
        const torch::Tensor noise = windowNoise(5, 120, starts, 1, perWindow);
        EXPECT_EQ(noise.sizes(), (std::vector<int64_t>{static_cast<int64_t>(starts.size()), 25, 50}));
        EXPECT_NEAR(noise.abs().max().item<double>(), std::sqrt(.06), 1e-6);
        const torch::Tensor d = noise[0].narrow(1, 25, 25) - noise[1].narrow(1, 0, 25);
        if (perWindow) EXPECT_GT(d.abs().max().item<float>(), .05);
        else EXPECT_EQ(d.abs().max().item<float>(), 0);
        EXPECT_TRUE(torch::equal(noise, windowNoise(5, 120, starts, 1, perWindow)));
        EXPECT_FALSE(torch::equal(noise, windowNoise(6, 120, starts, 1, perWindow)));
    }
}

// ---- files of the authors ----
class OfficialRegnn : public testing::Test {
protected:
    RegnnNet official() {
        RegnnConfig config = RegnnConfig::of("regnn", "compat");
        config.features = RegnnFeatures::SwinVggish;
        return RegnnNet(config);
    }
    // What a converted file holds: no metadata of ours and none of our buffers.
    std::filesystem::path write(RegnnNet& net, bool firstEdition, const std::string& dropped = {}) {
        SafetensorsWriter writer;
        const auto add = [&](const std::string& name, const torch::Tensor& t) {
            if (name.starts_with("emc.") || (firstEdition && name.find(".dll.") != std::string::npos) ||
                name == dropped)
                return;
            const torch::Tensor c = t.detach().contiguous();
            writer.addF32(name, c.sizes().vec(), {c.data_ptr<float>(), static_cast<std::size_t>(c.numel())});
        };
        for (const auto& item : net->named_parameters(true)) add(item.key(), item.value());
        for (const auto& item : net->named_buffers(true)) add(item.key(), item.value());
        const auto path = m_folder / "regnn.safetensors";
        writer.write(path);
        return path;
    }
    // Swin and VGGish files beside a clip.
    class FeatureClip : public FakeClip {
    public:
        FeatureClip(const std::filesystem::path& folder, int frames) : FakeClip(frames) {
            change().path = folder;
            std::filesystem::create_directories(folder / "features");
            for (const auto& [name, width] : {std::pair("swin", kSwinDims), std::pair("vggish", kVggishDims)}) {
                const auto values =
                    uniformNoise(width, static_cast<std::size_t>(frames) * static_cast<std::size_t>(width));
                writeNpy(folder / "features" / (std::string(name) + ".npy"), {frames, width}, std::span(values));
            }
        }
    };
    test::TempDir m_folder;
    JobContext m_job;
};

TEST_F(OfficialRegnn, BothEditionsLoadByTheirKeys) {
    RegnnNet net = official();
    long parameters = 0, tensors = 0, dll = 0;
    for (const auto& item : net->named_parameters(true)) {
        parameters += static_cast<long>(item.value().numel());
        ++tensors;
        if (item.key().find(".dll.") != std::string::npos) dll += static_cast<long>(item.value().numel());
    }
    EXPECT_EQ(parameters, 2233171);
    EXPECT_EQ(tensors, 178);
    EXPECT_EQ(parameters - dll, 2202571); // of the first edition
    const FeatureClip clip(m_folder / "clip", 80);
    std::vector<float> seen;
    for (const bool firstEdition : {false, true}) {
        const auto model = open("regnn", write(net, firstEdition));
        EXPECT_EQ(model->info().parameters, 2233171);
        EXPECT_FALSE(model->info().givesCoeffs);
        const Reactions out = model->react(clip, few(2), m_job);
        EXPECT_TRUE(out.coeffs.empty());
        EXPECT_EQ(out.meta.at("variant"), "compat");
        EXPECT_NE(out.meta.at("features").find("Swin"), std::string::npos);
        EXPECT_EQ(clip.faceReads + clip.videoReads + clip.speechReads, 0);
        if (firstEdition) EXPECT_EQ(seen, out.emotion); // what it lacks is never used
        seen = out.emotion;
    }
    // A missing face: its features are not opened.
    std::filesystem::remove(m_folder / "clip" / "features" / "swin.npy");
    ReactOptions options = few(1);
    const auto model = open("regnn", write(net, false));
    EXPECT_THROW(model->react(clip, options, m_job), Error);
    options.availability = Availability::withoutFace();
    EXPECT_EQ(model->react(clip, options, m_job).frames, 80);
}

TEST_F(OfficialRegnn, AFileThatLacksSomethingIsRefusedByName) {
    RegnnNet net = official();
    const std::string name = "motor_processor.Layers.1.attn_1.w";
    try {
        open("regnn", write(net, false, name));
        FAIL();
    } catch (const Error& error) { EXPECT_NE(std::string(error.what()).find(name), std::string::npos); }
    EXPECT_THROW(open("regnn", m_folder / "nothing.safetensors"), Error);
}

TEST_F(OfficialRegnn, WeightsThatCannotBeTurnedRoundAreReported) {
    RegnnNet net = official();
    torch::NoGradGuard off;
    net->motor()->layer(0)->norm()->named_parameters()["_log_scale"].fill_(std::nan(""));
    const FeatureClip clip(m_folder / "clip", 80);
    try {
        open("regnn", write(net, false))->react(clip, few(1), m_job);
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("frames 0 to 50"), std::string::npos) << error.what();
    }
}

} // namespace
} // namespace emc
