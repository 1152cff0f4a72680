#include "core/data/safetensors.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "core/api/error.h"
#include "core/data/half.h"
#include "core/data/option_io.h"

namespace emc {
namespace fs = std::filesystem;
static_assert(std::endian::native == std::endian::little, "tensors are read as they lie in memory");

namespace {

constexpr std::uint64_t kMaxHeader = 100'000'000; // the format's own limit
constexpr std::size_t kMaxRank = 16;

[[noreturn]] void bad(const fs::path& path, const std::string& tensor, const std::string& problem,
                      const std::string& hint = {}) {
    throw Error(ErrorKind::BadInput, problem, tensor.empty() ? path.string() : path.string() + ", tensor " + tensor,
                hint);
}

std::string shapeText(const std::vector<std::int64_t>& shape) {
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i)
        text += (i ? "," : "") + (shape[i] < 0 ? "*" : std::to_string(shape[i]));
    return text + "]";
}

// Unsigned and within int64: JSON numbers with a fraction, a sign or an exponent are refused.
std::int64_t wholeNumber(const nlohmann::json& value, const fs::path& path, const std::string& name, const char* what) {
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
        bad(path, name, std::string(what) + " holds something that is not a whole number >= 0");
    return static_cast<std::int64_t>(value.get<std::uint64_t>());
}

// nlohmann keeps the last of equal keys in silence; here a repeated name is a fault. Also limits the nesting.
nlohmann::json parseHeader(const std::string& text, const fs::path& path) {
    std::vector<std::set<std::string>> seen;
    std::string repeated;
    bool deep = false;
    const auto watch = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& value) {
        using Event = nlohmann::json::parse_event_t;
        if (event == Event::object_start) seen.emplace_back();
        if (event == Event::object_end && !seen.empty()) seen.pop_back();
        if (event == Event::key && !seen.empty() && !seen.back().insert(value.get<std::string>()).second &&
            repeated.empty())
            repeated = value.get<std::string>();
        if (depth > 8) deep = true;
        return depth <= 8;
    };
    nlohmann::json header;
    try {
        header = nlohmann::json::parse(text, watch);
    } catch (const nlohmann::json::exception& error) {
        bad(path, {}, "the header is not JSON: " + std::string(error.what()), "Is this a safetensors file?");
    }
    if (!repeated.empty()) bad(path, repeated, "the name stands twice in the header");
    if (deep || !header.is_object())
        bad(path, {}, "the header is not a JSON object of tensors", "Is this a safetensors file?");
    return header;
}

TensorInfo parseTensor(const nlohmann::json& value, const std::string& name, const fs::path& path,
                       std::uint64_t dataBytes) {
    if (!value.is_object()) bad(path, name, "its entry in the header is not an object");
    for (const char* key : {"dtype", "shape", "data_offsets"})
        if (!value.contains(key)) bad(path, name, std::string("its entry in the header has no \"") + key + "\"");
    TensorInfo info;
    if (!value["dtype"].is_string() || dtypeSize(value["dtype"].get<std::string>()) == 0)
        bad(path, name,
            "the data type " + value["dtype"].dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) +
                " is not known");
    info.dtype = value["dtype"].get<std::string>();
    const std::uint64_t size = static_cast<std::uint64_t>(dtypeSize(info.dtype));
    if (!value["shape"].is_array() || value["shape"].size() > kMaxRank)
        bad(path, name, "its shape is not a list of at most 16 sizes");
    info.elements = 1;
    for (const nlohmann::json& extent : value["shape"]) {
        const std::int64_t n = wholeNumber(extent, path, name, "its shape");
        if (n > 0 && info.elements > INT64_MAX / 16 / n)
            bad(path, name, "its shape has more elements than any file can hold");
        info.elements *= n;
        info.shape.push_back(n);
    }
    const nlohmann::json& offsets = value["data_offsets"];
    if (!offsets.is_array() || offsets.size() != 2) bad(path, name, "its data_offsets are not a pair");
    info.byteBegin = static_cast<std::uint64_t>(wholeNumber(offsets[0], path, name, "data_offsets"));
    info.byteEnd = static_cast<std::uint64_t>(wholeNumber(offsets[1], path, name, "data_offsets"));
    if (info.byteBegin > info.byteEnd) bad(path, name, "its data ends before it begins");
    if (info.byteEnd > dataBytes)
        bad(path, name, "its data ends at byte " + std::to_string(info.byteEnd) + " of " + std::to_string(dataBytes),
            "The file is truncated or damaged.");
    if (info.byteEnd - info.byteBegin != static_cast<std::uint64_t>(info.elements) * size)
        bad(path, name,
            "shape " + shapeText(info.shape) + " of " + info.dtype + " needs " +
                std::to_string(static_cast<std::uint64_t>(info.elements) * size) + " bytes, but data_offsets span " +
                std::to_string(info.byteEnd - info.byteBegin));
    return info;
}

template <class T, class Out, class Convert>
void convertInto(const std::vector<std::byte>& bytes, std::vector<Out>& out, Convert convert) {
    for (std::size_t i = 0; i < out.size(); ++i) {
        T value;
        std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
        out[i] = convert(value);
    }
}

// False when the type does not belong to the family.
template <class Out>
bool convertFloating(const std::string& dtype, const std::vector<std::byte>& bytes, std::vector<Out>& out) {
    const auto plain = [](auto value) { return static_cast<Out>(value); };
    if (dtype == "F32") convertInto<float>(bytes, out, plain);
    else if (dtype == "F64") convertInto<double>(bytes, out, plain);
    else if (dtype == "F16")
        convertInto<std::uint16_t>(bytes, out, [](std::uint16_t v) { return static_cast<Out>(halfToFloat(v)); });
    else if (dtype == "BF16")
        convertInto<std::uint16_t>(bytes, out, [](std::uint16_t v) { return static_cast<Out>(bfloat16ToFloat(v)); });
    else return false;
    return true;
}

template <class Out>
bool convertWhole(const std::string& dtype, const std::vector<std::byte>& bytes, std::vector<Out>& out) {
    const auto plain = [](auto value) { return static_cast<Out>(value); };
    if (dtype == "I64") convertInto<std::int64_t>(bytes, out, plain);
    else if (dtype == "U64") convertInto<std::uint64_t>(bytes, out, plain);
    else if (dtype == "I32") convertInto<std::int32_t>(bytes, out, plain);
    else if (dtype == "U32") convertInto<std::uint32_t>(bytes, out, plain);
    else if (dtype == "I16") convertInto<std::int16_t>(bytes, out, plain);
    else if (dtype == "U16") convertInto<std::uint16_t>(bytes, out, plain);
    else if (dtype == "I8") convertInto<std::int8_t>(bytes, out, plain);
    else if (dtype == "U8" || dtype == "BOOL") convertInto<std::uint8_t>(bytes, out, plain);
    else return false;
    return true;
}

} // namespace

int dtypeSize(const std::string& dtype) {
    if (dtype == "F64" || dtype == "I64" || dtype == "U64") return 8;
    if (dtype == "F32" || dtype == "I32" || dtype == "U32") return 4;
    if (dtype == "F16" || dtype == "BF16" || dtype == "I16" || dtype == "U16") return 2;
    if (dtype == "I8" || dtype == "U8" || dtype == "BOOL") return 1;
    return 0;
}

SafetensorsFile SafetensorsFile::open(const fs::path& path) {
    std::error_code code;
    if (!fs::exists(path, code)) throw Error(ErrorKind::NotFound, "there is no such file", path.string());
    if (!fs::is_regular_file(path, code)) bad(path, {}, "this is not a file");
    const std::uint64_t fileBytes = fs::file_size(path, code);
    std::ifstream stream(path, std::ios::binary);
    if (!stream || code) throw Error(ErrorKind::Io, "the file cannot be read", path.string(), "May you read it?");
    if (fileBytes < 8) bad(path, {}, "the file is shorter than the 8 bytes that every safetensors file begins with");
    std::uint64_t length = 0;
    stream.read(reinterpret_cast<char*>(&length), 8);
    if (length > kMaxHeader || length > fileBytes - 8)
        bad(path, {},
            "the header claims " + std::to_string(length) + " bytes, but the file has " + std::to_string(fileBytes),
            "The file is truncated, or not a safetensors file.");
    std::string text(static_cast<std::size_t>(length), '\0');
    stream.read(text.data(), static_cast<std::streamsize>(length));
    if (!stream) throw Error(ErrorKind::Io, "reading failed", path.string());

    SafetensorsFile file;
    file.m_path = path;
    file.m_dataBegin = 8 + length;
    const std::uint64_t dataBytes = fileBytes - 8 - length;
    const nlohmann::json header = parseHeader(text, path);
    for (const auto& [name, value] : header.items()) {
        if (name == "__metadata__") {
            if (!value.is_object()) bad(path, {}, "__metadata__ is not an object");
            for (const auto& [key, entry] : value.items()) {
                if (!entry.is_string()) bad(path, {}, "the metadata \"" + key + "\" is not a text");
                file.m_metadata[key] = entry.get<std::string>();
            }
            continue;
        }
        file.m_tensors[name] = parseTensor(value, name, path, dataBytes);
    }
    // The data part must be covered without overlap and without holes: hidden bytes are either damage or a second
    // meaning.
    std::uint64_t position = 0;
    for (const std::string& name : file.names()) {
        const TensorInfo& info = file.m_tensors[name];
        if (info.byteBegin < position) bad(path, name, "its data overlaps that of another tensor");
        if (info.byteBegin > position)
            bad(path, name,
                "there is a hole of " + std::to_string(info.byteBegin - position) + " bytes before its data");
        position = info.byteEnd;
    }
    if (position != dataBytes)
        bad(path, {}, std::to_string(dataBytes - position) + " bytes at the end of the file belong to no tensor");
    return file;
}

std::vector<std::string> SafetensorsFile::names() const {
    std::vector<std::string> names;
    for (const auto& [name, info] : m_tensors) names.push_back(name);
    std::stable_sort(names.begin(), names.end(), [&](const std::string& a, const std::string& b) {
        const TensorInfo &x = m_tensors.at(a), &y = m_tensors.at(b);
        return std::pair(x.byteBegin, x.byteEnd) < std::pair(y.byteBegin, y.byteEnd);
    });
    return names;
}

const TensorInfo& SafetensorsFile::info(const std::string& name) const {
    const auto found = m_tensors.find(name);
    if (found != m_tensors.end()) return found->second;
    std::vector<std::string> known;
    for (const auto& [other, info] : m_tensors) known.push_back(other);
    const std::string near = nearestName(name, known);
    bad(m_path, name, "the file has no such tensor", near.empty() ? "" : "Did you mean \"" + near + "\"?");
}

void SafetensorsFile::readBytes(const std::string& name, std::uint64_t offset, std::span<std::byte> out) const {
    const TensorInfo& tensor = info(name);
    const std::uint64_t size = tensor.byteEnd - tensor.byteBegin;
    if (offset > size || out.size() > size - offset)
        throw Error(ErrorKind::Internal, "a part outside the tensor was asked for",
                    m_path.string() + ", tensor " + name);
    std::ifstream stream(m_path, std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(m_dataBegin + tensor.byteBegin + offset));
    stream.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(out.size()));
    if (!stream)
        throw Error(ErrorKind::Io, "reading failed", m_path.string() + ", tensor " + name,
                    "Was the file changed meanwhile?");
}

std::vector<std::byte> SafetensorsFile::readBytes(const std::string& name) const {
    const TensorInfo& tensor = info(name);
    std::vector<std::byte> bytes(static_cast<std::size_t>(tensor.byteEnd - tensor.byteBegin));
    readBytes(name, 0, bytes);
    return bytes;
}

std::vector<float> SafetensorsFile::readF32(const std::string& name) const {
    std::vector<float> values(static_cast<std::size_t>(info(name).elements));
    if (info(name).dtype == "F32") readBytes(name, 0, std::as_writable_bytes(std::span(values)));
    else if (!convertFloating(info(name).dtype, readBytes(name), values))
        bad(m_path, name, "floating-point numbers are expected, but the type is " + info(name).dtype);
    return values;
}

std::vector<float> SafetensorsFile::readF32(const std::string& name, const std::vector<std::int64_t>& shape) const {
    const std::vector<std::int64_t>& real = info(name).shape;
    bool fits = real.size() == shape.size();
    for (std::size_t i = 0; fits && i < shape.size(); ++i) fits = shape[i] == -1 || shape[i] == real[i];
    if (!fits) bad(m_path, name, "the shape is " + shapeText(real) + ", but " + shapeText(shape) + " is expected");
    return readF32(name);
}

std::vector<double> SafetensorsFile::readF64(const std::string& name) const {
    std::vector<double> values(static_cast<std::size_t>(info(name).elements));
    const std::vector<std::byte> bytes = readBytes(name);
    if (!convertFloating(info(name).dtype, bytes, values)) convertWhole(info(name).dtype, bytes, values);
    return values;
}

std::vector<std::int64_t> SafetensorsFile::readI64(const std::string& name) const {
    std::vector<std::int64_t> values(static_cast<std::size_t>(info(name).elements));
    if (!convertWhole(info(name).dtype, readBytes(name), values))
        bad(m_path, name, "whole numbers are expected, but the type is " + info(name).dtype);
    return values;
}

TensorEntry SafetensorsFile::entry(const std::string& name) const {
    return {info(name).dtype, info(name).shape, readBytes(name)};
}

std::string SafetensorsFile::meta(const std::string& key, const std::string& fallback) const {
    const auto found = m_metadata.find(key);
    return found == m_metadata.end() ? fallback : found->second;
}

} // namespace emc
