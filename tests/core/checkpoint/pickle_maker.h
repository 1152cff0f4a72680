#pragma once
// Makes pickles and torch files for tests, opcode by opcode. Independent of the program's own writer, so that both can
// be wrong only in different ways.
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/checkpoint/byte_view.h"

namespace emc::test {

inline ByteView bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text));
}

template <class T>
std::string raw(T value) {
    std::string out(sizeof value, '\0');
    std::memcpy(out.data(), &value, sizeof value);
    return out;
}

template <class T>
std::string rawAll(const std::vector<T>& values) {
    std::string out;
    for (const T& value : values) out += raw(value);
    return out;
}

namespace pickle {
inline std::string text(const std::string& value) {
    return "X" + raw(static_cast<std::uint32_t>(value.size())) + value;
}
inline std::string whole(std::int32_t value) {
    return "J" + raw(value);
}
inline std::string real(double value) {
    std::uint64_t bits;
    std::memcpy(&bits, &value, 8);
    return "G" + raw(__builtin_bswap64(bits));
}
inline std::string global(const std::string& module, const std::string& name) {
    return "c" + module + "\n" + name + "\n";
}
inline std::string tuple(const std::vector<std::string>& parts) {
    std::string out = "(";
    for (const std::string& part : parts) out += part;
    return out + "t";
}
inline std::string wholes(const std::vector<int>& values) {
    std::string out = "(";
    for (int value : values) out += whole(value);
    return out + "t";
}
inline std::string call(const std::string& callable, const std::string& arguments) {
    return callable + arguments + "R";
}
using Pairs = std::vector<std::pair<std::string, std::string>>; // key text, value opcodes
inline std::string pairs(const Pairs& items) {
    std::string out = "(";
    for (const auto& [key, value] : items) out += text(key) + value;
    return out + "u";
}
inline std::string dict(const Pairs& items) {
    return "}" + pairs(items);
}
inline std::string ordered(const Pairs& items) {
    return "ccollections\nOrderedDict\n)R" + pairs(items);
}
inline std::string storage(const std::string& type, const std::string& key, int elements) {
    return tuple({text("storage"), global("torch", type), text(key), text("cpu"), whole(elements)}) + "Q";
}
inline std::string tensor(const std::string& storageCode, int offset, const std::vector<int>& shape,
                          const std::vector<int>& stride) {
    return call(
        global("torch._utils", "_rebuild_tensor_v2"),
        tuple({storageCode, whole(offset), wholes(shape), wholes(stride), "\x89", "ccollections\nOrderedDict\n)R"}));
}
inline std::string parameter(const std::string& tensorCode) {
    return call(global("torch._utils", "_rebuild_parameter"),
                tuple({tensorCode, "\x88", "ccollections\nOrderedDict\n)R"}));
}
inline std::string module(const std::string& className, const Pairs& parameters, const Pairs& buffers,
                          const Pairs& modules, const std::vector<std::string>& passing = {}) {
    std::string list = "](";
    for (const std::string& name : passing) list += text(name);
    list += "e";
    const Pairs state = {{"training", "\x88"},
                         {"_parameters", ordered(parameters)},
                         {"_buffers", dict(buffers)},
                         {"_non_persistent_buffers_set", call(global("__builtin__", "set"), list + "\x85")},
                         {"_modules", ordered(modules)}};
    return global("models.some", className) + ")\x81" + dict(state) + "b";
}
// An array as NumPy pickles it with protocol 2: bytes as text, one character each.
inline std::string array(const std::string& type, const std::string& order, const std::vector<int>& shape,
                         bool columnsFirst, const std::string& bytes, const std::string& codec = "latin1") {
    std::string utf8;
    for (const char c : bytes) {
        const auto code = static_cast<unsigned char>(c);
        if (code < 0x80) utf8 += c;
        else utf8 += {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
    }
    const std::string encode = global("_codecs", "encode");
    const std::string coded = call(encode, tuple({text(utf8), text(codec)}));
    const std::string dtype = call(global("numpy", "dtype"), tuple({text(type), "\x89", "\x88"})) +
                              tuple({whole(3), text(order), "N", "N", "N", whole(-1), whole(-1), whole(0)}) + "b";
    return call(global("numpy.core.multiarray", "_reconstruct"),
                tuple({global("numpy", "ndarray"), tuple({whole(0)}), text("b")})) +
           tuple({whole(1), wholes(shape), dtype, columnsFirst ? "\x88" : "\x89", coded}) + "b";
}
inline std::string finished(const std::string& value) {
    return "\x80\x02" + value + ".";
}
} // namespace pickle

using ZipParts = std::vector<std::pair<std::string, std::string>>; // name, bytes

// Stored entries; `wide` writes Zip64 records and fields as files above 4 GiB have them.
inline std::string zip(const ZipParts& parts, bool wide = false, std::uint16_t method = 0, std::uint16_t flags = 0) {
    const auto u16 = [](std::size_t value) { return raw(static_cast<std::uint16_t>(value)); };
    const auto u32 = [](std::size_t value) { return raw(static_cast<std::uint32_t>(value)); };
    const auto u64 = [](std::size_t value) { return raw(static_cast<std::uint64_t>(value)); };
    const std::size_t full = 0xFFFFFFFF;
    std::string out, directory;
    for (const auto& [name, bytes] : parts) {
        const std::size_t offset = out.size(), size = bytes.size();
        const std::string extra = wide ? u16(1) + u16(24) + u64(size) + u64(size) + u64(offset) : "";
        out += "PK\x03\x04" + u16(20) + u16(flags) + u16(method) + u32(0) + u32(0) + u32(size) + u32(size) +
               u16(name.size()) + u16(0) + name + bytes;
        directory += "PK\x01\x02" + u16(20) + u16(20) + u16(flags) + u16(method) + u32(0) + u32(0) +
                     u32(wide ? full : size) + u32(wide ? full : size) + u16(name.size()) + u16(extra.size()) + u16(0) +
                     u16(0) + u16(0) + u32(0) + u32(wide ? full : offset) + name + extra;
    }
    const std::size_t begin = out.size();
    out += directory;
    if (wide) {
        const std::size_t record = out.size();
        out += "PK\x06\x06" + u64(44) + u16(45) + u16(45) + u32(0) + u32(0) + u64(parts.size()) + u64(parts.size()) +
               u64(directory.size()) + u64(begin);
        out += "PK\x06\x07" + u32(0) + u64(record) + u32(1);
    }
    return out + "PK\x05\x06" + u16(0) + u16(0) + u16(wide ? 0xFFFF : parts.size()) +
           u16(wide ? 0xFFFF : parts.size()) + u32(wide ? full : directory.size()) + u32(wide ? full : begin) + u16(0);
}

// data.pkl and the storages by key.
inline std::string torchZip(const std::string& pickleBytes, const ZipParts& storages, bool wide = false) {
    ZipParts parts = {{"some/data.pkl", pickleBytes}, {"some/byteorder", "little"}};
    for (const auto& [key, bytes] : storages) parts.emplace_back("some/data/" + key, bytes);
    parts.emplace_back("some/version", "3\n");
    return zip(parts, wide);
}

// The older stream. `storages`: key, element size, bytes.
struct StreamStorage {
    std::string key;
    int elementSize;
    std::string bytes;
};
inline std::string torchStream(const std::string& rootCode, const std::vector<StreamStorage>& storages) {
    std::string out("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);
    out += pickle::finished("M" + raw(static_cast<std::uint16_t>(1001)));
    out += pickle::finished(
        pickle::dict({{"protocol_version", "M" + raw(static_cast<std::uint16_t>(1001))}, {"little_endian", "\x88"}}));
    out += pickle::finished(rootCode);
    std::string keys = "](";
    for (const StreamStorage& storage : storages) keys += pickle::text(storage.key);
    out += pickle::finished(keys + "e");
    for (const StreamStorage& storage : storages)
        out += raw(static_cast<std::int64_t>(storage.bytes.size() / static_cast<std::size_t>(storage.elementSize))) +
               storage.bytes;
    return out;
}

} // namespace emc::test
