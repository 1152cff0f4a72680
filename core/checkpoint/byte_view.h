#pragma once
// Bounds-checked reading of little-endian numbers. Files of others are hostile until checked: nothing here trusts a
// count.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/api/error.h"

namespace emc {

using ByteView = std::span<const std::byte>;
static_assert(std::endian::native == std::endian::little, "numbers are read as they lie in memory");

inline std::string_view textOf(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class ByteReader {
public:
    // `what` names the bytes in messages: "FILE, data.pkl".
    ByteReader(ByteView bytes, std::string what, std::size_t position = 0)
        : m_bytes(bytes), m_what(std::move(what)), m_position(position) {
        if (position > bytes.size()) fail("the file ends too early");
    }

    std::size_t position() const { return m_position; }
    std::size_t left() const { return m_bytes.size() - m_position; }

    ByteView take(std::uint64_t count) {
        if (count > left()) fail("the file ends too early");
        const ByteView part = m_bytes.subspan(m_position, static_cast<std::size_t>(count));
        m_position += static_cast<std::size_t>(count);
        return part;
    }
    template <class T>
    T number() {
        static_assert(std::is_arithmetic_v<T>);
        T value;
        std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
        return value;
    }
    // Up to the next line feed, which is swallowed.
    std::string_view line() {
        const std::string_view rest = textOf(m_bytes.subspan(m_position));
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos) fail("the file ends too early");
        m_position += end + 1;
        return rest.substr(0, end);
    }
    [[noreturn]] void fail(const std::string& problem, const std::string& hint = {}) const {
        throw Error(ErrorKind::BadInput, problem, m_what + ", byte " + std::to_string(m_position), hint);
    }

private:
    ByteView m_bytes;
    std::string m_what;
    std::size_t m_position;
};

} // namespace emc
