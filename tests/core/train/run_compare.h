#pragma once
// Whether two run folders hold the same training.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/data/safetensors.h"
#include "core/runs/run_record.h"

namespace emc::test {

// Weights, moments, generators, cursor: everything but the clock.
inline void expectSameState(const std::filesystem::path& a, const std::filesystem::path& b) {
    for (const char* name : {"state.safetensors", "last.safetensors", "best.safetensors"}) {
        const SafetensorsFile one = SafetensorsFile::open(a / name), two = SafetensorsFile::open(b / name);
        ASSERT_EQ(one.names(), two.names()) << name;
        for (const std::string& tensor : one.names())
            EXPECT_EQ(one.readBytes(tensor), two.readBytes(tensor)) << name << " " << tensor;
        for (const auto& [key, value] : one.metadata())
            if (key != "seconds" && key != "options") EXPECT_EQ(two.meta(key), value) << name << " " << key;
    }
    const RunRecord one = readRunRecord(a), two = readRunRecord(b);
    EXPECT_EQ(one.state, "done");
    EXPECT_EQ(two.state, "done");
    EXPECT_EQ(one.bestValidation, two.bestValidation);
    EXPECT_EQ(one.bestStep, two.bestStep);
    EXPECT_EQ(one.step, two.step);
}

inline std::vector<double> lossesOf(const std::filesystem::path& run) {
    std::vector<double> losses;
    std::ifstream in(run / "log.jsonl");
    for (std::string line; std::getline(in, line);) {
        const auto json = nlohmann::json::parse(line);
        if (json.at("event") == "step") losses.push_back(json.at("loss"));
    }
    return losses;
}

} // namespace emc::test
