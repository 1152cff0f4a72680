#pragma once
// Writes what torch.load reads: a zip archive of stored entries with a pickle of {"state_dict": OrderedDict} (format of
// torch 1.6 and later). Values are streamed.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/checkpoint/checkpoint_file.h"
#include "core/data/atomic_file.h"

namespace emc {

class TorchWriter {
public:
    explicit TorchWriter(const std::filesystem::path& out) : m_file(out) {}
    // `produce` is called once, here. Throws Error(Unsupported) beyond 4 GiB and for types that torch lacks.
    void add(const std::string& name, const std::string& dtype, const std::vector<std::int64_t>& shape,
             const std::function<void(const CheckpointFile::Sink&)>& produce);
    void finish(); // without it no file appears

private:
    struct Entry {
        std::string name;
        std::uint32_t crc = 0, size = 0, offset = 0;
    };
    void entry(const std::string& name, const std::function<void(const CheckpointFile::Sink&)>& produce);
    void write(const std::string& bytes);
    std::string describe() const; // the pickle

    struct Tensor {
        std::string name, storage;
        std::vector<std::int64_t> shape;
    };
    AtomicFile m_file;
    std::uint64_t m_position = 0;
    std::vector<Entry> m_entries;
    std::vector<Tensor> m_tensors;
};

} // namespace emc
