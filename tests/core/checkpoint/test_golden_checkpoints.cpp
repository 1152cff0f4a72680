// Every sample of ../shared/golden/checkpoints gives what its index.json and README say.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/checkpoint/store.h"
#include "core/data/golden.h"
#include "tests/support/shared.h"

namespace emc {
namespace {
namespace fs = std::filesystem;

const char* const kSalt = "emc-golden-1";

fs::path sample(const std::string& name) {
    return test::sharedFolder() / "golden" / "checkpoints" / name;
}

nlohmann::json indexOf(const std::string& name) {
    std::ifstream stream(sample("index.json"));
    return nlohmann::json::parse(stream).at(name);
}

// The fill rule's name: without any wrapper.
std::string plainName(std::string name) {
    for (const char* prefix : {"face_tokenizer.model.", "sound_feature_extractor.model.", "model.", "module."})
        if (name.starts_with(prefix)) return name.substr(std::string(prefix).size());
    return name;
}

// Buffers and the other exceptions of the README; empty where the rule for parameters holds.
std::vector<float> exception(const std::string& name, const std::vector<std::int64_t>& shape) {
    std::size_t count = 1;
    for (std::int64_t extent : shape) count *= static_cast<std::size_t>(extent);
    std::vector<float> values(count, 0.f);
    if (name == "motor_processor.p") {
        for (std::size_t i = 0; i < static_cast<std::size_t>(shape[0]); ++i)
            values[i * static_cast<std::size_t>(shape[0]) + i] = 1;
        return values;
    }
    if (name == "motor_processor.sign_s") return std::vector<float>(count, 1.f);
    if (name.ends_with(".version")) return std::vector<float>(count, 2.f);
    if (name.ends_with("_float_tensor")) return values;
    const bool scaled = name.ends_with(".gated_alpha"),
               around = name.starts_with("motor_processor.Layers.") && name.ends_with(".attn_1.w");
    if (!scaled && !around) return {};
    const std::uint64_t hash = fillHash(kSalt, name);
    for (std::size_t i = 0; i < count; ++i) {
        const double v = 2 * fillU(hash, i) - 1;
        values[i] = static_cast<float>(scaled ? 0.3 * v : 1 + 0.1 * v);
    }
    return values;
}

// Every tensor equals the fill; returns how many were compared.
std::size_t compareWithFill(const CheckpointFile& file) {
    std::size_t compared = 0;
    for (const CheckpointTensor& tensor : file.tensors()) {
        const std::string name = plainName(tensor.name);
        if (name == "reaction_decoder.PE.pe") continue; // a table that the model computes
        std::vector<float> expected = exception(name, tensor.shape);
        if (expected.empty()) expected = fillParameter(kSalt, name, tensor.shape);
        const std::vector<float> got = file.readF32(tensor);
        EXPECT_TRUE(got == expected) << tensor.name;
        ++compared;
    }
    return compared;
}

struct Good {
    const char *file, *format, *model;
};

class GoodSample : public testing::TestWithParam<Good> {};

} // namespace

TEST_P(GoodSample, HasEveryValueAndItsModel) {
    EMC_NEED_SHARED("golden/checkpoints/index.json");
    const Good& good = GetParam();
    const CheckpointFile file = CheckpointFile::open(sample(good.file));
    const auto index = indexOf(good.file);
    EXPECT_EQ(file.format(), good.format);
    EXPECT_EQ(file.tensors().size(), index.at("keys").get<std::size_t>());
    EXPECT_GE(compareWithFill(file) + 1, file.tensors().size());
    if (index.contains("epoch")) { EXPECT_EQ(file.facts().at("epoch"), std::to_string(index["epoch"].get<int>())); }
    if (index.contains("top")) { EXPECT_EQ(file.topKeys(), index["top"].get<std::vector<std::string>>()); }
    EXPECT_TRUE(file.notes().empty());

    const CheckpointReport report = inspectCheckpoint(file);
    EXPECT_EQ(report.model(), good.model);
    EXPECT_TRUE(report.fits()) << report.faults();
    if (index.contains("config") && report.parts.front().sizes.count("width")) {
        const auto& config = index["config"];
        const ModelSizes& sizes = report.parts.front().sizes;
        EXPECT_EQ(sizes.at("width"), config.at("n_embd").get<int>());
        EXPECT_EQ(sizes.at("layers"), config.at("n_layer").get<int>());
        EXPECT_EQ(sizes.at("block"), config.at("block_size").get<int>());
    }
}

INSTANTIATE_TEST_SUITE_P(All, GoodSample,
                         testing::Values(Good{"transvae_best_checkpoint.pth", "torch-zip", "trans-vae"},
                                         Good{"transvae_dataparallel.pth", "torch-zip", "trans-vae"},
                                         Good{"mhp-epoch95-seed1.pth", "torch-zip", "regnn"},
                                         Good{"face_tokenizer_small.ckpt", "torch-zip", "faceais-tokenizer"},
                                         Good{"face_tokenizer_small_hparams.ckpt", "torch-zip", "faceais-tokenizer"},
                                         Good{"legacy_tokenizer_small.pth", "torch-stream", "faceais-tokenizer"},
                                         Good{"react_predictor_small.ckpt", "torch-zip", "faceais"}),
                         [](const auto& info) {
                             std::string name = info.param.file;
                             for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
                             return name;
                         });

TEST(GoldenCheckpoints, WhatIsSpecialAboutEach) {
    EMC_NEED_SHARED("golden/checkpoints/index.json");
    const auto report = [](const char* name) { return inspectCheckpoint(CheckpointFile::open(sample(name))); };
    const CheckpointReport parallel = report("transvae_dataparallel.pth");
    EXPECT_EQ(parallel.rebuilt, std::vector<std::string>{"module.reaction_decoder.PE.pe"});
    EXPECT_EQ(parallel.parameters, 1315891);
    EXPECT_EQ(parallel.names().at("module.fusion.weight"), "fusion.weight");

    const CheckpointReport regnn = report("mhp-epoch95-seed1.pth");
    EXPECT_EQ(regnn.parameters, 2233171);
    EXPECT_EQ(regnn.parts.front().variant, "port");
    EXPECT_EQ(regnn.ignored.size(), 28u); // proj_a, dll (24), l, log_s, u
    EXPECT_EQ(CheckpointFile::open(sample("mhp-epoch95-seed1.pth")).tensors()[0].device, "cuda:0");

    const CheckpointReport predictor = report("react_predictor_small.ckpt");
    ASSERT_EQ(predictor.parts.size(), 3u);
    EXPECT_EQ(predictor.parts[1].model, "faceais-tokenizer");
    EXPECT_EQ(predictor.parts[2].model, "wav2vec2");
    EXPECT_EQ(predictor.parts[0].sizes.at("vocabulary"), 1026);

    const CheckpointFile hparams = CheckpointFile::open(sample("face_tokenizer_small_hparams.ckpt"));
    const auto config = nlohmann::json::parse(hparams.hyperParameters());
    EXPECT_EQ(config["config"]["n_head"], 2);
    EXPECT_EQ(config["config"]["quantize_levels"], (std::vector<int>{8, 5, 5, 5}));
    EXPECT_EQ(config["config"], indexOf("face_tokenizer_small_hparams.ckpt")["config"]);
    EXPECT_EQ(config["dataclass"]["n_embd"], 24);
}

TEST(GoldenCheckpoints, BrokenOnesSayEverything) {
    EMC_NEED_SHARED("golden/checkpoints/index.json");
    const CheckpointReport missing = inspectCheckpoint(CheckpointFile::open(sample("broken_missing_keys.pth")));
    EXPECT_EQ(missing.model(), "trans-vae");
    EXPECT_FALSE(missing.fits());
    auto wanted = indexOf("broken_missing_keys.pth")["missing"].get<std::vector<std::string>>();
    std::sort(wanted.begin(), wanted.end());
    auto got = missing.missing;
    std::sort(got.begin(), got.end());
    EXPECT_EQ(got, wanted);
    for (const std::string& name : wanted) EXPECT_NE(missing.faults().find(name), std::string::npos);

    const CheckpointReport shapes = inspectCheckpoint(CheckpointFile::open(sample("broken_wrong_shapes.ckpt")));
    EXPECT_EQ(shapes.model(), "faceais-tokenizer");
    EXPECT_EQ(shapes.misshapen,
              (std::vector<std::string>{"model.encoder.h.0.mlp.c_fc.weight: file (24, 96), model (96, 24)",
                                        "model.encoder.wpe.weight: file (64, 24), model (32, 24)",
                                        "model.lm_head_3dmm.weight: file (57, 24), model (58, 24)"}));
    EXPECT_TRUE(shapes.missing.empty() && shapes.unexpected.empty());

    const auto refusal = [](const char* name) -> std::string {
        try {
            CheckpointFile::open(sample(name));
        } catch (const Error& error) { return error.what(); }
        return {};
    };
    EXPECT_NE(refusal("broken_truncated.ckpt").find("truncated"), std::string::npos);
}

TEST(GoldenCheckpoints, TheMaliciousOneStaysInert) {
    EMC_NEED_SHARED("golden/checkpoints/malicious.pth");
    const test::TempDir folder;
    const fs::path before = fs::current_path();
    fs::current_path(folder.path()); // it would write here
    std::string said;
    try {
        CheckpointFile::open(sample("malicious.pth"));
    } catch (const Error& error) { said = error.what(); }
    fs::current_path(before);
    EXPECT_NE(said.find("eval"), std::string::npos) << said;
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

// The first sample cut at many places: refused each time (the directory of a zip archive stands at its end).
TEST(GoldenCheckpoints, TruncatedAnywhere) {
    EMC_NEED_SHARED("golden/checkpoints/legacy_tokenizer_small.pth");
    for (const char* name : {"legacy_tokenizer_small.pth", "broken_missing_keys.pth"}) {
        std::ifstream stream(sample(name), std::ios::binary);
        const std::string whole{std::istreambuf_iterator<char>(stream), {}};
        ASSERT_GT(whole.size(), 10000u);
        for (std::size_t length = 0; length < whole.size(); length += length < 600 ? 1 : 997)
            EXPECT_THROW(CheckpointFile::parse(std::as_bytes(std::span(whole).first(length)), "cut"), Error) << length;
    }
}

} // namespace emc
