// emc attention: the same maps as a picture, npy, npz and safetensors.
#include <cmath>
#include <cstring>

#include "core/data/npy.h"
#include "core/data/safetensors.h"
#include "tests/app/commands/run_cli.h"

using namespace emc::test;
namespace fs = std::filesystem;

namespace {

std::string demoClip() {
    return std::string(EMC_SOURCE_DIR) + "/resources/demo/clip";
}

std::uint64_t number(const std::string& bytes, std::size_t at, int width) {
    std::uint64_t value = 0;
    for (int i = 0; i < width; ++i) value |= std::uint64_t(std::uint8_t(bytes.at(at + std::size_t(i)))) << 8 * i;
    return value;
}

std::uint32_t crcBitByBit(const std::string& bytes) {
    std::uint32_t crc = 0xffffffffu;
    for (const char byte : bytes) {
        crc ^= std::uint8_t(byte);
        for (int bit = 0; bit < 8; ++bit) crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
    }
    return ~crc;
}

// Entries of a stored zip, found the way readers do: from the directory at the end.
std::map<std::string, std::string> unzipStored(const std::string& zip) {
    std::map<std::string, std::string> entries;
    const std::size_t end = zip.rfind("PK\5\6");
    EXPECT_NE(end, std::string::npos);
    std::size_t at = number(zip, end + 16, 4);
    for (std::uint64_t i = 0; i < number(zip, end + 10, 2); ++i) {
        EXPECT_EQ(zip.compare(at, 4, "PK\1\2"), 0);
        const std::size_t size = number(zip, at + 24, 4), length = number(zip, at + 28, 2),
                          local = number(zip, at + 42, 4);
        const std::string name = zip.substr(at + 46, length);
        EXPECT_EQ(zip.compare(local, 4, "PK\3\4"), 0);
        EXPECT_EQ(zip.substr(local + 30, length), name);
        EXPECT_EQ(number(zip, local + 22, 4), size);
        const std::string bytes = zip.substr(local + 30 + length + number(zip, local + 28, 2), size);
        EXPECT_EQ(crcBitByBit(bytes), number(zip, at + 16, 4)) << name;
        EXPECT_TRUE(entries.emplace(name, bytes).second) << name << " occurs twice";
        at += 46 + length + number(zip, at + 30, 2) + number(zip, at + 32, 2);
    }
    return entries;
}

// A one-dimensional or zero-dimensional array of texts in ASCII.
std::vector<std::string> texts(const std::string& npy) {
    const std::size_t header = number(npy, 8, 2), width = std::stoul(npy.substr(npy.find("<U") + 2));
    std::vector<std::string> all;
    for (std::size_t at = 10 + header; at + 4 * width <= npy.size(); at += 4 * width) {
        std::string text;
        for (std::size_t k = 0; k < width; ++k)
            if (const auto c = char(number(npy, at + 4 * k, 4))) text += c;
        all.push_back(text);
    }
    return all;
}

} // namespace

TEST(CliAttention, NpzAndSafetensorsHoldTheSameMaps) {
    TempDir dir;
    const fs::path npz = dir / "maps.npz", tensors = dir / "maps.safetensors";
    for (const fs::path& out : {npz, tensors}) {
        const Answer answer = runCli({"attention", demoClip(), "--out", out.string(), "--without", "face", "--json"});
        ASSERT_EQ(answer.code, 0) << answer.err;
        EXPECT_EQ(answer.json()["wrote"][0], out.string());
    }
    auto entries = unzipStored(readAll(npz));
    const auto file = emc::SafetensorsFile::open(tensors);
    const std::vector<std::string> maps = texts(entries.at("maps.npy"));
    EXPECT_GE(maps.size(), 17u); // twelve of EA, one of CMA, the bottleneck, four of the decoders, minus none
    std::set<std::string> sites;
    for (const std::string& key : maps) {
        sites.insert(key.substr(0, key.find('/')));
        writeAll(dir / "one.npy", entries.at(key + ".npy"));
        std::vector<std::int64_t> shape;
        const std::vector<float> weights = emc::readNpyF32(dir / "one.npy", &shape);
        ASSERT_EQ(shape, file.info(key).shape);
        ASSERT_EQ(shape.size(), 3u);
        EXPECT_EQ(weights, file.readF32(key));
        for (std::int64_t row = 0; row < shape[0] * shape[1]; row += 37) {
            double sum = 0;
            for (std::int64_t k = 0; k < shape[2]; ++k) sum += weights[std::size_t(row * shape[2] + k)];
            ASSERT_NEAR(sum, 1, 1e-4) << key << " row " << row;
        }
        const auto frames = file.readI64(key + "/frames");
        ASSERT_EQ(std::int64_t(frames.size()), shape[1]);
        EXPECT_EQ(frames.front(), 0);
        EXPECT_LT(frames.back(), 751);
        EXPECT_GT(frames.back(), 740);
        writeAll(dir / "frames.npy", entries.at(key + "/frames.npy"));
        const auto stored = emc::readNpy(dir / "frames.npy").values;
        EXPECT_TRUE(std::equal(stored.begin(), stored.end(), frames.begin(), frames.end()));
    }
    for (const char* site : {"u_ea_f", "u_ea_s", "m_ea", "s_ea", "cma_f", "bottleneck", "decoder_1", "decoder_2"})
        EXPECT_TRUE(sites.contains(site)) << site;
    EXPECT_EQ(texts(entries.at("heads.npy")), (std::vector<std::string>{"head 1", "head 2", "head 3", "head 4"}));
    EXPECT_EQ(texts(entries.at("condition.npy")), std::vector<std::string>{"emc-no-face"});
    EXPECT_EQ(file.meta("condition"), "emc-no-face");
    EXPECT_EQ(file.meta("synthetic"), "true");
}

TEST(CliAttention, PictureAndPlainArrayNeedOnlyAnOutput) {
    TempDir dir;
    const Answer picture = runCli({"attention", demoClip(), "--out", (dir / "attention.png").string()});
    ASSERT_EQ(picture.code, 0) << picture.err;
    EXPECT_EQ(readAll(dir / "attention.png").substr(0, 4), "\x89PNG");
    const Answer plain = runCli({"attention", demoClip(), "--site", "m_ea/cross", "--out", (dir / "map.npy").string()});
    ASSERT_EQ(plain.code, 0) << plain.err;
    EXPECT_EQ(emc::readNpyHeader(dir / "map.npy").shape.size(), 3u);
    EXPECT_NE(plain.out.find("m_ea/cross/0"), std::string::npos) << plain.out;
}

TEST(CliAttention, WhatCannotBeWrittenIsSaidFirst) {
    TempDir dir;
    const Answer site =
        runCli({"attention", demoClip(), "--site", "nosuch", "--out", (dir / "a.npz").string(), "--json"});
    EXPECT_EQ(site.code, 2);
    EXPECT_NE(site.json()["error"]["hint"].get<std::string>().find("u_ea_f/cross"), std::string::npos);
    EXPECT_EQ(runCli({"attention", demoClip(), "--out", (dir / "a.gif").string()}).code, 2);
    EXPECT_TRUE(fs::is_empty(dir.path()));
}
