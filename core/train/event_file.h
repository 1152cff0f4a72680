#pragma once
// Writes events.out.tfevents.* files, which TensorBoard and others read. Source of the format: the TFRecord framing
// (length, masked CRC-32C) around protobuf messages tensorflow.Event {1: wall_time double, 2: step int64, 3:
// file_version string, 5: Summary {1: Value {1: tag, 2: simple_value float}}, 7: SessionLog {1: status}}.
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace emc {

// CRC-32C (Castagnoli), as TFRecord uses it, before masking.
std::uint32_t crc32c(const void* data, std::size_t bytes);
std::uint32_t maskedCrc32c(const void* data, std::size_t bytes);

class EventFile {
public:
    // Makes a new file in `folder` (one per start of a run: readers join them by time). Throws Error(Io).
    explicit EventFile(const std::filesystem::path& folder);
    ~EventFile();
    EventFile(const EventFile&) = delete;
    EventFile& operator=(const EventFile&) = delete;

    // One event with all the scalars of a step; flushed at once so that a reader sees it. Throws Error(Io).
    void scalars(long step, const std::map<std::string, double>& values);
    // Tells readers that later steps of earlier files are void (SessionLog START).
    void sessionStart(long step);
    const std::filesystem::path& path() const { return m_path; }

private:
    void record(const std::string& message);

    std::filesystem::path m_path;
    std::FILE* m_file = nullptr;
};

} // namespace emc
