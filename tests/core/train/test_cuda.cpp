// What a CUDA device must do: the same numbers as the CPU, and the same again after a stop. Skips aloud without one.
#include <gtest/gtest.h>

#include <cmath>

#include "core/api/reaction_model.h"
#include "core/data/pair_source.h"
#include "core/data/safetensors.h"
#include "core/nn/device.h"
#include "core/train/train_bench.h"
#include "tests/core/train/tiny_corpus.h"
#include "tests/support/shared.h"

using namespace emc;
using namespace emc::test;

namespace {

// Before anything touches torch: a missing CUDA is remembered for good (device.h).
const bool g_cuda = cudaAvailable();

#define EMC_NEED_CUDA                                                                                                  \
    if (!g_cuda) GTEST_SKIP() << "needs a CUDA device: " << cudaDetail()

std::vector<std::string> trainableModels() {
    std::vector<std::string> names;
    for (const ModelEntry& entry : ModelCatalogue::shared().entries())
        if (entry.makeTrainable) names.push_back(entry.info.name);
    return names;
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
    EXPECT_EQ(a.size(), b.size());
    double largest = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        largest = std::max(largest, double(std::abs(a[i] - b[i])));
    return largest;
}

} // namespace

TEST(Cuda, AbsentDeviceIsAClearErrorAndPresentOneIsNamed) {
    if (g_cuda) {
        EXPECT_EQ(usableDevice("cuda"), "cuda");
        return;
    }
    try {
        usableDevice("cuda");
        FAIL() << "a device that is not there was accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Unsupported);
        EXPECT_NE(std::string(error.what()).find(cudaDetail()), std::string::npos);
        EXPECT_FALSE(error.hint().empty());
    }
}

TEST(Cuda, TenStepsAgreeWithTheCpu) {
    EMC_NEED_CUDA;
    for (const std::string& model : trainableModels()) {
        SCOPED_TRACE(model);
        TempDir folder;
        TrainOptions options;
        options.model = model;
        options.cropFrames = 64;
        options.stride = 1;
        options.batch = 4;
        options.lr = 1e-4; // so that ten steps of rounding do not grow into different weights
        options.threads = 1;
        TrainBench cpu(options);
        options.device = "cuda";
        TrainBench cuda(options);
        const auto ours = cpu.run(10).losses, theirs = cuda.run(10).losses;
        for (std::size_t i = 0; i < ours.size(); ++i)
            EXPECT_NEAR(theirs[i], ours[i], 1e-3 * std::max(1.0, std::abs(ours[i]))) << "step " << i;
        cpu.writeInputs(folder / "cpu.safetensors");
        cuda.writeInputs(folder / "cuda.safetensors");
        const auto a = SafetensorsFile::open(folder / "cpu.safetensors"),
                   b = SafetensorsFile::open(folder / "cuda.safetensors");
        for (const std::string& name : a.names())
            if (name.starts_with("model/") && a.info(name).dtype == "F32")
                EXPECT_LE(largestDifference(a.readF32(name), b.readF32(name)), 1e-3) << name;
    }
}

TEST(Cuda, ReactionsAgreeWithTheCpu) {
    EMC_NEED_CUDA;
    TempDir folder;
    TinyCorpus().write(folder / "corpus");
    const Pair pair = openPairs(folder / "corpus", "test")->pair(0);
    JobContext job;
    for (const std::string& name : trainableModels())
        for (const bool withoutFace : {false, true}) {
            SCOPED_TRACE(name + (withoutFace ? " without the face" : ""));
            ReactOptions options;
            options.samples = 3;
            options.attention = {"all"};
            if (withoutFace) options.availability = Availability::withoutFace();
            Reactions reactions[2];
            for (const bool cuda : {false, true}) {
                CheckpointRef ref;
                ref.seed = 5;
                ref.videoSize = 32;
                ref.device = cuda ? "cuda" : "cpu";
                ref.threads = 1;
                reactions[cuda] = openModel(name, ref)->react(*pair.speaker, options, job);
            }
            EXPECT_LE(largestDifference(reactions[0].emotion, reactions[1].emotion), 1e-3);
            EXPECT_LE(largestDifference(reactions[0].coeffs, reactions[1].coeffs), 1e-3);
            ASSERT_EQ(reactions[0].attention.size(), reactions[1].attention.size());
            for (std::size_t i = 0; i < reactions[0].attention.size(); ++i)
                EXPECT_LE(largestDifference(reactions[0].attention[i].weights, reactions[1].attention[i].weights), 1e-3)
                    << reactions[0].attention[i].site << "/" << reactions[0].attention[i].part;
        }
}

TEST(Cuda, AStoppedRunGoesOnExactly) {
    EMC_NEED_CUDA;
    TempDir folder;
    TinyCorpus().write(folder / "corpus");
    const TrainServices services = tinyServices(folder / "cache");
    for (const char* variant : {"fixed", "compat"}) { // compat has dropout: the device's own generator takes part
        SCOPED_TRACE(variant);
        const auto optionsFor = [&](const std::string& run) {
            TrainOptions options = tinyOptions(folder / "corpus", folder / (run + variant));
            options.model = "trans-vae-emc";
            options.variant = variant;
            options.device = "cuda";
            return options;
        };
        JobContext quiet;
        const TrainResult whole = trainWith(optionsFor("whole"), services, quiet);
        JobContext* handle = nullptr;
        JobContext stopping([&](const JobEvent& event) {
            const auto* train = std::get_if<TrainEvent>(&event);
            if (train && train->kind == "step" && train->step == 7) handle->requestCancel();
        });
        handle = &stopping;
        EXPECT_THROW(trainWith(optionsFor("cut"), services, stopping), Cancelled);
        const TrainResult cut = trainWith(optionsFor("cut"), services, quiet);
        EXPECT_EQ(cut.bestValidation, whole.bestValidation);
        const auto a = SafetensorsFile::open(whole.last), b = SafetensorsFile::open(cut.last);
        for (const std::string& name : a.names()) EXPECT_EQ(a.readBytes(name), b.readBytes(name)) << name;
    }
}
