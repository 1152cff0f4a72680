// emc convert on the authors' files: what it says, what it writes, what it refuses.
#include "core/checkpoint/store.h"
#include "core/data/parted_tensors.h"
#include "tests/app/commands/run_cli.h"

using namespace emc::test;
namespace fs = std::filesystem;

namespace {

std::string sample(const std::string& name) {
    return (sharedFolder() / "golden/checkpoints" / name).string();
}

struct Expected {
    const char *file, *model;
    std::size_t written; // tensors in the safetensors
};

class ConvertSample : public testing::TestWithParam<Expected> {};

} // namespace

TEST_P(ConvertSample, BecomesSafetensors) {
    EMC_NEED_SHARED("golden/checkpoints/index.json");
    const TempDir dir;
    const fs::path out = dir / "x.safetensors";
    const Answer answer = runCli({"convert", sample(GetParam().file), "--out", out.string(), "--list", "--json"});
    ASSERT_EQ(answer.code, 0) << answer.err;
    const auto result = answer.json();
    for (const char* key : {"model", "options", "tensors", "missing", "unexpected", "mismatched", "ignored", "out"})
        EXPECT_TRUE(result.contains(key)) << key;
    EXPECT_EQ(result["model"], GetParam().model);
    EXPECT_EQ(result["list"].size(), result["tensors"].get<std::size_t>());
    EXPECT_TRUE(result["missing"].empty() && result["unexpected"].empty() && result["mismatched"].empty());
    const auto written = emc::SafetensorsFile::open(out);
    EXPECT_EQ(written.names().size(), GetParam().written);
    EXPECT_EQ(written.meta("official"), GetParam().model);
    EXPECT_EQ(std::distance(fs::directory_iterator(dir.path()), fs::directory_iterator()), 1) << "nothing else is left";
    // Every value is that of the source, under our name.
    const auto source = emc::CheckpointFile::open(sample(GetParam().file));
    const auto names = emc::inspectCheckpoint(source).names();
    std::size_t compared = 0;
    for (const auto& tensor : source.tensors())
        if (const auto name = names.find(tensor.name); name != names.end()) {
            EXPECT_EQ(written.info(name->second).shape, tensor.shape) << tensor.name;
            EXPECT_TRUE(written.readF32(name->second) == source.readF32(tensor)) << tensor.name;
            ++compared;
        }
    EXPECT_EQ(compared, GetParam().written);
    // The written file is recognised again, and a second conversion gives the same bytes.
    const fs::path second = dir / "second.safetensors", third = dir / "third.safetensors";
    const Answer again = runCli({"convert", out.string(), "--out", third.string(), "--json"});
    EXPECT_EQ(again.code, 0) << again.err;
    EXPECT_EQ(again.json()["model"], GetParam().model);
    ASSERT_EQ(runCli({"convert", sample(GetParam().file), "--out", second.string()}).code, 0);
    EXPECT_TRUE(readAll(second) == readAll(out));
    const auto copied = emc::SafetensorsFile::open(third);
    EXPECT_EQ(copied.names(), written.names());
    for (const std::string& name : written.names()) EXPECT_TRUE(copied.readF32(name) == written.readF32(name)) << name;
}

INSTANTIATE_TEST_SUITE_P(All, ConvertSample,
                         testing::Values(Expected{"transvae_best_checkpoint.pth", "trans-vae", 72},
                                         Expected{"transvae_dataparallel.pth", "trans-vae", 71},
                                         Expected{"mhp-epoch95-seed1.pth", "regnn", 184},
                                         Expected{"face_tokenizer_small.ckpt", "faceais-tokenizer", 51},
                                         Expected{"face_tokenizer_small_hparams.ckpt", "faceais-tokenizer", 51},
                                         Expected{"legacy_tokenizer_small.pth", "faceais-tokenizer", 51},
                                         Expected{"react_predictor_small.ckpt", "faceais", 255}),
                         [](const auto& info) {
                             std::string name = info.param.file;
                             for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
                             return name;
                         });

TEST(CliConvert, BrokenFilesAreRefusedWithEveryName) {
    EMC_NEED_SHARED("golden/checkpoints/index.json");
    const TempDir dir;
    const auto refuse = [&](const char* name) {
        const Answer answer = runCli({"convert", sample(name), "--out", (dir / "x.safetensors").string(), "--json"});
        EXPECT_EQ(answer.code, 1) << name;
        EXPECT_TRUE(fs::is_empty(dir.path())) << name;
        return answer;
    };
    const auto index = nlohmann::json::parse(readAll(sample("index.json")));
    const Answer missing = refuse("broken_missing_keys.pth");
    for (const auto& name : index["broken_missing_keys.pth"]["missing"])
        EXPECT_NE(missing.err.find(name.get<std::string>()), std::string::npos) << name;
    EXPECT_EQ(missing.json()["missing"].size(), 30u);
    EXPECT_EQ(missing.json()["error"]["kind"], "bad-input");
    const Answer shapes = refuse("broken_wrong_shapes.ckpt");
    for (const char* name : {"lm_head_3dmm.weight", "encoder.wpe.weight", "encoder.h.0.mlp.c_fc.weight"})
        EXPECT_NE(shapes.err.find(name), std::string::npos) << shapes.err;
    EXPECT_EQ(shapes.json()["mismatched"].size(), 3u);
    expectOneClearSentence(shapes);
    const Answer cut = refuse("broken_truncated.ckpt");
    EXPECT_NE(cut.err.find("truncated"), std::string::npos) << cut.err;
    expectOneClearSentence(cut);
    const Answer malicious = refuse("malicious.pth");
    EXPECT_NE(malicious.err.find("eval"), std::string::npos) << malicious.err;
    expectOneClearSentence(malicious);
    EXPECT_FALSE(fs::exists("EMC_PWNED"));
}

TEST(CliConvert, UnknownModelsAreListedButNotWritten) {
    const TempDir dir;
    emc::SafetensorsWriter writer;
    writer.addF32("conv.weight", {2}, std::vector<float>{1, 2});
    writer.write(dir / "in.safetensors");
    const Answer answer =
        runCli({"convert", (dir / "in.safetensors").string(), "--out", (dir / "x.safetensors").string(), "--json"});
    EXPECT_EQ(answer.code, 1);
    EXPECT_TRUE(answer.json()["model"].is_null());
    EXPECT_FALSE(fs::exists(dir / "x.safetensors"));
    EXPECT_NE(runCli({"convert", (dir / "in.safetensors").string(), "--list"}).out.find("conv.weight  F32 (2)"),
              std::string::npos);
}

TEST(CliConvert, AnotherModelThanTheExpectedOneIsRefused) {
    EMC_NEED_SHARED("golden/checkpoints/index.json");
    const Answer answer = runCli({"convert", sample("legacy_tokenizer_small.pth"), "--model", "regnn"});
    EXPECT_EQ(answer.code, 1);
    EXPECT_NE(answer.err.find("faceais-tokenizer, not regnn"), std::string::npos) << answer.err;
    EXPECT_EQ(runCli({"convert", sample("legacy_tokenizer_small.pth"), "--keys", "nobodys"}).code, 2);
    EXPECT_EQ(runCli({"convert", sample("legacy_tokenizer_small.pth"), "--keys", "official"}).code, 2) << "no --out";
}

// The authors' file, ours, and back: the same names and values.
TEST(CliConvert, ThereAndBackAgain) {
    EMC_NEED_SHARED("golden/checkpoints/index.json");
    const TempDir dir;
    for (const char* name : {"transvae_best_checkpoint.pth", "face_tokenizer_small.ckpt", "mhp-epoch95-seed1.pth",
                             "react_predictor_small.ckpt", "legacy_tokenizer_small.pth"}) {
        const std::string ours = (dir / "ours.safetensors").string();
        ASSERT_EQ(runCli({"convert", sample(name), "--out", ours}).code, 0) << name;
        const auto original = emc::CheckpointFile::open(sample(name));
        for (const char* back : {"back.pth", "back.safetensors"}) {
            const Answer answer =
                runCli({"convert", ours, "--keys", "official", "--out", (dir / back).string(), "--json"});
            ASSERT_EQ(answer.code, 0) << answer.err;
            const auto file = emc::CheckpointFile::open(dir / back);
            // Only what the authors' own inference reads of the sound features is kept.
            const auto kept = emc::inspectCheckpoint(original).names();
            ASSERT_EQ(file.tensors().size(), kept.size());
            for (const auto& tensor : original.tensors()) {
                if (!kept.contains(tensor.name)) continue;
                const auto* same = file.find(tensor.name);
                ASSERT_NE(same, nullptr) << tensor.name;
                EXPECT_EQ(same->shape, tensor.shape);
                EXPECT_TRUE(file.readF32(*same) == original.readF32(tensor)) << tensor.name;
            }
        }
    }
}

// PyTorch itself reads what we write, as safetensors and under the authors' names.
TEST(CliConvert, PyTorchReadsTheSame) {
    EMC_NEED_SHARED("golden/checkpoints/index.json");
    if (benchPython().empty()) GTEST_SKIP() << "needs ./studio bench-setup";
    const TempDir dir;
    const fs::path script = fs::path(EMC_SOURCE_DIR) / "tests/bench/compare_checkpoints.py";
    for (const char* name : {"transvae_dataparallel.pth", "react_predictor_small.ckpt", "legacy_tokenizer_small.pth"}) {
        const std::string ours = (dir / "ours.safetensors").string(), back = (dir / "back.pth").string();
        ASSERT_EQ(runCli({"convert", sample(name), "--out", ours}).code, 0) << name;
        ASSERT_EQ(runCli({"convert", ours, "--keys", "official", "--out", back}).code, 0) << name;
        EXPECT_TRUE(runPython(script, {sample(name), ours, back})) << name;
    }
    EXPECT_FALSE(runPython(script, {sample("legacy_tokenizer_small.pth"), (dir / "ours.safetensors").string(),
                                    sample("transvae_dataparallel.pth")}))
        << "the comparison compares nothing";
}

// A converted Trans-VAE answers a clip.
TEST(CliConvert, AConvertedOriginalReacts) {
    EMC_NEED_SHARED("golden/checkpoints/index.json");
    const TempDir dir;
    const std::string ours = (dir / "ours.safetensors").string();
    ASSERT_EQ(runCli({"convert", sample("transvae_dataparallel.pth"), "--out", ours, "--half"}).code, 0);
    EXPECT_LT(fs::file_size(ours), 3u << 20);
    const Answer answer =
        runCli({"react", std::string(EMC_SOURCE_DIR) + "/resources/demo/clip", "--model", "trans-vae", "--checkpoint",
                ours, "--without", "face", "--samples", "1", "--out", (dir / "r.safetensors").string()});
    EXPECT_EQ(answer.code, 0) << answer.err;
}

// Our own weights go through their own model; those of `fixed` are no network of the authors.
TEST(CliConvert, OwnWeights) {
    const TempDir dir;
    const fs::path weights = fs::path(EMC_SOURCE_DIR) / "resources/demo/weights/trans-vae.safetensors";
    if (!fs::exists(weights)) GTEST_SKIP() << "no demo weights";
    const Answer answer = runCli({"convert", weights.string(), "--out", (dir / "x.safetensors").string(), "--json"});
    EXPECT_EQ(answer.code, 0) << answer.err;
    EXPECT_EQ(answer.json()["model"], "trans-vae");
    // What it names beside it comes along: the file that is written stands alone.
    const auto whole = emc::SafetensorsFile::open(dir / "x.safetensors");
    EXPECT_EQ(whole.names().size(), emc::PartedTensors::open(weights).names().size());
    EXPECT_GT(whole.names().size(), emc::SafetensorsFile::open(weights).names().size());
    EXPECT_EQ(whole.metadata().count(emc::kPartsKey), 0u);
    const Answer official =
        runCli({"convert", weights.string(), "--keys", "official", "--out", (dir / "o.pth").string()});
    EXPECT_EQ(official.code, 1);
    EXPECT_NE(official.err.find("compat"), std::string::npos) << official.err;
    EXPECT_FALSE(fs::exists(dir / "o.pth"));
}
