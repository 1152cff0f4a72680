#include "core/data/npy.h"

#include <algorithm>
#include <cstring>
#include <fstream>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/data/half.h"

namespace emc {
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMaxHeader = 1 << 20;

[[noreturn]] void bad(const fs::path& path, const std::string& problem, const std::string& hint = {}) {
    throw Error(ErrorKind::BadInput, problem, path.string(), hint);
}

int sizeOf(const std::string& dtype) {
    for (const char* known : {"f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"})
        if (dtype == known) return dtype[1] - '0';
    return 0;
}

// The header is a Python dict literal of three known keys. This reads just that, by hand: nothing is evaluated.
class DictReader {
public:
    DictReader(const std::string& text, const fs::path& path) : m_text(text), m_path(path) {}

    void read(std::string& descr, bool& fortran, std::vector<std::int64_t>& shape) {
        bool haveDescr = false, haveOrder = false, haveShape = false;
        expect('{');
        while (!accept('}')) {
            const std::string key = quoted();
            expect(':');
            if (key == "descr") descr = description(), haveDescr = true;
            else if (key == "fortran_order") fortran = boolean(), haveOrder = true;
            else if (key == "shape") shape = tuple(), haveShape = true;
            else bad(m_path, "the npy header has an unknown field \"" + key + "\"");
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        if (!haveDescr || !haveOrder || !haveShape) bad(m_path, "the npy header lacks descr, fortran_order or shape");
    }

private:
    void skip() {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\n' || m_text[m_at] == '\t')) ++m_at;
    }
    bool accept(char c) {
        skip();
        if (m_at >= m_text.size() || m_text[m_at] != c) return false;
        ++m_at;
        return true;
    }
    void expect(char c) {
        if (!accept(c))
            bad(m_path,
                "the npy header is damaged: '" + std::string(1, c) + "' is missing at byte " + std::to_string(m_at));
    }
    std::string quoted() {
        skip();
        const char quote = m_at < m_text.size() ? m_text[m_at] : '\0';
        if (quote != '\'' && quote != '"') bad(m_path, "the npy header is damaged: a quoted word is missing");
        const std::size_t end = m_text.find(quote, m_at + 1);
        if (end == std::string::npos) bad(m_path, "the npy header is damaged: a quote is not closed");
        const std::string word = m_text.substr(m_at + 1, end - m_at - 1);
        m_at = end + 1;
        return word;
    }
    std::string description() {
        skip();
        if (m_at < m_text.size() && m_text[m_at] == '[')
            throw Error(ErrorKind::Unsupported, "the array has named fields", m_path.string(),
                        "Save a plain array of numbers.");
        return quoted();
    }
    bool boolean() {
        skip();
        for (const auto& [word, value] : {std::pair{"True", true}, std::pair{"False", false}}) {
            if (m_text.compare(m_at, std::strlen(word), word) != 0) continue;
            m_at += std::strlen(word);
            return value;
        }
        bad(m_path, "the npy header is damaged: fortran_order is neither True nor False");
    }
    std::vector<std::int64_t> tuple() {
        std::vector<std::int64_t> values;
        expect('(');
        while (!accept(')')) {
            skip();
            std::int64_t value = 0;
            std::size_t digits = 0;
            for (; m_at < m_text.size() && m_text[m_at] >= '0' && m_text[m_at] <= '9' && digits < 18; ++m_at, ++digits)
                value = value * 10 + (m_text[m_at] - '0');
            if (digits == 0 || values.size() == 16)
                bad(m_path, "the npy header is damaged: the shape is not a list of sizes");
            values.push_back(value);
            if (!accept(',')) {
                expect(')');
                break;
            }
        }
        return values;
    }

    const std::string& m_text;
    const fs::path& m_path;
    std::size_t m_at = 0;
};

std::uint64_t elementsOf(const std::vector<std::int64_t>& shape, const fs::path& path) {
    std::int64_t elements = 1;
    for (std::int64_t extent : shape) {
        if (extent > 0 && elements > INT64_MAX / 16 / extent)
            bad(path, "the shape has more elements than any file can hold");
        elements *= extent;
    }
    return static_cast<std::uint64_t>(elements);
}

NpyHeader readHeader(std::ifstream& stream, const fs::path& path) {
    std::error_code code;
    if (!fs::exists(path, code)) throw Error(ErrorKind::NotFound, "there is no such file", path.string());
    if (!fs::is_regular_file(path, code)) bad(path, "this is not a file");
    const std::uint64_t fileBytes = fs::file_size(path, code);
    stream.open(path, std::ios::binary);
    if (!stream || code) throw Error(ErrorKind::Io, "the file cannot be read", path.string(), "May you read it?");
    unsigned char start[12] = {};
    stream.read(reinterpret_cast<char*>(start), 8);
    if (!stream || std::memcmp(start, "\x93NUMPY", 6) != 0) bad(path, "this is not an npy file");
    const int version = start[6];
    if (version < 1 || version > 3)
        throw Error(ErrorKind::Unsupported, "npy version " + std::to_string(version) + " is not known", path.string());
    const int lengthBytes = version == 1 ? 2 : 4;
    stream.read(reinterpret_cast<char*>(start) + 8, lengthBytes);
    std::uint64_t length = 0;
    for (int i = lengthBytes; i-- > 0;) length = length << 8 | start[8 + i];
    NpyHeader header;
    header.dataOffset = 8 + static_cast<std::uint64_t>(lengthBytes) + length;
    if (!stream || length > kMaxHeader || header.dataOffset > fileBytes)
        bad(path, "the npy header is longer than the file");
    std::string text(static_cast<std::size_t>(length), '\0');
    stream.read(text.data(), static_cast<std::streamsize>(length));
    if (!stream) bad(path, "the npy header is truncated");
    std::string descr;
    bool fortran = false;
    DictReader(text, path).read(descr, fortran, header.shape);
    if (descr.find('O') != std::string::npos)
        throw Error(ErrorKind::Unsupported, "the array holds Python objects; they are never read", path.string(),
                    "Save a plain array of numbers.");
    if (descr.size() < 2 || (descr[0] == '>' && descr.back() != '1') || sizeOf(descr.substr(descr.size() - 2)) == 0 ||
        descr.size() > 3)
        throw Error(ErrorKind::Unsupported, "arrays of type " + descr + " are not read", path.string(),
                    "Save it as float32, little endian.");
    if (fortran && header.shape.size() > 1)
        throw Error(ErrorKind::Unsupported, "the array lies in Fortran order", path.string(),
                    "Save numpy.ascontiguousarray(x).");
    header.dtype = descr.substr(descr.size() - 2);
    const std::uint64_t needed = elementsOf(header.shape, path) * static_cast<std::uint64_t>(sizeOf(header.dtype));
    if (needed > fileBytes - header.dataOffset)
        bad(path,
            "the array needs " + std::to_string(needed) + " bytes, but " +
                std::to_string(fileBytes - header.dataOffset) + " are there",
            "The file is truncated.");
    return header;
}

template <class T, class Out, class Convert>
void convert(const std::vector<char>& raw, std::vector<Out>& out, Convert make) {
    for (std::size_t i = 0; i < out.size(); ++i) {
        T value;
        std::memcpy(&value, raw.data() + i * sizeof(T), sizeof(T));
        out[i] = make(value);
    }
}

template <class Out>
std::vector<Out> readValues(const fs::path& path, NpyHeader& header) {
    std::ifstream stream;
    header = readHeader(stream, path);
    std::vector<Out> out(static_cast<std::size_t>(elementsOf(header.shape, path)));
    std::vector<char> raw(out.size() * static_cast<std::size_t>(sizeOf(header.dtype)));
    stream.read(raw.data(), static_cast<std::streamsize>(raw.size()));
    if (!stream) throw Error(ErrorKind::Io, "reading failed", path.string());
    const auto plain = [](auto v) { return static_cast<Out>(v); };
    const std::string& d = header.dtype;
    if (d == "f2") convert<std::uint16_t>(raw, out, [](std::uint16_t v) { return static_cast<Out>(halfToFloat(v)); });
    else if (d == "f4") convert<float>(raw, out, plain);
    else if (d == "f8") convert<double>(raw, out, plain);
    else if (d == "i1") convert<std::int8_t>(raw, out, plain);
    else if (d == "i2") convert<std::int16_t>(raw, out, plain);
    else if (d == "i4") convert<std::int32_t>(raw, out, plain);
    else if (d == "i8") convert<std::int64_t>(raw, out, plain);
    else if (d == "u2") convert<std::uint16_t>(raw, out, plain);
    else if (d == "u4") convert<std::uint32_t>(raw, out, plain);
    else if (d == "u8") convert<std::uint64_t>(raw, out, plain);
    else convert<std::uint8_t>(raw, out, plain); // u1, b1
    return out;
}

void write(const fs::path& path, const char* descr, const std::vector<std::int64_t>& shape,
           std::span<const std::byte> bytes, std::size_t elementSize) {
    std::string tuple;
    std::uint64_t elements = 1;
    for (std::int64_t extent : shape) {
        tuple += std::to_string(extent) + ", ";
        elements *= static_cast<std::uint64_t>(std::max<std::int64_t>(extent, 0));
    }
    if (elements * elementSize != bytes.size())
        throw Error(ErrorKind::Internal, "the values do not fill the shape of the array to write", path.string());
    if (shape.size() > 1) tuple.resize(tuple.size() - 2);
    else if (shape.size() == 1) tuple.resize(tuple.size() - 1);
    std::string text = std::string("{'descr': '") + descr + "', 'fortran_order': False, 'shape': (" + tuple + "), }";
    text.append((64 - (10 + text.size() + 1) % 64) % 64, ' ');
    text += '\n';
    const std::string start = std::string("\x93NUMPY\x01", 7) + '\0' + static_cast<char>(text.size() & 255) +
                              static_cast<char>(text.size() >> 8);
    AtomicFile file(path);
    file.write(start);
    file.write(text);
    file.write(bytes);
    file.commit();
}

} // namespace

NpyHeader readNpyHeader(const fs::path& path) {
    std::ifstream stream;
    return readHeader(stream, path);
}

NpyArray readNpy(const fs::path& path) {
    NpyHeader header;
    NpyArray array;
    array.values = readValues<double>(path, header);
    array.shape = header.shape;
    array.dtype = header.dtype;
    return array;
}

std::vector<float> readNpyF32(const fs::path& path, std::vector<std::int64_t>* shape) {
    NpyHeader header;
    std::vector<float> values = readValues<float>(path, header);
    if (shape) *shape = header.shape;
    return values;
}

std::vector<std::uint8_t> readNpySquare01(const fs::path& path, int* side) {
    NpyHeader header = readNpyHeader(path);
    if (header.shape.size() != 2 || header.shape[0] != header.shape[1] || header.shape[0] > 1 << 20)
        bad(path, "a square matrix is expected");
    std::vector<std::uint8_t> marks;
    if (sizeOf(header.dtype) == 1) { // the full REACT matrix has 74 million entries: no detour through wider numbers
        marks = readValues<std::uint8_t>(path, header);
    } else {
        const std::vector<float> values = readValues<float>(path, header);
        marks.resize(values.size());
        for (std::size_t i = 0; i < values.size(); ++i) marks[i] = values[i] == 0 ? 0 : values[i] == 1 ? 1 : 2;
    }
    const auto n = static_cast<std::size_t>(header.shape[0]);
    const auto odd = std::find_if(marks.begin(), marks.end(), [](std::uint8_t m) { return m > 1; });
    if (odd != marks.end()) {
        const auto at = static_cast<std::size_t>(odd - marks.begin());
        bad(path, "the matrix holds a number that is neither 0 nor 1 in row " + std::to_string(at / n) + ", column " +
                      std::to_string(at % n));
    }
    if (side) *side = static_cast<int>(n);
    return marks;
}

void writeNpy(const fs::path& path, const std::vector<std::int64_t>& shape, std::span<const float> values) {
    write(path, "<f4", shape, std::as_bytes(values), sizeof(float));
}
void writeNpy(const fs::path& path, const std::vector<std::int64_t>& shape, std::span<const std::uint8_t> values) {
    write(path, "|u1", shape, std::as_bytes(values), 1);
}

} // namespace emc
