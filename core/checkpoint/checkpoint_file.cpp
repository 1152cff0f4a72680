#include "core/checkpoint/checkpoint_file.h"

#include <algorithm>

#include "core/checkpoint/checkpoint_builder.h"
#include "core/checkpoint/mapped_file.h"
#include "core/checkpoint/torch_container.h"
#include "core/checkpoint/zip_archive.h"
#include "core/data/half.h"
#include "core/data/parted_tensors.h"

namespace emc {

namespace {
// A JSON header takes many times its size once it is understood.
constexpr std::uint64_t kMaxSafetensorsHeader = 4u << 20;
constexpr std::size_t kPiece = 1u << 20;

// The length that the header claims.
std::uint64_t headerLength(ByteView bytes) {
    std::uint64_t length = 0;
    if (bytes.size() >= 8) std::memcpy(&length, bytes.data(), 8);
    return length;
}

bool looksLikeSafetensors(ByteView bytes, const std::filesystem::path& path) {
    if (ZipArchive::looksLikeZip(bytes) || looksLikeTorchStream(bytes)) return false;
    return path.extension() == ".safetensors" || (bytes.size() > 8 && bytes[8] == std::byte{'{'});
}

bool looksLikeTar(ByteView bytes) {
    return bytes.size() > 512 && textOf(bytes).substr(257, 5) == "ustar";
}

// Adds the file's tensors, their names after `prefix`. -> the file's metadata.
std::map<std::string, std::string> readSafetensors(CheckpointFile& out, ByteView bytes,
                                                   const std::filesystem::path& path, const std::string& prefix) {
    const std::uint64_t header = headerLength(bytes);
    if (header > kMaxSafetensorsHeader && header < bytes.size())
        throw Error(ErrorKind::BadInput, "the header is larger than 4 MiB", path.string());
    const SafetensorsFile file = SafetensorsFile::open(path); // all other faults
    if (header > bytes.size() - 8) throw Error(ErrorKind::Io, "the file changed while it was read", path.string());
    const ByteView data = bytes.subspan(8 + header);
    for (const std::string& name : file.names()) {
        const TensorInfo& info = file.info(name);
        if (info.byteEnd > data.size()) throw Error(ErrorKind::Io, "the file changed while it was read", path.string());
        CheckpointTensor tensor;
        tensor.name = prefix + name;
        tensor.dtype = info.dtype;
        tensor.shape = info.shape;
        tensor.device = "cpu";
        std::int64_t step = 1;
        tensor.stride.assign(info.shape.size(), 1);
        for (std::size_t i = info.shape.size(); i-- > 0; step *= std::max<std::int64_t>(1, info.shape[i]))
            tensor.stride[i] = step;
        tensor.storage = data.subspan(info.byteBegin, info.byteEnd - info.byteBegin);
        CheckpointBuilder::addTensor(out, std::move(tensor));
    }
    return file.metadata();
}

// Copies elements of `size` bytes in row-major order, piece by piece.
class Gatherer {
public:
    Gatherer(const CheckpointTensor& tensor, std::size_t size, const CheckpointFile::Sink& sink)
        : m_tensor(tensor), m_size(size), m_sink(sink) {}
    void run() {
        const std::size_t rank = m_tensor.shape.size();
        std::vector<std::int64_t> index(rank, 0);
        std::int64_t at = 0; // element in the storage
        for (std::int64_t left = m_tensor.elements(); left > 0; --left) {
            const auto* from = m_tensor.storage.data() + static_cast<std::size_t>(at) * m_size;
            m_piece.insert(m_piece.end(), from, from + m_size);
            if (m_piece.size() >= kPiece) flush();
            for (std::size_t axis = rank; axis-- > 0;) {
                at += m_tensor.stride[axis];
                if (++index[axis] < m_tensor.shape[axis]) break;
                at -= m_tensor.stride[axis] * m_tensor.shape[axis];
                index[axis] = 0;
            }
        }
        flush();
    }

private:
    void flush() {
        if (!m_piece.empty()) m_sink(m_piece);
        m_piece.clear();
    }
    const CheckpointTensor& m_tensor;
    std::size_t m_size;
    const CheckpointFile::Sink& m_sink;
    std::vector<std::byte> m_piece;
};

template <class T, class Convert>
void convert(ByteView bytes, std::vector<float>& out, Convert to) {
    out.resize(bytes.size() / sizeof(T));
    for (std::size_t i = 0; i < out.size(); ++i) {
        T value;
        std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
        out[i] = to(value);
    }
}

void toFloats(const std::string& dtype, ByteView bytes, std::vector<float>& out) {
    const auto plain = [](auto value) { return static_cast<float>(value); };
    if (dtype == "F32") convert<float>(bytes, out, plain);
    else if (dtype == "F64") convert<double>(bytes, out, plain);
    else if (dtype == "F16") convert<std::uint16_t>(bytes, out, halfToFloat);
    else if (dtype == "BF16") convert<std::uint16_t>(bytes, out, bfloat16ToFloat);
    else if (dtype == "I64") convert<std::int64_t>(bytes, out, plain);
    else if (dtype == "U64") convert<std::uint64_t>(bytes, out, plain);
    else if (dtype == "I32") convert<std::int32_t>(bytes, out, plain);
    else if (dtype == "U32") convert<std::uint32_t>(bytes, out, plain);
    else if (dtype == "I16") convert<std::int16_t>(bytes, out, plain);
    else if (dtype == "U16") convert<std::uint16_t>(bytes, out, plain);
    else if (dtype == "I8") convert<std::int8_t>(bytes, out, plain);
    else convert<std::uint8_t>(bytes, out, plain);
}
} // namespace

std::int64_t CheckpointTensor::elements() const {
    std::int64_t count = 1;
    for (std::int64_t extent : shape)
        if (extent == 0) return 0;
    for (std::int64_t extent : shape)
        if (__builtin_mul_overflow(count, extent, &count)) return INT64_MAX / 16;
    return std::min(count, INT64_MAX / 16);
}

std::uint64_t CheckpointTensor::bytes() const {
    return static_cast<std::uint64_t>(elements()) * static_cast<std::uint64_t>(dtypeSize(dtype));
}

bool CheckpointTensor::contiguous() const {
    std::int64_t step = 1;
    for (std::size_t i = shape.size(); i-- > 0; step *= shape[i]) {
        if (shape[i] == 0) return true;
        if (shape[i] != 1 && stride[i] != step) return false;
    }
    return true;
}

CheckpointFile CheckpointFile::parse(ByteView bytes, const std::string& where) {
    CheckpointFile file;
    if (ZipArchive::looksLikeZip(bytes)) readTorchZip(file, bytes, where);
    else if (looksLikeTorchStream(bytes)) readTorchStream(file, bytes, where);
    else if (looksLikeTar(bytes))
        throw Error(ErrorKind::Unsupported, "the tar format of torch before 0.1.10 is not read", where,
                    "Load it with a later torch and save it again");
    else
        throw Error(ErrorKind::BadInput, "this is no checkpoint of a known format", where,
                    "Known are files of torch.save, Lightning and safetensors");
    return file;
}

CheckpointFile CheckpointFile::open(const std::filesystem::path& path) {
    const auto mapping = MappedFile::open(path);
    CheckpointFile file;
    if (!looksLikeSafetensors(mapping->bytes(), path)) {
        file = parse(mapping->bytes(), path.string());
        file.m_files = {mapping};
        return file;
    }
    file.m_files = {mapping};
    file.m_format = "safetensors";
    file.m_where = path.string();
    file.m_facts = readSafetensors(file, mapping->bytes(), path, {});
    // Parts beside it are tensors of its own for everybody who reads it, and what is stored of it is one file again.
    for (const CheckpointPart& part : partsOf(file.m_facts, path)) {
        const std::filesystem::path beside = path.parent_path() / part.file;
        file.m_files.push_back(MappedFile::open(beside));
        readSafetensors(file, file.m_files.back()->bytes(), beside, part.prefix);
    }
    file.m_facts.erase(kPartsKey);
    return file;
}

const CheckpointTensor* CheckpointFile::find(const std::string& name) const {
    const auto found = std::find_if(m_tensors.begin(), m_tensors.end(),
                                    [&](const CheckpointTensor& tensor) { return tensor.name == name; });
    return found == m_tensors.end() ? nullptr : &*found;
}

void CheckpointFile::stream(const CheckpointTensor& tensor, const Sink& sink) const {
    for (const auto& file : m_files) file->checkUnchanged();
    const auto size = static_cast<std::size_t>(dtypeSize(tensor.dtype));
    std::vector<std::byte> truths;
    const Sink normalised = [&](ByteView piece) { // any byte but 0 is true in torch; other readers expect 1
        truths.assign(piece.begin(), piece.end());
        for (std::byte& value : truths) value = value == std::byte{0} ? std::byte{0} : std::byte{1};
        sink(truths);
    };
    const Sink& out = tensor.dtype == "BOOL" ? normalised : sink;
    if (!tensor.contiguous()) {
        Gatherer(tensor, size, out).run();
        return;
    }
    const ByteView all = tensor.storage.first(static_cast<std::size_t>(tensor.bytes()));
    for (std::size_t begin = 0; begin < all.size(); begin += kPiece)
        out(all.subspan(begin, std::min(kPiece, all.size() - begin)));
}

std::vector<std::byte> CheckpointFile::read(const CheckpointTensor& tensor) const {
    std::vector<std::byte> values;
    values.reserve(static_cast<std::size_t>(tensor.bytes()));
    stream(tensor, [&](ByteView piece) { values.insert(values.end(), piece.begin(), piece.end()); });
    return values;
}

void CheckpointFile::streamF32(const CheckpointTensor& tensor,
                               const std::function<void(std::span<const float>)>& sink) const {
    std::vector<float> values;
    stream(tensor, [&](ByteView piece) {
        toFloats(tensor.dtype, piece, values);
        sink(values);
    });
}

std::vector<float> CheckpointFile::readF32(const CheckpointTensor& tensor) const {
    std::vector<float> values;
    values.reserve(static_cast<std::size_t>(tensor.elements()));
    streamF32(tensor, [&](std::span<const float> piece) { values.insert(values.end(), piece.begin(), piece.end()); });
    return values;
}

} // namespace emc
