#include "tests/app/commands/run_cli.h"

using namespace emc::test;

TEST(Cli, WrongUseIsExitCodeTwo) {
    EXPECT_EQ(runCli({}).code, 2);
    EXPECT_EQ(runCli({"nosuch"}).code, 2);
    EXPECT_EQ(runCli({"react"}).code, 2);
    const Answer answer = runCli({"react", "--json", "x"});
    EXPECT_EQ(answer.code, 2);
    EXPECT_EQ(answer.json()["error"]["kind"], "usage");
}

TEST(Cli, HelpNamesEveryCommand) {
    const Answer answer = runCli({"--help"});
    EXPECT_EQ(answer.code, 0);
    for (const char* name : {"doctor", "demo", "models", "ingest", "corpus", "react", "render", "attention", "train",
                             "convert", "parity", "bench"})
        EXPECT_NE(answer.out.find(name), std::string::npos) << name;
}

TEST(Cli, ModelsAreListedAsOneJsonObject) {
    const Answer answer = runCli({"models", "--json"});
    ASSERT_EQ(answer.code, 0) << answer.err;
    std::set<std::string> names;
    const auto models = answer.json()["models"];
    for (const auto& model : models) {
        names.insert(model["name"]);
        for (const char* key : {"name", "host", "condition", "parameters", "modalities", "checkpoint"})
            EXPECT_TRUE(model.contains(key)) << key;
    }
    for (const char* name :
         {"trans-vae", "trans-vae-emc", "trans-vae-emc-no-ea", "mime", "mean-sequence", "mean-frame", "random"})
        EXPECT_TRUE(names.contains(name)) << name;
}

TEST(Cli, DoctorChecksAreComplete) {
    const Answer answer = runCli({"doctor", "--json"});
    const auto checks = answer.json()["checks"];
    ASSERT_GE(checks.size(), 4u);
    bool features = false;
    for (const auto& check : checks) {
        features = features || (check["name"] == "Official features" && check["ok"]);
        EXPECT_FALSE(check["detail"].get<std::string>().empty());
        if (!check["ok"]) { EXPECT_FALSE(check["fix"].get<std::string>().empty()) << check; }
    }
    EXPECT_TRUE(features);
}

TEST(Cli, AnUnknownModelIsNamedWithTheKnownOnes) {
    const Answer answer = runCli({"react", std::string(EMC_SOURCE_DIR) + "/resources/demo/clip", "--model", "trans-vea",
                                  "--out", "/dev/null", "--json"});
    EXPECT_EQ(answer.code, 2);
    EXPECT_NE(answer.json()["error"]["hint"].get<std::string>().find("trans-vae"), std::string::npos);
}

TEST(Cli, ParityRunsFromTheTerminal) {
    EMC_NEED_SHARED("golden/cases.json");
    const Answer answer = runCli({"parity", (sharedFolder() / "golden").string(), "--case",
                                  "mfcc,tvae_encoder,tvae_offline,tvae_decoder,tvae_train", "--json"});
    ASSERT_EQ(answer.code, 0) << answer.out << answer.err;
    const auto result = answer.json();
    EXPECT_TRUE(result["pass"]);
    std::set<std::string> names;
    for (const auto& row : result["cases"]) names.insert(row["name"]);
    EXPECT_EQ(names, (std::set<std::string>{"mfcc_filled", "mfcc_padded", "mfcc_real", "tvae_encoder", "tvae_offline",
                                            "tvae_decoder_751", "tvae_train"}));
}

TEST(Cli, ParityWithAnUnknownCaseIsWrongUse) {
    EMC_NEED_SHARED("golden/cases.json");
    EXPECT_EQ(runCli({"parity", (sharedFolder() / "golden").string(), "--case", "nosuch"}).code, 2);
}
