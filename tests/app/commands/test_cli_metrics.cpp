// emc metrics on arrays of anybody.
#include "core/data/npy.h"
#include "tests/app/commands/run_cli.h"

using namespace emc::test;

namespace {

class CliMetrics : public ::testing::Test {
protected:
    CliMetrics() {
        unsigned state = 1;
        const auto made = [&](std::size_t count) {
            std::vector<float> values(count);
            for (float& value : values)
                value = static_cast<float>((state = state * 1664525u + 1013904223u) >> 8) * 0x1p-24f;
            return values;
        };
        predictions = made(3 * 2 * 60 * 25);
        const std::vector<float> target = made(3 * 60 * 25), speaker = made(3 * 60 * 25);
        emc::writeNpy(dir / "pred.npy", {3, 2, 60, 25}, std::span<const float>(predictions));
        emc::writeNpy(dir / "target.npy", {3, 60, 25}, std::span<const float>(target));
        emc::writeNpy(dir / "speaker.npy", {3, 60, 25}, std::span<const float>(speaker));
        const std::vector<std::uint8_t> marks{1, 0, 1, 0, 1, 0, 0, 0, 1};
        emc::writeNpy(dir / "near.npy", {3, 3}, std::span<const std::uint8_t>(marks));
    }
    std::vector<std::string> words(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> all{"metrics",   "--pred",          at("pred.npy"), "--target",    at("target.npy"),
                                     "--speaker", at("speaker.npy"), "--neighbours", at("near.npy")};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    std::string at(const std::string& name) const { return (dir / name).string(); }
    TempDir dir;
    std::vector<float> predictions;
};

} // namespace

TEST_F(CliMetrics, AllSixInBothVariants) {
    const Answer answer = runCli(words({"--json"}));
    ASSERT_EQ(answer.code, 0) << answer.err;
    const auto json = answer.json();
    for (const char* variant : {"official", "fixed"})
        for (const char* name : {"FRCorr", "FRDist", "FRDiv", "FRVar", "FRDvs", "FRSyn"})
            EXPECT_TRUE(json["variant"][variant][name].is_number()) << variant << name;
    EXPECT_NEAR(json["variant"]["fixed"]["FRDiv"].get<double>(), 1.0 / 6, 0.01); // uniform noise
    EXPECT_NEAR(json["variant"]["fixed"]["FRVar"].get<double>(), 1.0 / 12, 0.005);
    EXPECT_TRUE(json["nan_clips"].is_number());
    EXPECT_TRUE(json["seconds"]["FRDist"].is_number());
    EXPECT_EQ(json["variant"]["official"]["FRDist"], json["variant"]["fixed"]["FRDist"]);
}

TEST_F(CliMetrics, OneVariantAndOneMetric) {
    const auto json = runCli(words({"--metric", "FRDist,FRVar", "--variant", "fixed", "--details", "--json"})).json();
    EXPECT_EQ(json["variant"].size(), 1u);
    EXPECT_EQ(json["variant"]["fixed"].size(), 2u);
    EXPECT_EQ(json["details"]["fixed"]["FRDist"]["neighbour"].size(), 6u);
    EXPECT_EQ(json["details"]["fixed"]["FRDist"]["per_clip"].size(), 3u);
    EXPECT_TRUE(json["details"]["fixed"]["FRDist"]["per_group"].contains("VA"));
}

TEST_F(CliMetrics, ThreadsDoNotChangeTheNumbers) {
    EXPECT_EQ(runCli(words({"--threads", "1", "--json"})).json()["variant"],
              runCli(words({"--threads", "3", "--json"})).json()["variant"]);
}

TEST_F(CliMetrics, ExplainNamesTheQuirks) {
    const Answer answer = runCli({"metrics", "--explain"});
    EXPECT_EQ(answer.code, 0) << answer.err;
    EXPECT_NE(answer.out.find("Only prediction 0"), std::string::npos);
    const auto json = runCli({"metrics", "--explain", "--metric", "FRSyn", "--json"}).json();
    ASSERT_EQ(json["explain"].size(), 1u);
    EXPECT_GE(json["explain"][0]["official"].size(), 3u);
}

TEST_F(CliMetrics, WhatIsNotGivenIsLeftOutAndSaid) {
    const Answer answer = runCli({"metrics", "--pred", at("pred.npy"), "--json"});
    ASSERT_EQ(answer.code, 0) << answer.err;
    EXPECT_EQ(answer.json()["variant"]["fixed"].size(), 3u);
    EXPECT_NE(answer.err.find("FRDist left out"), std::string::npos) << answer.err;
    EXPECT_TRUE(answer.json()["nan_clips"].is_null());
}

TEST_F(CliMetrics, NanIsRefusedWithTheClip) {
    predictions[2 * 60 * 25 + 5] = std::numeric_limits<float>::quiet_NaN();
    emc::writeNpy(dir / "pred.npy", {3, 2, 60, 25}, std::span<const float>(predictions));
    const Answer answer = runCli(words());
    EXPECT_EQ(answer.code, 1);
    expectOneClearSentence(answer);
    EXPECT_NE(answer.err.find("clip 1"), std::string::npos) << answer.err;
}

TEST_F(CliMetrics, WrongUseAndBadFiles) {
    for (const std::vector<std::string>& more : {std::vector<std::string>{"metrics"},
                                                 words({"--metric", "FRDst"}),
                                                 words({"--variant", "best"}),
                                                 {"metrics", "--pred", at("pred.npy"), "--metric", "FRSyn"},
                                                 {"metrics", "--pred", "pred.txt"}}) {
        const Answer answer = runCli(more);
        EXPECT_EQ(answer.code, 2) << answer.err;
        expectOneClearSentence(answer);
    }
    writeAll(dir / "broken.npz", "PK not really");
    for (const std::string& file : {at("nosuch.npy"), at("broken.npz"), at("near.npy")}) {
        const Answer answer = runCli({"metrics", "--pred", file, "--json"});
        EXPECT_EQ(answer.code, 1) << answer.err;
        expectOneClearSentence(answer);
        EXPECT_TRUE(answer.json()["error"].contains("kind"));
    }
}

TEST_F(CliMetrics, FrreaOfFeatures) {
    std::vector<float> real(predictions.begin(), predictions.begin() + 40 * 6), moved = real;
    for (float& value : moved) value += 2;
    emc::writeNpy(dir / "real.npy", {40, 6}, std::span<const float>(real));
    emc::writeNpy(dir / "moved.npy", {8, 5, 6}, std::span<const float>(moved)); // clips and frames are rows alike
    const Answer answer = runCli({"metrics", "--frrea", at("real.npy"), at("moved.npy"), "--json"});
    ASSERT_EQ(answer.code, 0) << answer.err;
    const auto found = answer.json()["frrea"];
    EXPECT_NEAR(found["value"].get<double>(), 6 * 4, 1e-5);
    EXPECT_NEAR(found["covariances"].get<double>(), 0, 1e-6);
    EXPECT_EQ(found["real"], 40);
    EXPECT_EQ(found["rendered"], 40);
    EXPECT_EQ(found["dimensions"], 6);
    EXPECT_FALSE(found["rank_deficient"].get<bool>());
    EXPECT_NE(answer.err.find("one renderer only"), std::string::npos);
    // Beside the six metrics, in one object.
    const auto both = runCli(words({"--frrea", at("real.npy"), at("real.npy"), "--metric", "FRVar", "--json"})).json();
    EXPECT_NEAR(both["frrea"]["value"].get<double>(), 0, 1e-9);
    EXPECT_TRUE(both["variant"]["official"]["FRVar"].is_number());
}

TEST_F(CliMetrics, FrreaOfPicturesNeedsTheNetworkAndSaysSo) {
    const auto refused = [&](const std::vector<std::string>& more, int code, const std::string& word) {
        std::vector<std::string> all{"metrics", "--frrea"};
        all.insert(all.end(), more.begin(), more.end());
        const Answer answer = runCli(all);
        EXPECT_EQ(answer.code, code) << answer.err;
        expectOneClearSentence(answer);
        EXPECT_NE(answer.err.find(word), std::string::npos) << answer.err;
    };
    const std::string here = dir.path().string();
    refused({here, here}, 2, "pt_inception-2015-12-05");
    refused({here, here, "--inception", at("absent.pth")}, 1, "pytorch-fid");
    const std::string other = std::string(EMC_SOURCE_DIR) + "/resources/demo/weights/trans-vae.safetensors";
    refused({here, here, "--inception", other}, 1, "not the weights of the Inception network");
    refused({at("absent.npy"), at("absent.npy")}, 1, "absent.npy");
    refused({at("pred.npy")}, 2, "--frrea");
}
