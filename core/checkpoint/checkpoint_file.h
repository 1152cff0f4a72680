#pragma once
// A checkpoint of anybody, whatever program wrote it: torch.save (zip archive or the older stream), Lightning, whole
// pickled modules, safetensors. Nothing in it is executed. Tensors are views into the file until they are read; memory
// stays below twice the file plus 64 MiB. Faults are Error(BadInput), formats that are not read Error(Unsupported).
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/checkpoint/byte_view.h"

namespace emc {

class MappedFile;

struct CheckpointTensor {
    std::string name;                                      // as in the state dict: "module.fc.weight"
    std::string dtype;                                     // F64 F32 F16 BF16 I64 I32 I16 I8 U64 U32 U16 U8 BOOL
    std::vector<std::int64_t> shape, stride;               // stride in elements; any order, may be 0 (expanded)
    std::string device;                                    // "cpu", "cuda:0": where it lay when it was saved
    ByteView storage;                                      // from its first element on
    std::shared_ptr<const std::vector<std::byte>> decoded; // holds `storage` where the file has the bytes as text
    std::int64_t elements() const;
    std::uint64_t bytes() const;
    bool contiguous() const; // row-major without holes
};

class CheckpointFile {
public:
    // Throws Error(NotFound | Io | BadInput | Unsupported).
    static CheckpointFile open(const std::filesystem::path& path);
    // The same from memory, which must outlive the object; `where` stands in messages.
    static CheckpointFile parse(ByteView bytes, const std::string& where);

    const std::string& format() const { return m_format; } // "torch-zip", "torch-stream", "safetensors"
    const std::string& where() const { return m_where; }
    // The state dict, in the file's order. Optimizer states and the like are not in it.
    const std::vector<CheckpointTensor>& tensors() const { return m_tensors; }
    const CheckpointTensor* find(const std::string& name) const;
    // Plain values at the top: "epoch" -> "50", "global_step", "pytorch-lightning_version"; metadata of safetensors.
    const std::map<std::string, std::string>& facts() const { return m_facts; }
    // hyper_parameters as JSON text (foreign objects become plain values), empty when there are none.
    const std::string& hyperParameters() const { return m_hyperParameters; }
    const std::vector<std::string>& topKeys() const { return m_topKeys; }
    // What was left out, one sentence each: "model.codes: tensors of type ComplexFloatStorage are not read".
    const std::vector<std::string>& notes() const { return m_notes; }

    // Row-major values in pieces of at most 1 MiB, in their own type; BOOL is 0 or 1.
    using Sink = std::function<void(ByteView)>;
    void stream(const CheckpointTensor& tensor, const Sink& sink) const;
    std::vector<std::byte> read(const CheckpointTensor& tensor) const;
    std::vector<float> readF32(const CheckpointTensor& tensor) const; // any type; F64 is rounded
    // The same in pieces.
    void streamF32(const CheckpointTensor& tensor, const std::function<void(std::span<const float>)>& sink) const;

private:
    friend class CheckpointBuilder;
    std::vector<std::shared_ptr<const MappedFile>> m_files; // none after parse()
    std::string m_format, m_where, m_hyperParameters;
    std::vector<CheckpointTensor> m_tensors;
    std::map<std::string, std::string> m_facts;
    std::vector<std::string> m_topKeys, m_notes;
};

} // namespace emc
