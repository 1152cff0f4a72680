#include "core/eval/metric_arrays.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <functional>

#include "core/api/error.h"
#include "core/checkpoint/checkpoint_file.h"
#include "core/data/npy.h"
#include "core/data/npz.h"
#include "core/data/option_io.h"
#include "core/data/safetensors.h"

namespace emc {
namespace fs = std::filesystem;

namespace {

std::string shapeText(const std::vector<std::int64_t>& shape) {
    std::string text = "(";
    for (std::size_t i = 0; i < shape.size(); ++i) text += (i ? "," : "") + std::to_string(shape[i]);
    return text + ")";
}

struct Address {
    fs::path file;
    std::string key;
    std::string kind; // "npy", "npz", "safetensors", "pt"
};

Address parse(const std::string& text) {
    for (const char* kind : {"npy", "npz", "safetensors", "pt", "pth"}) {
        const std::string ending = std::string(".") + kind;
        const std::string read = ending == ".pth" ? "pt" : kind;
        if (text.ends_with(ending)) return {text, {}, read};
        const std::size_t at = text.rfind(ending + ":");
        if (at != std::string::npos && ending != ".npy")
            return {text.substr(0, at + ending.size()), text.substr(at + ending.size() + 1), read};
    }
    throw Error(ErrorKind::Usage, "the file's ending is not known", text,
                "Name FILE.npy, FILE.npz:KEY, FILE.safetensors:KEY or FILE.pt:KEY");
}

std::string choose(const Address& address, const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    if (names.empty()) throw Error(ErrorKind::BadInput, "the file holds no array", address.file.string());
    if (address.key.empty() && names.size() == 1) return names[0];
    if (address.key.empty())
        throw Error(ErrorKind::Usage, "the file holds several arrays", address.file.string(),
                    "Name one of them after a colon: " + list);
    if (std::find(names.begin(), names.end(), address.key) != names.end()) return address.key;
    throw Error(ErrorKind::BadInput, "the file has no array \"" + address.key + "\"", address.file.string(),
                "Arrays: " + list);
}

// A file of one's own that is gone when the object is.
class Scratch {
public:
    Scratch() {
        std::string pattern = (fs::temp_directory_path() / "emc-npz-XXXXXX").string();
        if (!mkdtemp(pattern.data()))
            throw Error(ErrorKind::Io, "no temporary folder could be made", fs::temp_directory_path().string());
        m_folder = pattern;
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    fs::path file() const { return m_folder / "array.npy"; }

private:
    fs::path m_folder;
};

void unpack(const Address& address, const Scratch& scratch) {
    const std::vector<NpzMember> members = readNpzDirectory(address.file);
    std::vector<std::string> names;
    for (const NpzMember& member : members) names.push_back(member.name);
    const std::string name = choose(address, names);
    for (const NpzMember& member : members)
        if (member.name == name) return unpackNpzMember(address.file, member, scratch.file());
}

const CheckpointTensor& chooseTensor(const Address& address, const CheckpointFile& file) {
    std::vector<std::string> names;
    for (const CheckpointTensor& tensor : file.tensors()) names.push_back(tensor.name);
    return *file.find(choose(address, names));
}

std::vector<std::uint8_t> marksOf(const std::vector<std::int64_t>& shape, const std::string& text, int* side,
                                  const std::function<std::vector<double>()>& read) {
    if (shape.size() != 2 || shape[0] != shape[1] || shape[0] > 1 << 20)
        throw Error(ErrorKind::BadInput, "a square matrix is expected, but the shape is " + shapeText(shape), text);
    const std::vector<double> values = read();
    std::vector<std::uint8_t> marks(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] != 0 && values[i] != 1)
            throw Error(ErrorKind::BadInput, "the matrix holds a number that is neither 0 nor 1", text);
        marks[i] = values[i] == 1;
    }
    *side = static_cast<int>(shape[0]);
    return marks;
}

std::vector<std::uint8_t> loadMarks(const std::string& text, int* side) {
    const Address address = parse(text);
    if (address.kind == "npy") return readNpySquare01(address.file, side);
    if (address.kind == "npz") {
        const Scratch scratch;
        unpack(address, scratch);
        try {
            return readNpySquare01(scratch.file(), side);
        } catch (const Error& error) { throw Error(error.kind(), error.problem(), text, error.hint()); }
    }
    if (address.kind == "pt") {
        const CheckpointFile file = CheckpointFile::open(address.file);
        const CheckpointTensor& tensor = chooseTensor(address, file);
        return marksOf(tensor.shape, text, side, [&] {
            const std::vector<float> values = file.readF32(tensor);
            return std::vector<double>(values.begin(), values.end());
        });
    }
    const SafetensorsFile file = SafetensorsFile::open(address.file);
    const std::string name = choose(address, file.names());
    return marksOf(file.info(name).shape, text, side, [&] { return file.readF64(name); });
}

struct Mapping {
    void* memory = MAP_FAILED;
    std::size_t size = 0;
    ~Mapping() {
        if (memory != MAP_FAILED) munmap(memory, size);
    }
};

} // namespace

void FloatArray::map(const fs::path& path, std::uint64_t offset, std::uint64_t count) {
    auto mapping = std::make_shared<Mapping>();
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw Error(ErrorKind::Io, "the file cannot be read", path.string());
    mapping->size = static_cast<std::size_t>(offset + count * sizeof(float));
    if (count > 0) mapping->memory = mmap(nullptr, mapping->size, PROT_READ, MAP_PRIVATE, file, 0);
    ::close(file);
    if (count == 0) return;
    if (mapping->memory == MAP_FAILED)
        throw Error(ErrorKind::Io, "the file cannot be mapped into memory", path.string());
    m_values = {reinterpret_cast<const float*>(static_cast<const char*>(mapping->memory) + offset),
                static_cast<std::size_t>(count)};
    m_mapping = std::move(mapping);
}

void FloatArray::openNpy(const fs::path& path) {
    const NpyHeader header = readNpyHeader(path); // also checks that the file is long enough
    m_shape = header.shape;
    std::uint64_t count = 1;
    for (std::int64_t extent : m_shape) count *= static_cast<std::uint64_t>(extent);
    if (header.dtype == "f4" && header.dataOffset % alignof(float) == 0) return map(path, header.dataOffset, count);
    m_owned = readNpyF32(path);
    m_values = m_owned;
}

void FloatArray::openTorch(const std::string& text) {
    const Address address = parse(text);
    const auto file = std::make_shared<CheckpointFile>(CheckpointFile::open(address.file));
    const CheckpointTensor& tensor = chooseTensor(address, *file);
    m_shape = tensor.shape;
    const auto count = static_cast<std::size_t>(tensor.elements());
    const bool aligned = reinterpret_cast<std::uintptr_t>(tensor.storage.data()) % alignof(float) == 0;
    if (tensor.dtype == "F32" && tensor.contiguous() && aligned) {
        m_values = {reinterpret_cast<const float*>(tensor.storage.data()), count};
        m_mapping = file;
        return;
    }
    m_owned = file->readF32(tensor);
    m_values = m_owned;
}

FloatArray FloatArray::open(const std::string& text) {
    const Address address = parse(text);
    FloatArray array;
    if (address.kind == "npy") array.openNpy(address.file);
    if (address.kind == "pt") array.openTorch(text);
    if (address.kind == "npz") {
        const Scratch scratch; // a mapping outlives the name of its file
        unpack(address, scratch);
        try {
            array.openNpy(scratch.file());
        } catch (const Error& error) { throw Error(error.kind(), error.problem(), text, error.hint()); }
    }
    if (address.kind == "safetensors") {
        const SafetensorsFile file = SafetensorsFile::open(address.file);
        const std::string name = choose(address, file.names());
        const TensorInfo& info = file.info(name);
        array.m_shape = info.shape;
        std::uint64_t headerBytes = 0;
        std::ifstream(address.file, std::ios::binary).read(reinterpret_cast<char*>(&headerBytes), sizeof headerBytes);
        const std::uint64_t offset = 8 + headerBytes + info.byteBegin;
        if (info.dtype == "F32" && offset % alignof(float) == 0)
            array.map(address.file, offset, static_cast<std::uint64_t>(info.elements));
        else {
            const std::vector<double> wide = file.readF64(name);
            array.m_owned.assign(wide.begin(), wide.end());
            array.m_values = array.m_owned;
        }
    }
    return array;
}

MetricInputs MetricArrays::inputs() const {
    return {.clips = clips,
            .samples = samples,
            .frames = frames,
            .dims = dims,
            .predictions = predictions.values(),
            .targets = targets.values(),
            .neighbours = neighbours,
            .speakers = speakers.values(),
            .lengths = {}};
}

MetricArrays loadMetricArrays(const MetricArrayPaths& paths) {
    MetricArrays arrays;
    if (paths.predictions.empty()) throw Error(ErrorKind::Usage, "there are no predictions", "--pred");
    arrays.predictions = FloatArray::open(paths.predictions);
    std::vector<std::int64_t> shape = arrays.predictions.shape();
    const auto refuse = [](const std::string& problem, const std::string& where) {
        throw Error(ErrorKind::BadInput, problem, where);
    };
    if (shape.size() == 3) shape.insert(shape.begin() + 1, 1); // one sample a clip
    if (shape.size() != 4 || *std::min_element(shape.begin(), shape.end()) < 1 ||
        *std::max_element(shape.begin(), shape.end()) > 1 << 28)
        refuse("predictions have the shape (clips, samples, frames, dimensions), but this is " +
                   shapeText(arrays.predictions.shape()),
               paths.predictions);
    arrays.clips = static_cast<int>(shape[0]);
    arrays.samples = static_cast<int>(shape[1]);
    arrays.frames = static_cast<int>(shape[2]);
    arrays.dims = static_cast<int>(shape[3]);
    const std::vector<std::int64_t> course{shape[0], shape[2], shape[3]};
    const auto load = [&](const std::string& path, FloatArray& array, const char* what) {
        if (path.empty()) return;
        array = FloatArray::open(path);
        if (array.shape() != course)
            refuse(std::string(what) + " must have the shape " + shapeText(course) +
                       " to fit the predictions, but this is " + shapeText(array.shape()),
                   path);
    };
    load(paths.targets, arrays.targets, "the real listeners");
    load(paths.speakers, arrays.speakers, "the speakers");
    if (!paths.neighbours.empty()) {
        int side = 0;
        arrays.neighbours = loadMarks(paths.neighbours, &side);
        if (side != arrays.clips)
            refuse("the neighbour matrix must be " + std::to_string(arrays.clips) + " x " +
                       std::to_string(arrays.clips) + " to fit the predictions, but it is " + std::to_string(side) +
                       " x " + std::to_string(side),
                   paths.neighbours);
    }
    return arrays;
}

} // namespace emc
