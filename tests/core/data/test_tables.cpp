#include <gtest/gtest.h>

#include <cmath>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/data/csv.h"
#include "core/data/npy.h"
#include "tests/support/shared.h"

using namespace emc;

namespace {

// What numpy.save writes: magic, version, length, dict, data.
std::string npyBytes(const std::string& dict, const std::string& data, int version = 1) {
    std::string bytes = std::string("\x93NUMPY") + static_cast<char>(version) + '\0';
    const auto length = static_cast<std::uint32_t>(dict.size());
    for (int i = 0; i < (version == 1 ? 2 : 4); ++i) bytes += static_cast<char>(length >> (8 * i) & 255u);
    return bytes + dict + data;
}
template <class T>
std::string raw(std::initializer_list<T> values) {
    return {reinterpret_cast<const char*>(values.begin()), values.size() * sizeof(T)};
}
std::string dict(const std::string& descr, const std::string& shape, const char* order = "False") {
    return "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
}

template <class Call>
Error errorOf(Call call) {
    try {
        call();
    } catch (const Error& error) { return error; }
    return Error(ErrorKind::Internal, "accepted");
}

} // namespace

TEST(Npy, ReadsEveryNumberType) {
    emc::test::TempDir dir;
    const auto check = [&](const std::string& descr, const std::string& data, int version = 1) {
        writeFileAtomically(dir / "x.npy", npyBytes(dict(descr, "(2,)"), data, version));
        const NpyArray array = readNpy(dir / "x.npy");
        EXPECT_EQ(array.shape, std::vector<std::int64_t>{2}) << descr;
        EXPECT_EQ(array.values, (std::vector<double>{1, 0})) << descr;
    };
    check("<f4", raw<float>({1, 0})), check("<f8", raw<double>({1, 0}), 2),
        check("<f2", raw<std::uint16_t>({0x3C00, 0}), 3);
    check("<i4", raw<std::int32_t>({1, 0})), check("<i8", raw<std::int64_t>({1, 0})),
        check("<i2", raw<std::int16_t>({1, 0}));
    check("|i1", raw<std::int8_t>({1, 0})), check("|u1", raw<std::uint8_t>({1, 0})),
        check("|b1", raw<std::uint8_t>({1, 0}));
    check("<u2", raw<std::uint16_t>({1, 0})), check("<u4", raw<std::uint32_t>({1, 0})),
        check("<u8", raw<std::uint64_t>({1, 0}));
}

TEST(Npy, WritesWhatItReads) {
    emc::test::TempDir dir;
    const std::vector<float> values{1.5f, -2.f, 3.f, 4.f, 5.f, 6.f};
    for (const std::vector<std::int64_t>& shape : {std::vector<std::int64_t>{3, 1, 2}, {6}, {2, 3}}) {
        writeNpy(dir / "x.npy", shape, values);
        std::vector<std::int64_t> back;
        EXPECT_EQ(readNpyF32(dir / "x.npy", &back), values);
        EXPECT_EQ(back, shape);
        EXPECT_EQ(readNpyHeader(dir / "x.npy").dataOffset % 64, 0u);
    }
    EXPECT_THROW(writeNpy(dir / "x.npy", {7}, values), Error);
}

TEST(Npy, HostileFilesAreRefused) {
    emc::test::TempDir dir;
    const auto refuse = [&](const std::string& bytes, ErrorKind kind, const std::string& words) {
        writeFileAtomically(dir / "x.npy", bytes);
        const Error error = errorOf([&] { readNpy(dir / "x.npy"); });
        EXPECT_EQ(error.kind(), kind) << error.what();
        EXPECT_NE(error.problem().find(words), std::string::npos) << error.what();
    };
    refuse("", ErrorKind::BadInput, "not an npy");
    refuse("\x93NUMPX\x01", ErrorKind::BadInput, "not an npy");
    refuse(npyBytes(dict("|O", "(1,)"), "x"), ErrorKind::Unsupported, "Python objects");
    refuse(npyBytes(dict(">f4", "(1,)"), "1234"), ErrorKind::Unsupported, ">f4");
    refuse(npyBytes(dict("<c8", "(1,)"), "12345678"), ErrorKind::Unsupported, "c8");
    refuse(npyBytes(dict("<U4", "(1,)"), "12345678"), ErrorKind::Unsupported, "U4");
    refuse(npyBytes("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "1234"),
           ErrorKind::Unsupported, "named fields");
    refuse(npyBytes(dict("<f4", "(2, 2)", "True"), std::string(16, 'x')), ErrorKind::Unsupported, "Fortran");
    refuse(npyBytes(dict("<f4", "(3,)"), "1234"), ErrorKind::BadInput, "needs 12 bytes");
    refuse(npyBytes(dict("<f4", "(99999999999, 99999999999)"), "1234"), ErrorKind::BadInput, "more elements");
    refuse(npyBytes(dict("<f4", "(-1,)"), "1234"), ErrorKind::BadInput, "shape");
    refuse(npyBytes(dict("<f4", "(9999999999999999999999,)"), "1234"), ErrorKind::BadInput, "damaged");
    refuse(npyBytes("{'descr': '<f4', 'fortran_order': False, }", ""), ErrorKind::BadInput, "lacks");
    refuse(npyBytes("{'descr': '<f4', 'x': 1}", ""), ErrorKind::BadInput, "unknown field");
    refuse(npyBytes("{'descr': '<f4", ""), ErrorKind::BadInput, "quote");
    refuse(npyBytes("__import__('os')", ""), ErrorKind::BadInput, "damaged");
    refuse(std::string("\x93NUMPY\x02\x00\xff\xff\xff\xff", 12), ErrorKind::BadInput, "longer than the file");
    refuse(std::string("\x93NUMPY\x09\x00\x00\x00", 10), ErrorKind::Unsupported, "version 9");
}

TEST(Npy, SquareMatrixOfMarks) {
    emc::test::TempDir dir;
    const std::vector<float> marks{1, 0, 1, 1};
    writeNpy(dir / "m.npy", {2, 2}, marks);
    int side = 0;
    EXPECT_EQ(readNpySquare01(dir / "m.npy", &side), (std::vector<std::uint8_t>{1, 0, 1, 1}));
    EXPECT_EQ(side, 2);
    const std::vector<float> half{1, 0, 0.5f, 1};
    writeNpy(dir / "m.npy", {2, 2}, half);
    EXPECT_NE(errorOf([&] { readNpySquare01(dir / "m.npy"); }).problem().find("row 1, column 0"), std::string::npos);
    writeNpy(dir / "m.npy", {4}, marks);
    EXPECT_THROW(readNpySquare01(dir / "m.npy"), Error);
}

TEST(Csv, NumbersComeBackEqual) {
    emc::test::TempDir dir;
    const std::vector<float> values{0.1f, -1e-30f, 16777217.f, 1.f / 3, 0.f, 3e38f};
    writeNumberCsv(dir / "t.csv", {"a", "b", "c"}, values);
    const NumberTable table = readNumberCsv(dir / "t.csv", 3);
    EXPECT_EQ(table.values, values);
    EXPECT_EQ(table.rows, 2u);
    EXPECT_EQ(table.header[2], "c");
}

TEST(Csv, OddButCorrectTables) {
    emc::test::TempDir dir;
    writeFileAtomically(dir / "t.csv", "\xEF\xBB\xBF"
                                       "a , b\r\n 1, +2.5\r\n\r\n3,1e-60\r\n-4e0,5");
    EXPECT_EQ(readNumberCsv(dir / "t.csv").values, (std::vector<float>{1, 2.5f, 3, 0, -4, 5}));
}

TEST(Csv, FaultsHaveLineAndColumn) {
    emc::test::TempDir dir;
    const auto where = [&](const std::string& text, std::size_t columns = 0) {
        writeFileAtomically(dir / "t.csv", text);
        const std::string place = errorOf([&] { readNumberCsv(dir / "t.csv", columns); }).where();
        return place.substr((dir / "t.csv").string().size());
    };
    EXPECT_EQ(where("a,b\n1,2\n3,x\n"), ":3, column 2");
    EXPECT_EQ(where("a,b\n1,2\n\n3,nan\n"), ":4, column 2");
    EXPECT_EQ(where("a,b\n1,inf\n"), ":2, column 2");
    EXPECT_EQ(where("a,b\n1,1e50\n"), ":2, column 2");
    EXPECT_EQ(where("a,b\n1,\n"), ":2, column 2");
    EXPECT_EQ(where("a,b\n1,2,3\n"), ":2");
    EXPECT_EQ(where("a,b\n1,2\n", 25), ":1");
    EXPECT_EQ(where(""), "");
}

TEST(Csv, TextWithQuotes) {
    emc::test::TempDir dir;
    writeFileAtomically(dir / "t.csv", ",x,y\n0,\"a,\"\"b\"\"\nc\",\n\n1, d ,e\n");
    const auto rows = readTextCsv(dir / "t.csv");
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0], (std::vector<std::string>{"", "x", "y"}));
    EXPECT_EQ(rows[1], (std::vector<std::string>{"0", "a,\"b\"\nc", ""}));
    EXPECT_EQ(rows[2], (std::vector<std::string>{"1", "d", "e"}));
    writeFileAtomically(dir / "t.csv", "a\n\"b\n");
    EXPECT_EQ(errorOf([&] { readTextCsv(dir / "t.csv"); }).where(), (dir / "t.csv").string() + ":2");
}
