#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/data/safetensors.h"
#include "tests/support/shared.h"

using namespace emc;

namespace {

// A file with any header text and any data.
void writeRaw(const std::filesystem::path& path, std::uint64_t length, const std::string& header,
              const std::string& data) {
    std::string bytes(reinterpret_cast<const char*>(&length), 8);
    writeFileAtomically(path, bytes + header + data);
}

Error errorOf(const std::filesystem::path& path) {
    try {
        SafetensorsFile::open(path);
    } catch (const Error& error) { return error; }
    return Error(ErrorKind::Internal, "accepted");
}

struct Hostile {
    const char* what;
    std::string header, data, expectedProblem, expectedTensor;
};

} // namespace

TEST(Safetensors, ValuesShapesAndMetadataComeBack) {
    emc::test::TempDir dir;
    SafetensorsWriter writer;
    const std::vector<float> values{1.5f, -0.f, 3e-40f, 65504.f, 1.f / 3, -7.f};
    const std::vector<double> doubles{1.0 / 3};
    const std::vector<std::int64_t> whole{-5, 1LL << 60};
    const std::vector<std::uint8_t> bytes{0, 7, 255};
    writer.addF32("b.float", {2, 3}, values);
    writer.addF16("a.half", {3, 2}, values);
    writer.addF64("double", {}, doubles);
    writer.addI64("whole", {2}, whole);
    writer.addU8("bytes", {3}, bytes);
    writer.addF32("empty", {0, 4}, {});
    writer.meta("name", "a \"quoted\"\nvalue");
    writer.write(dir / "x.safetensors");

    const SafetensorsFile file = SafetensorsFile::open(dir / "x.safetensors");
    EXPECT_EQ(file.readF32("b.float"), values);
    EXPECT_EQ(file.info("b.float").shape, (std::vector<std::int64_t>{2, 3}));
    EXPECT_EQ(file.readF32("a.half"), (std::vector<float>{1.5f, 0.f, 0.f, 65504.f, 0.333251953125f, -7.f}));
    EXPECT_EQ(file.readF64("double"), doubles);
    EXPECT_EQ(file.readF32("double"), (std::vector<float>{1.f / 3}));
    EXPECT_EQ(file.readI64("whole"), whole);
    EXPECT_EQ(file.readF64("bytes"), (std::vector<double>{0, 7, 255}));
    EXPECT_TRUE(file.readF32("empty").empty());
    EXPECT_EQ(file.meta("name"), "a \"quoted\"\nvalue");
    EXPECT_EQ(file.meta("absent", "other"), "other");
    std::vector<std::byte> part(4);
    file.readBytes("b.float", 16, part);
    float fifth = 0;
    std::memcpy(&fifth, part.data(), 4);
    EXPECT_EQ(fifth, 1.f / 3);
    EXPECT_THROW(file.readBytes("b.float", 24, part), Error);
    EXPECT_THROW(file.readF32("whole"), Error);
    EXPECT_THROW(file.readI64("b.float"), Error);
    EXPECT_NO_THROW(file.readF32("b.float", {-1, 3}));
    EXPECT_THROW(file.readF32("b.float", {3, 2}), Error);
    EXPECT_THROW(file.readF32("b.float", {6}), Error);
}

TEST(Safetensors, SameContentGivesSameAlignedBytes) {
    emc::test::TempDir dir;
    const std::vector<float> values{1, 2, 3};
    const std::vector<std::uint8_t> odd{1, 2, 3};
    for (const bool reversed : {false, true}) {
        SafetensorsWriter writer;
        if (reversed)
            writer.meta("z", "1"), writer.meta("a", "2"), writer.addF32("x", {3}, values), writer.addU8("a", {3}, odd);
        else writer.addU8("a", {3}, odd), writer.meta("a", "2"), writer.addF32("x", {3}, values), writer.meta("z", "1");
        writer.write(dir / (reversed ? "2" : "1"));
    }
    const std::string first = readTextFile(dir / "1");
    EXPECT_EQ(first, readTextFile(dir / "2"));
    std::uint64_t length = 0;
    std::memcpy(&length, first.data(), 8);
    EXPECT_EQ(length % 8, 0u);
    EXPECT_EQ(SafetensorsFile::open(dir / "1").info("x").byteBegin % 4, 0u); // floats before bytes
}

TEST(Safetensors, WriterRefusesWrongSizesAndRepeatedNames) {
    SafetensorsWriter writer;
    const std::vector<float> values{1, 2, 3};
    EXPECT_THROW(writer.addF32("x", {2}, values), Error);
    writer.addF32("x", {3}, values);
    EXPECT_THROW(writer.addF32("x", {3}, values), Error);
    EXPECT_THROW(writer.addF32("__metadata__", {3}, values), Error);
}

TEST(Safetensors, AFailedStreamLeavesNoFile) {
    emc::test::TempDir dir;
    SafetensorsWriter writer;
    writer.addStreamed("x", "U8", {10}, [](const SafetensorsWriter::Sink& sink) {
        const std::vector<std::byte> few(4);
        sink(few);
    });
    EXPECT_THROW(writer.write(dir / "x"), Error);
    EXPECT_TRUE(std::filesystem::is_empty(dir.path()));
}

TEST(Safetensors, HostileHeadersAreNamedNotBelieved) {
    emc::test::TempDir dir;
    const auto tensor = [](const std::string& dtype, const std::string& shape, const std::string& offsets) {
        return "\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets;
    };
    const std::string good = "{" + tensor("F32", "[1]", "[0,4]") + "}";
    const std::vector<Hostile> cases = {
        {"not json", "hello, this is text", "", "not JSON", ""},
        {"not an object", "[1,2]", "", "not a JSON object", ""},
        {"truncated json", "{\"a\":{\"dtype\"", "", "not JSON", ""},
        {"entry is a number", "{\"a\":3}", "", "not an object", "a"},
        {"no dtype", "{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}", "1234", "\"dtype\"", "a"},
        {"no offsets", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", "1234", "\"data_offsets\"", "a"},
        {"unknown dtype", "{\"a\":{" + tensor("F8", "[1]", "[0,1]") + "}}", "1", "not known", "a"},
        {"dtype is a number", "{\"a\":{\"dtype\":7,\"shape\":[1],\"data_offsets\":[0,4]}}", "1234", "not known", "a"},
        {"negative extent", "{\"a\":{" + tensor("F32", "[-1]", "[0,4]") + "}}", "1234", "whole number", "a"},
        {"fraction", "{\"a\":{" + tensor("F32", "[1.5]", "[0,4]") + "}}", "1234", "whole number", "a"},
        {"huge extent", "{\"a\":{" + tensor("F32", "[18446744073709551615]", "[0,4]") + "}}", "1234", "whole number",
         "a"},
        {"product overflows", "{\"a\":{" + tensor("F32", "[4294967296,4294967296]", "[0,4]") + "}}", "1234",
         "more elements", "a"},
        {"product wraps to fit", "{\"a\":{" + tensor("U8", "[4611686018427387904,4,1]", "[0,0]") + "}}", "",
         "more elements", "a"},
        {"too many extents", "{\"a\":{" + tensor("F32", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "[0,4]") + "}}", "1234",
         "at most 16", "a"},
        {"shape is a text", "{\"a\":{" + tensor("F32", "\"4\"", "[0,4]") + "}}", "1234", "shape", "a"},
        {"one offset", "{\"a\":{" + tensor("F32", "[1]", "[0]") + "}}", "1234", "pair", "a"},
        {"backwards", "{\"a\":{" + tensor("F32", "[1]", "[4,0]") + "}}", "1234", "before it begins", "a"},
        {"beyond the end", "{\"a\":{" + tensor("F32", "[2]", "[0,8]") + "}}", "1234", "of 4", "a"},
        {"wrong size", "{\"a\":{" + tensor("F32", "[1]", "[0,2]") + "}}", "12", "needs 4 bytes", "a"},
        {"overlap", "{\"a\":{" + tensor("U8", "[3]", "[0,3]") + "},\"b\":{" + tensor("U8", "[3]", "[2,5]") + "}}",
         "12345", "overlaps", "b"},
        {"same place twice",
         "{\"a\":{" + tensor("U8", "[3]", "[0,3]") + "},\"b\":{" + tensor("U8", "[3]", "[0,3]") + "}}", "123",
         "overlaps", "b"},
        {"hole", "{\"a\":{" + tensor("U8", "[1]", "[0,1]") + "},\"b\":{" + tensor("U8", "[1]", "[3,4]") + "}}", "1234",
         "hole of 2", "b"},
        {"hole at the start", "{\"a\":{" + tensor("U8", "[1]", "[3,4]") + "}}", "1234", "hole of 3", "a"},
        {"bytes after the end", "{\"a\":" + good + "}", "123456", "belong to no tensor", ""},
        {"repeated name", "{\"a\":" + good + ",\"a\":" + good + "}", "1234", "twice", "a"},
        {"metadata is a list", "{\"__metadata__\":[]}", "", "__metadata__", ""},
        {"metadata with a number", "{\"__metadata__\":{\"a\":1}}", "", "not a text", ""},
        {"deep nesting", std::string(100000, '['), "", "JSON", ""},
        {"deep objects",
         [] {
             std::string s;
             for (int i = 0; i < 20000; ++i) s += "{\"a\":";
             return s + "1" + std::string(20000, '}');
         }(),
         "", "JSON", ""},
        {"bad utf-8", "{\"\xff\":" + good + "}", "1234", "not JSON", ""},
    };
    for (const Hostile& hostile : cases) {
        writeRaw(dir / "x", hostile.header.size(), hostile.header, hostile.data);
        const Error error = errorOf(dir / "x");
        EXPECT_EQ(error.kind(), ErrorKind::BadInput) << hostile.what << ": " << error.what();
        EXPECT_NE(error.problem().find(hostile.expectedProblem), std::string::npos)
            << hostile.what << ": " << error.what();
        EXPECT_EQ(error.where(),
                  (dir / "x").string() + (hostile.expectedTensor.empty() ? "" : ", tensor " + hostile.expectedTensor))
            << hostile.what;
    }
}

TEST(Safetensors, LengthsBeyondTheFileAreRefusedBeforeAnythingIsAllocated) {
    emc::test::TempDir dir;
    for (const std::uint64_t length : {std::uint64_t(3), std::uint64_t(99'000'000), std::uint64_t(100'000'001),
                                       ~std::uint64_t(0), std::uint64_t(1) << 63}) {
        writeRaw(dir / "x", length, "{}", "");
        if (length == 2) continue;
        EXPECT_NE(errorOf(dir / "x").problem().find("header claims"), std::string::npos) << length;
    }
    writeFileAtomically(dir / "short", "1234567");
    EXPECT_NE(errorOf(dir / "short").problem().find("shorter than the 8 bytes"), std::string::npos);
    EXPECT_EQ(errorOf(dir / "absent").kind(), ErrorKind::NotFound);
    EXPECT_EQ(errorOf(dir.path()).kind(), ErrorKind::BadInput);
}

TEST(Safetensors, EveryTruncationIsNoticed) {
    emc::test::TempDir dir;
    SafetensorsWriter writer;
    const std::vector<float> values(10, 2.f);
    writer.addF32("x", {10}, values);
    writer.meta("k", "v");
    writer.write(dir / "whole");
    const std::string bytes = readTextFile(dir / "whole");
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        writeFileAtomically(dir / "cut", std::string_view(bytes).substr(0, size));
        EXPECT_EQ(errorOf(dir / "cut").kind(), ErrorKind::BadInput) << size;
    }
}

TEST(Safetensors, EveryFlippedHeaderByteIsReadOrRefusedButNeverCrashes) {
    emc::test::TempDir dir;
    SafetensorsWriter writer;
    const std::vector<float> values(6, 2.f);
    writer.addF32("x", {2, 3}, values);
    writer.write(dir / "whole");
    const std::string bytes = readTextFile(dir / "whole");
    int refused = 0;
    for (std::size_t at = 0; at < bytes.size() - 24; ++at)
        for (const char flip : {'\x01', '\x10', '\x7f'}) {
            std::string changed = bytes;
            changed[at] = static_cast<char>(changed[at] ^ flip);
            writeFileAtomically(dir / "cut", changed);
            try {
                const SafetensorsFile file = SafetensorsFile::open(dir / "cut");
                for (const std::string& name : file.names()) EXPECT_LE(file.readBytes(name).size(), 24u);
            } catch (const Error&) { ++refused; }
        }
    EXPECT_GT(refused, 50);
}

TEST(Safetensors, AMissingTensorSuggestsTheNearestName) {
    emc::test::TempDir dir;
    SafetensorsWriter writer;
    const std::vector<float> values{1};
    writer.addF32("emotion", {1}, values);
    writer.write(dir / "x");
    try {
        SafetensorsFile::open(dir / "x").readF32("emotoin");
        FAIL();
    } catch (const Error& error) { EXPECT_NE(error.hint().find("\"emotion\""), std::string::npos); }
}
