// One input, read twice: as a whole file, and as the pickle inside a file that is otherwise in order (mutations of a
// zip archive seldom get that far).
#include <algorithm>
#include <cstdlib>
#include <string>

#include "core/checkpoint/store.h"
#include "tests/core/checkpoint/pickle_maker.h"

namespace {

constexpr std::uint64_t kLargestRead = 4u << 20; // of one tensor: the fuzzer shall not spend its time on copying

void read(emc::ByteView bytes) {
    try {
        const emc::CheckpointFile file = emc::CheckpointFile::parse(bytes, "input");
        const emc::CheckpointReport report = emc::inspectCheckpoint(file);
        if (report.fits() && report.names().empty()) std::abort();
        for (const emc::CheckpointTensor& tensor : file.tensors()) {
            if (tensor.bytes() > kLargestRead) continue;
            if (file.readF32(tensor).size() != static_cast<std::size_t>(tensor.elements())) std::abort();
        }
    } catch (const emc::Error& error) {
        if (error.kind() == emc::ErrorKind::Internal) std::abort(); // a fault of ours
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const emc::test::ZipParts kStorages = {
        {"0", std::string(4096, '\1')}, {"1", std::string(256, '\2')}, {"2", std::string(64, '\3')}, {"3", ""}};
    const emc::ByteView bytes = std::as_bytes(std::span(data, size));
    read(bytes);
    const std::string file = emc::test::torchZip(std::string(reinterpret_cast<const char*>(data), size), kStorages);
    read(emc::test::bytesOf(file));
    return 0;
}
