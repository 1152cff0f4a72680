#pragma once
// What the records of a pickle mean: dicts, tensors, modules. Reads only; circles and depth are bounded by the callers.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/checkpoint/checkpoint_file.h"
#include "core/checkpoint/pickle.h"

namespace emc {

class TorchValues {
public:
    // The raw bytes of a storage by its key; empty optional when the file has none of that name.
    using StorageLookup = std::function<std::optional<ByteView>(std::string_view key)>;
    TorchValues(const PickleGraph& graph, StorageLookup storages, std::string where)
        : m_graph(graph), m_storages(std::move(storages)), m_where(std::move(where)) {}

    std::optional<std::string_view> text(PickleRef ref) const;
    std::optional<std::int64_t> whole(PickleRef ref) const;
    // A dict, an OrderedDict, a defaultdict or any other object that was filled like a dict.
    bool isDict(PickleRef ref) const;
    void forEachPair(PickleRef dict, const std::function<void(PickleRef key, PickleRef value)>& visit) const;
    PickleRef lookup(PickleRef dict, std::string_view key) const; // kNoPickle when absent
    std::vector<PickleRef> elements(PickleRef list) const;        // of a list, tuple, set, or an object made of one

    bool isModule(PickleRef ref) const;      // an object whose state has _modules
    PickleRef state(PickleRef object) const; // the dict of an object's attributes, or kNoPickle
    std::string className(PickleRef object) const;

    bool isTensor(PickleRef ref) const;
    // Checked against its storage. Throws Error(BadInput) for ranges outside, Error(Unsupported) for other types.
    CheckpointTensor tensor(PickleRef ref, const std::string& name) const;

private:
    std::string callName(PickleRef ref) const; // "torch._utils._rebuild_tensor_v2" of an object, else empty
    struct Call {
        std::string function;
        PickleRef arguments = kNoPickle; // a tuple
    };
    // The rebuild call inside parameters and subclasses of tensors.
    std::optional<Call> rebuildCall(PickleRef ref) const;
    std::vector<std::int64_t> wholeList(PickleRef ref, const std::string& name) const;
    void attachStorage(CheckpointTensor& tensor, PickleRef id, std::int64_t offset) const;

    const PickleGraph& m_graph;
    StorageLookup m_storages;
    std::string m_where;
};

// "torch.FloatStorage", "torch.cuda.HalfStorage", "torch.bfloat16" -> "F32", "F16", "BF16"; empty for others.
std::string dtypeOfTorchName(const std::string& name);
// The persistent id of a storage. Throws Error(BadInput).
struct StorageId {
    std::string key, dtype, typeName, device;
    std::int64_t elements = 0;
    // Older streams: a view that begins inside another storage.
    std::int64_t viewOffset = 0;
};
StorageId storageId(const PickleGraph& graph, PickleRef persistent, const std::string& where);

} // namespace emc
