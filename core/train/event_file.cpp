#include "core/train/event_file.h"

#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>

#include "core/api/error.h"

namespace emc {
namespace {

constexpr std::array<std::uint32_t, 256> makeTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit) value = (value & 1) ? (value >> 1) ^ 0x82f63b78u : value >> 1;
        table[i] = value;
    }
    return table;
}
constexpr auto kTable = makeTable();

void varint(std::string& out, std::uint64_t value) {
    while (value >= 0x80) {
        out.push_back(static_cast<char>(value | 0x80));
        value >>= 7;
    }
    out.push_back(static_cast<char>(value));
}
template <class T>
void plain(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}
void lengthDelimited(std::string& out, int field, const std::string& bytes) {
    varint(out, static_cast<std::uint64_t>(field) << 3 | 2);
    varint(out, bytes.size());
    out += bytes;
}

double wallTime() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

} // namespace

std::uint32_t crc32c(const void* data, std::size_t bytes) {
    const auto* at = static_cast<const unsigned char*>(data);
    std::uint32_t crc = 0xffffffffu;
    for (std::size_t i = 0; i < bytes; ++i) crc = kTable[(crc ^ at[i]) & 0xff] ^ (crc >> 8);
    return crc ^ 0xffffffffu;
}

std::uint32_t maskedCrc32c(const void* data, std::size_t bytes) {
    const std::uint32_t crc = crc32c(data, bytes);
    return ((crc >> 15) | (crc << 17)) + 0xa282ead8u;
}

EventFile::EventFile(const std::filesystem::path& folder) {
    // Names must differ between two starts within one second, and sort by time.
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const long seconds = static_cast<long>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
    for (int attempt = 0; attempt < 1000 && !m_file; ++attempt) {
        m_path = folder / ("events.out.tfevents." + std::to_string(seconds) + ".emc." + std::to_string(getpid()) + "." +
                           std::to_string(attempt));
        m_file = std::fopen(m_path.c_str(), "wbx");
        if (!m_file && errno != EEXIST) break;
    }
    if (!m_file)
        throw Error(ErrorKind::Io, std::string("the event file cannot be made: ") + std::strerror(errno),
                    m_path.string(), "Check that the folder can be written.");
    std::string event;
    event.push_back(0x09); // field 1, 64 bit
    plain(event, wallTime());
    lengthDelimited(event, 3, "brain.Event:2");
    record(event);
}

EventFile::~EventFile() {
    if (m_file) std::fclose(m_file);
}

void EventFile::scalars(long step, const std::map<std::string, double>& values) {
    std::string summary;
    for (const auto& [tag, number] : values) {
        std::string value;
        lengthDelimited(value, 1, tag);
        value.push_back(0x15); // field 2, 32 bit
        plain(value, static_cast<float>(number));
        lengthDelimited(summary, 1, value);
    }
    std::string event;
    event.push_back(0x09);
    plain(event, wallTime());
    event.push_back(0x10); // field 2, varint
    varint(event, static_cast<std::uint64_t>(step));
    lengthDelimited(event, 5, summary);
    record(event);
}

void EventFile::sessionStart(long step) {
    std::string event;
    event.push_back(0x09);
    plain(event, wallTime());
    event.push_back(0x10);
    varint(event, static_cast<std::uint64_t>(step) + 1); // the first step that comes again
    lengthDelimited(event, 7, std::string("\x08\x01", 2));
    record(event);
}

void EventFile::record(const std::string& message) {
    std::string framed;
    const std::uint64_t length = message.size();
    plain(framed, length);
    plain(framed, maskedCrc32c(&length, sizeof length));
    framed += message;
    plain(framed, maskedCrc32c(message.data(), message.size()));
    if (std::fwrite(framed.data(), 1, framed.size(), m_file) != framed.size() || std::fflush(m_file) != 0)
        throw Error(ErrorKind::Io, std::string("the event file cannot be written: ") + std::strerror(errno),
                    m_path.string(), "Free some disk space.");
}

} // namespace emc
