// Arrays of anybody: npy, npz, safetensors; and files that are not what they say.
#include <gtest/gtest.h>

#include <zlib.h>

#include <fstream>
#include <sstream>

#include "core/api/error.h"
#include "core/data/npy.h"
#include "core/data/npz.h"
#include "core/data/safetensors.h"
#include "core/eval/metric_arrays.h"
#include "tests/core/checkpoint/pickle_maker.h"
#include "tests/support/shared.h"

using namespace emc;
using emc::test::TempDir;
namespace p = emc::test::pickle;
namespace fs = std::filesystem;

namespace {

std::string readAll(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}
void writeAll(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string little(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 255);
    return text;
}

std::string deflated(const std::string& bytes) {
    std::string out(bytes.size() + 1000, '\0');
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<unsigned char*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

// A zip archive as numpy writes it; `large` puts the sizes into zip64 fields.
std::string zipped(const std::vector<std::pair<std::string, std::string>>& files, bool pack, bool large) {
    std::string body, directory;
    for (const auto& [name, bytes] : files) {
        const std::string data = pack ? deflated(bytes) : bytes;
        const std::string crc =
            little(crc32(0, reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<uInt>(bytes.size())), 4);
        const std::string extra =
            large ? little(1, 2) + little(16, 2) + little(bytes.size(), 8) + little(data.size(), 8) : "";
        const std::string sizes =
            large ? little(0xffffffff, 4) + little(0xffffffff, 4) : little(data.size(), 4) + little(bytes.size(), 4);
        const std::string common = little(45, 2) + little(0, 2) + little(pack ? 8 : 0, 2) + little(0, 4) + crc + sizes +
                                   little(name.size(), 2) + little(extra.size(), 2);
        directory += std::string("PK\x01\x02", 4) + little(45, 2) + common + little(0, 10) + little(body.size(), 4) +
                     name + extra;
        body += std::string("PK\x03\x04", 4) + common + name + extra + data;
    }
    return body + directory + std::string("PK\x05\x06", 4) + little(0, 4) + little(files.size(), 2) +
           little(files.size(), 2) + little(directory.size(), 4) + little(body.size(), 4) + little(0, 2);
}

class MetricArraysTest : public ::testing::Test {
protected:
    MetricArraysTest() {
        for (int i = 0; i < 2 * 3 * 4 * 5; ++i) numbers.push_back(static_cast<float>(i) * 0.5f);
        writeNpy(dir / "p.npy", {2, 3, 4, 5}, std::span<const float>(numbers));
        writeNpy(dir / "t.npy", {2, 4, 5}, std::span<const float>(numbers).first(40));
        const std::vector<std::uint8_t> marks{1, 0, 1, 1};
        writeNpy(dir / "n.npy", {2, 2}, std::span<const std::uint8_t>(marks));
    }
    std::string at(const std::string& name) const { return (dir / name).string(); }
    std::string fault(const MetricArrayPaths& paths) const {
        try {
            loadMetricArrays(paths);
        } catch (const Error& error) { return error.what(); }
        return {};
    }
    void expectNumbers(const FloatArray& array) const {
        EXPECT_EQ(array.shape(), (std::vector<std::int64_t>{2, 3, 4, 5}));
        EXPECT_TRUE(std::equal(array.values().begin(), array.values().end(), numbers.begin(), numbers.end()));
    }
    TempDir dir;
    std::vector<float> numbers;
};

} // namespace

TEST_F(MetricArraysTest, NpyIsMapped) {
    const FloatArray array = FloatArray::open(at("p.npy"));
    expectNumbers(array);
    EXPECT_TRUE(array.mapped());
    const MetricArrays all = loadMetricArrays({at("p.npy"), at("t.npy"), at("t.npy"), at("n.npy")});
    EXPECT_EQ(all.clips, 2);
    EXPECT_EQ(all.samples, 3);
    EXPECT_EQ(all.inputs().neighbours[2], 1);
    const MetricArrays single = loadMetricArrays({at("t.npy"), {}, {}, {}}); // (N,T,D): one sample
    EXPECT_EQ(single.samples, 1);
    EXPECT_EQ(single.frames, 4);
}

TEST_F(MetricArraysTest, NpzStoredAndDeflatedAndLarge) {
    const std::string p = readAll(dir / "p.npy"), n = readAll(dir / "n.npy");
    for (bool pack : {false, true})
        for (bool large : {false, true}) {
            writeAll(dir / "a.npz", zipped({{"pred.npy", p}, {"near.npy", n}}, pack, large));
            expectNumbers(FloatArray::open(at("a.npz:pred")));
            const MetricArrays all = loadMetricArrays({at("a.npz:pred"), {}, {}, at("a.npz:near")});
            EXPECT_EQ(all.neighbours, (std::vector<std::uint8_t>{1, 0, 1, 1}));
        }
    EXPECT_NE(fault({at("a.npz"), {}, {}, {}}).find("pred, near"), std::string::npos);
    EXPECT_NE(fault({at("a.npz:prd"), {}, {}, {}}).find("prd"), std::string::npos);
    writeAll(dir / "one.npz", zipped({{"x.npy", p}}, true, false));
    expectNumbers(FloatArray::open(at("one.npz")));
}

TEST_F(MetricArraysTest, DamagedNpzIsRefusedWhereverItIsCut) {
    const std::string whole = zipped({{"x.npy", readAll(dir / "p.npy")}}, true, true);
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        writeAll(dir / "cut.npz", whole.substr(0, size));
        EXPECT_THROW(FloatArray::open(at("cut.npz")), Error) << size;
    }
    for (std::size_t i = 0; i < whole.size();
         i += 3) { // one flipped byte: refused, or the numbers are right all the same
        std::string odd = whole;
        odd[i] = static_cast<char>(odd[i] ^ 0x5a);
        writeAll(dir / "odd.npz", odd);
        try {
            expectNumbers(FloatArray::open(at("odd.npz")));
        } catch (const Error&) {}
    }
    std::string lying = zipped({{"x.npy", std::string(10, 'x')}}, false, false);
    const std::size_t entry = lying.find(std::string("PK\x01\x02", 4));
    lying.replace(entry + 24, 4, little(0x7fffffff, 4)); // claims two gigabytes
    writeAll(dir / "lying.npz", lying);
    EXPECT_THROW(FloatArray::open(at("lying.npz")), Error);
}

TEST_F(MetricArraysTest, Safetensors) {
    SafetensorsWriter writer;
    writer.addF32("pred", {2, 3, 4, 5}, numbers);
    const std::vector<double> wide(numbers.begin(), numbers.end());
    writer.addF64("wide", {2, 3, 4, 5}, wide);
    const std::vector<std::uint8_t> marks{1, 1, 0, 1}, wrong{1, 2, 0, 1};
    writer.addU8("near", {2, 2}, marks);
    writer.addU8("wrong", {2, 2}, wrong);
    writer.write(dir / "a.safetensors");
    expectNumbers(FloatArray::open(at("a.safetensors:pred")));
    expectNumbers(FloatArray::open(at("a.safetensors:wide")));
    EXPECT_EQ(loadMetricArrays({at("a.safetensors:pred"), {}, {}, at("a.safetensors:near")}).neighbours, marks);
    EXPECT_NE(fault({at("a.safetensors:pred"), {}, {}, at("a.safetensors:wrong")}).find("neither 0 nor 1"),
              std::string::npos);
}

TEST_F(MetricArraysTest, WhatDoesNotFitIsNamedWithBothShapes) {
    const std::string wrong = fault({at("p.npy"), at("p.npy"), {}, {}});
    EXPECT_NE(wrong.find("(2,4,5)"), std::string::npos) << wrong;
    EXPECT_NE(wrong.find("(2,3,4,5)"), std::string::npos) << wrong;
    EXPECT_NE(fault({at("n.npy"), {}, {}, {}}).find("(2,2)"), std::string::npos);
    const std::vector<std::uint8_t> three(9, 1);
    writeNpy(dir / "three.npy", {3, 3}, std::span<const std::uint8_t>(three));
    EXPECT_NE(fault({at("p.npy"), {}, {}, at("three.npy")}).find("3 x 3"), std::string::npos);
    EXPECT_NE(fault({at("nosuch.npy"), {}, {}, {}}).find("no such file"), std::string::npos);
    EXPECT_NE(fault({at("p.txt"), {}, {}, {}}).find("ending"), std::string::npos);
}

// torch.save of a tensor, of a dict and of a list; single precision is mapped, other numbers are converted.
TEST_F(MetricArraysTest, PlainTensorsOfTorchFiles) {
    const std::vector<int> shape{2, 3, 4, 5}, stride{60, 20, 5, 1};
    const std::string storage = p::storage("FloatStorage", "0", 120), bytes = test::rawAll(numbers);
    const std::string tensor = p::tensor(storage, 0, shape, stride);
    const std::vector<double> wide(numbers.begin(), numbers.end());
    const auto write = [&](const char* name, const std::string& root, const test::ZipParts& storages) {
        writeAll(dir / name, test::torchZip(p::finished(root), storages));
    };
    write("one.pt", tensor, {{"0", bytes}});
    expectNumbers(FloatArray::open(at("one.pt")));
    const std::string marks = p::tensor(p::storage("LongStorage", "1", 4), 0, {2, 2}, {2, 1});
    write("both.pth", p::dict({{"pred", tensor}, {"near", marks}, {"note", p::text("x")}}),
          {{"0", bytes}, {"1", test::rawAll<std::int64_t>({1, 0, 1, 1})}});
    const FloatArray mapped = FloatArray::open(at("both.pth:pred"));
    expectNumbers(mapped);
    EXPECT_EQ(loadMetricArrays({at("both.pth:pred"), {}, {}, at("both.pth:near")}).neighbours,
              (std::vector<std::uint8_t>{1, 0, 1, 1}));
    EXPECT_NE(fault({at("both.pth"), {}, {}, {}}).find("pred, near"), std::string::npos);
    EXPECT_NE(fault({at("both.pth:prd"), {}, {}, {}}).find("prd"), std::string::npos);
    write("wide.pt", p::tensor(p::storage("DoubleStorage", "0", 120), 0, shape, stride), {{"0", test::rawAll(wide)}});
    EXPECT_FALSE(FloatArray::open(at("wide.pt")).mapped());
    expectNumbers(FloatArray::open(at("wide.pt")));
    write("list.pt", p::tuple({marks, tensor}), {{"0", bytes}, {"1", test::rawAll<std::int64_t>({1, 0, 1, 1})}});
    expectNumbers(FloatArray::open(at("list.pt:1")));
    EXPECT_NE(fault({at("list.pt"), {}, {}, {}}).find("several"), std::string::npos);
    // A view with holes is gathered: frames 1.. of each course.
    write("view.pt", p::tensor(storage, 5, {2, 3, 3, 5}, stride), {{"0", bytes}});
    EXPECT_EQ(FloatArray::open(at("view.pt")).values()[15], numbers[25]);
}

TEST_F(MetricArraysTest, HostileTorchFilesAreRefused) {
    const std::string bytes = test::rawAll(numbers);
    const auto open = [&](const std::string& root) {
        writeAll(dir / "odd.pt", test::torchZip(p::finished(root), {{"0", bytes}}));
        return fault({at("odd.pt"), {}, {}, {}});
    };
    const std::string storage = p::storage("FloatStorage", "0", 120);
    EXPECT_NE(open(p::call(p::global("posix", "system"), p::tuple({p::text("true")}))), "");
    EXPECT_NE(open(p::dict({{"x", p::tensor(storage, 0, {2, 3, 4, 5}, {60, 20, 5, 1})},
                            {"y", p::call(p::global("builtins", "eval"), p::tuple({p::text("1")}))}})),
              "")
        << "code beside an honest array";
    EXPECT_NE(open(p::tensor(storage, 0, {2, 3, 4, 6}, {72, 24, 6, 1})), "");
    EXPECT_NE(open(p::tensor(storage, 0, {2000000000, 10, 750, 25}, {0, 0, 0, 0})), "");
    EXPECT_NE(open(p::tensor(storage, -5, {1, 1, 1, 5}, {5, 5, 5, 1})), "");
    EXPECT_NE(open(p::text("no tensor")), "");
    // Cut and spoiled anywhere: refused, or read right.
    const std::string whole =
        test::torchZip(p::finished(p::tensor(storage, 0, {2, 3, 4, 5}, {60, 20, 5, 1})), {{"0", bytes}});
    for (std::size_t size = 0; size < whole.size(); size += 11) {
        writeAll(dir / "cut.pt", whole.substr(0, size));
        EXPECT_THROW(FloatArray::open(at("cut.pt")), Error) << size;
    }
    for (std::size_t i = 0; i < whole.size(); i += 5) {
        std::string odd = whole;
        odd[i] = static_cast<char>(odd[i] ^ 0x5a);
        writeAll(dir / "odd.pt", odd);
        try {
            const FloatArray array = FloatArray::open(at("odd.pt"));
            std::int64_t claimed = 1;
            for (const std::int64_t extent : array.shape()) claimed *= extent;
            EXPECT_EQ(static_cast<std::int64_t>(array.values().size()), claimed) << i;
        } catch (const Error&) {}
    }
}
