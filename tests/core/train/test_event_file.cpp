#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <iterator>

#include "core/train/event_file.h"
#include "tests/support/shared.h"

using namespace emc;

namespace {

// An own little reader of protobuf: fields of one message.
struct Field {
    int number = 0, wire = 0;
    std::uint64_t value = 0;
    std::string bytes;
};
std::uint64_t varint(const std::string& text, std::size_t& at) {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
        const auto byte = static_cast<unsigned char>(text.at(at++));
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (!(byte & 0x80)) return value;
    }
}
std::vector<Field> fields(const std::string& text) {
    std::vector<Field> all;
    for (std::size_t at = 0; at < text.size();) {
        Field field;
        const std::uint64_t key = varint(text, at);
        field.number = static_cast<int>(key >> 3);
        field.wire = static_cast<int>(key & 7);
        if (field.wire == 0) field.value = varint(text, at);
        else {
            const std::size_t size = field.wire == 1 ? 8 : field.wire == 5 ? 4 : varint(text, at);
            field.bytes = text.substr(at, size);
            EXPECT_EQ(field.bytes.size(), size);
            at += size;
        }
        all.push_back(field);
    }
    return all;
}
std::vector<std::string> records(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    std::vector<std::string> all;
    for (std::size_t at = 0; at < text.size();) {
        std::uint64_t length = 0;
        std::uint32_t crc = 0;
        std::memcpy(&length, text.data() + at, 8);
        std::memcpy(&crc, text.data() + at + 8, 4);
        EXPECT_EQ(crc, maskedCrc32c(text.data() + at, 8));
        all.push_back(text.substr(at + 12, length));
        std::memcpy(&crc, text.data() + at + 12 + length, 4);
        EXPECT_EQ(crc, maskedCrc32c(all.back().data(), all.back().size()));
        at += 16 + length;
    }
    return all;
}

} // namespace

TEST(EventFile, ChecksumIsCastagnoli) { // values of RFC 3720, appendix B.4
    EXPECT_EQ(crc32c(std::string(32, '\0').data(), 32), 0x8a9136aau);
    EXPECT_EQ(crc32c(std::string(32, '\xff').data(), 32), 0x62a8ab43u);
    EXPECT_EQ(crc32c("123456789", 9), 0xe3069283u);
}

TEST(EventFile, ScalarsComeBack) {
    emc::test::TempDir folder;
    std::filesystem::path path;
    {
        EventFile file(folder.path());
        path = file.path();
        file.sessionStart(299);
        file.scalars(300, {{"loss", 1.5}, {"val", -0.25}});
    }
    EXPECT_TRUE(path.filename().string().starts_with("events.out.tfevents."));
    const auto all = records(path);
    ASSERT_EQ(all.size(), 3u);
    const auto head = fields(all[0]);
    ASSERT_EQ(head.size(), 2u);
    EXPECT_EQ(head[0].number, 1);
    EXPECT_EQ(head[1].number, 3);
    EXPECT_EQ(head[1].bytes, "brain.Event:2");
    const auto start = fields(all[1]);
    EXPECT_EQ(start.at(1).value, 300u);
    EXPECT_EQ(start.at(2).number, 7);
    const auto event = fields(all[2]);
    ASSERT_EQ(event.size(), 3u);
    EXPECT_EQ(event[1].number, 2);
    EXPECT_EQ(event[1].value, 300u);
    EXPECT_EQ(event[2].number, 5);
    std::map<std::string, float> scalars;
    for (const Field& value : fields(event[2].bytes)) {
        EXPECT_EQ(value.number, 1);
        const auto parts = fields(value.bytes);
        ASSERT_EQ(parts.size(), 2u);
        float number = 0;
        std::memcpy(&number, parts[1].bytes.data(), 4);
        scalars[parts[0].bytes] = number;
    }
    EXPECT_EQ(scalars, (std::map<std::string, float>{{"loss", 1.5f}, {"val", -0.25f}}));
}

TEST(EventFile, TwoStartsTwoFiles) {
    emc::test::TempDir folder;
    EventFile a(folder.path()), b(folder.path());
    EXPECT_NE(a.path(), b.path());
}
