#pragma once
// Arrays of NumPy inside a pickle, as torch.save writes them into a dict (the PCA file of VGGish is one). Read as data,
// like everything else. Source: numpy.ndarray.__reduce__ and numpy.dtype.__reduce__.
#include <string>

#include "core/checkpoint/torch_values.h"

namespace emc {

bool isNumpyArray(const PickleGraph& graph, PickleRef ref);
// Protocol 2 stores bytes as text, which is decoded into memory of its own and charged to `budget`. Throws
// Error(BadInput) for damage, Error(Unsupported) for other types and byte orders.
CheckpointTensor numpyTensor(const PickleGraph& graph, const TorchValues& values, PickleRef ref,
                             const std::string& name, MemoryBudget& budget, const std::string& where);

} // namespace emc
