#include "core/checkpoint/torch_writer.h"

#include <array>

namespace emc {

namespace {
constexpr const char* kFolder = "archive/";
constexpr std::uint64_t kAlignment = 64, kLargest = 0xFFFF0000; // without Zip64

constexpr std::array<std::uint32_t, 256> kCrcTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit) value = value & 1 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
        table[i] = value;
    }
    return table;
}();

template <class T>
std::string raw(T value) {
    return {reinterpret_cast<const char*>(&value), sizeof value};
}
std::string u16(std::uint64_t value) {
    return raw(static_cast<std::uint16_t>(value));
}
std::string u32(std::uint64_t value) {
    return raw(static_cast<std::uint32_t>(value));
}

std::string storageType(const std::string& dtype) {
    constexpr std::pair<const char*, const char*> kNames[] = {
        {"F32", "FloatStorage"}, {"F64", "DoubleStorage"}, {"F16", "HalfStorage"},  {"BF16", "BFloat16Storage"},
        {"I64", "LongStorage"},  {"I32", "IntStorage"},    {"I16", "ShortStorage"}, {"I8", "CharStorage"},
        {"U8", "ByteStorage"},   {"BOOL", "BoolStorage"}};
    for (const auto& [ours, theirs] : kNames)
        if (dtype == ours) return theirs;
    return {};
}

std::string text(const std::string& value) {
    return "X" + u32(value.size()) + value;
}
std::string number(std::int64_t value) { // LONG1
    return std::string("\x8a\x08", 2) + raw(value);
}
std::string tuple(const std::vector<std::int64_t>& values) {
    std::string out = "(";
    for (std::int64_t value : values) out += number(value);
    return out + "t";
}
} // namespace

void TorchWriter::write(const std::string& bytes) {
    m_file.write(bytes);
    m_position += bytes.size();
}

void TorchWriter::entry(const std::string& name, const std::function<void(const CheckpointFile::Sink&)>& produce) {
    if (m_position > kLargest) throw Error(ErrorKind::Unsupported, "a .pth file above 4 GiB is not written", name);
    Entry made{kFolder + name, 0, 0, static_cast<std::uint32_t>(m_position)};
    // Sizes and checksum follow the data (flag 3), as torch writes them; the extra field pads the data to 64 bytes.
    const std::uint64_t header = m_position + 30 + made.name.size() + 4;
    const std::uint64_t padding = (kAlignment - header % kAlignment) % kAlignment;
    write("PK\x03\x04" + u16(20) + u16(0x0808) + u16(0) + u32(0) + u32(0) + u32(0) + u32(0) + u16(made.name.size()) +
          u16(4 + padding) + made.name + "FB" + u16(padding) + std::string(padding, 'Z'));
    std::uint32_t crc = 0xFFFFFFFF;
    std::uint64_t size = 0;
    produce([&](ByteView bytes) {
        for (std::byte value : bytes) crc = kCrcTable[(crc ^ static_cast<std::uint32_t>(value)) & 0xFF] ^ (crc >> 8);
        size += bytes.size();
        m_position += bytes.size();
        if (m_position > kLargest) throw Error(ErrorKind::Unsupported, "a .pth file above 4 GiB is not written", name);
        m_file.write(bytes);
    });
    made.crc = ~crc;
    made.size = static_cast<std::uint32_t>(size);
    write("PK\x07\x08" + u32(made.crc) + u32(size) + u32(size));
    m_entries.push_back(made);
}

void TorchWriter::add(const std::string& name, const std::string& dtype, const std::vector<std::int64_t>& shape,
                      const std::function<void(const CheckpointFile::Sink&)>& produce) {
    const std::string storage = storageType(dtype);
    if (storage.empty()) throw Error(ErrorKind::Unsupported, "torch has no storage of type " + dtype, name);
    entry("data/" + std::to_string(m_tensors.size()), produce);
    m_tensors.push_back({name, storage, shape});
}

std::string TorchWriter::describe() const {
    std::string out = "\x80\x02}" + text("state_dict") + "ccollections\nOrderedDict\n)R(";
    for (std::size_t i = 0; i < m_tensors.size(); ++i) {
        const Tensor& tensor = m_tensors[i];
        std::vector<std::int64_t> stride(tensor.shape.size(), 1);
        std::int64_t elements = 1;
        for (std::size_t axis = tensor.shape.size(); axis-- > 0; elements *= tensor.shape[axis])
            stride[axis] = elements;
        out += text(tensor.name) + "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\n" +
               tensor.storage + "\n" + text(std::to_string(i)) + text("cpu") + number(elements) + "tQ" + number(0) +
               tuple(tensor.shape) + tuple(stride) + "\x89" + "ccollections\nOrderedDict\n)RtR";
    }
    return out + "us.";
}

void TorchWriter::finish() {
    const auto put = [this](const std::string& name, const std::string& bytes) {
        entry(name, [&](const CheckpointFile::Sink& sink) { sink(std::as_bytes(std::span(bytes))); });
    };
    put("data.pkl", describe());
    put("byteorder", "little");
    put("version", "3\n");
    const std::uint64_t directory = m_position;
    for (const Entry& item : m_entries)
        write("PK\x01\x02" + u16(20) + u16(20) + u16(0x0808) + u16(0) + u32(0) + u32(item.crc) + u32(item.size) +
              u32(item.size) + u16(item.name.size()) + u16(0) + u16(0) + u16(0) + u16(0) + u32(0) + u32(item.offset) +
              item.name);
    const std::uint64_t size = m_position - directory;
    if (m_entries.size() > 0xFFFE || m_position > kLargest)
        throw Error(ErrorKind::Unsupported, "a .pth file of this size is not written", {}, "Write safetensors instead");
    write("PK\x05\x06" + u16(0) + u16(0) + u16(m_entries.size()) + u16(m_entries.size()) + u32(size) + u32(directory) +
          u16(0));
    m_file.commit();
}

} // namespace emc
