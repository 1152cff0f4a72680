#pragma once
// SHA-256 (FIPS 180-4).
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace emc {

class Sha256 {
public:
    Sha256();
    void update(std::span<const std::byte> bytes);
    void update(std::string_view text) { update(std::as_bytes(std::span(text))); }
    std::array<std::uint8_t, 32> digest(); // ends the stream
    std::string hex();                     // ends the stream; 64 lower-case digits

private:
    void block(const std::uint8_t* data);
    std::array<std::uint32_t, 8> m_state;
    std::array<std::uint8_t, 64> m_buffer{};
    std::uint64_t m_length = 0;
};

std::string sha256Hex(std::string_view text);
std::string sha256OfFile(const std::filesystem::path& path); // throws Error(NotFound) / Error(Io)

} // namespace emc
