// One input as a safetensors file, through both readers: the studio's own and that of foreign checkpoints.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "core/checkpoint/store.h"
#include "core/data/safetensors.h"

namespace {

// A file in memory with a name that ends as safetensors do.
class MemoryFile {
public:
    MemoryFile() : m_descriptor(memfd_create("input.safetensors", 0)) {
        if (m_descriptor < 0) std::abort();
    }
    std::string fill(const std::uint8_t* data, std::size_t size) {
        if (ftruncate(m_descriptor, 0) != 0 || pwrite(m_descriptor, data, size, 0) != static_cast<ssize_t>(size))
            std::abort();
        return "/proc/self/fd/" + std::to_string(m_descriptor);
    }

private:
    int m_descriptor;
};

template <class Read>
void survive(Read read) {
    try {
        read();
    } catch (const emc::Error& error) {
        if (error.kind() == emc::ErrorKind::Internal) std::abort(); // a fault of ours
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static MemoryFile memory;
    const std::string path = memory.fill(data, size);
    survive([&] {
        const emc::SafetensorsFile file = emc::SafetensorsFile::open(path);
        for (const std::string& name : file.names())
            if (file.readF32(name).size() != static_cast<std::size_t>(file.info(name).elements)) std::abort();
    });
    survive([&] {
        const emc::CheckpointFile file = emc::CheckpointFile::open(path);
        emc::inspectCheckpoint(file);
        for (const emc::CheckpointTensor& tensor : file.tensors())
            if (file.readF32(tensor).size() != static_cast<std::size_t>(tensor.elements())) std::abort();
    });
    return 0;
}
