#pragma once
// Finds the state dict in what a pickle described, whatever it is wrapped in.
#include <optional>
#include <string>

#include "core/checkpoint/torch_values.h"

namespace emc {

class CheckpointBuilder {
public:
    CheckpointBuilder(CheckpointFile& file, const PickleGraph& graph, const TorchValues& values, MemoryBudget& budget,
                      std::uint64_t fileBytes)
        : m_file(file), m_graph(graph), m_values(values), m_budget(budget), m_fileBytes(fileBytes) {}
    // Fills tensors, facts, hyper-parameters, notes. Throws Error(BadInput) when there is no tensor at all.
    void build(PickleRef root);

    // For the readers of containers.
    static void setOrigin(CheckpointFile& file, std::string format, std::string where);
    static void addTensor(CheckpointFile& file, CheckpointTensor tensor);

private:
    void findStateDict(PickleRef root);
    void findArrays(PickleRef root);                            // a dict of NumPy arrays and no tensor
    bool collectFrom(PickleRef ref, const std::string& prefix); // true when it held tensors
    void collect(PickleRef ref, const std::string& name, int depth);
    void collectModule(PickleRef ref, const std::string& prefix, int depth);
    void add(PickleRef ref, const std::string& name, bool array = false);
    void visit(int depth);
    void describe(PickleRef root);

    CheckpointFile& m_file;
    const PickleGraph& m_graph;
    const TorchValues& m_values;
    MemoryBudget& m_budget;
    std::uint64_t m_fileBytes, m_tensorBytes = 0;
    std::size_t m_visits = 0;
};

// hyper_parameters and the like as JSON; objects of foreign classes become plain values. Bounded in depth and size.
std::string plainJson(const PickleGraph& graph, const TorchValues& values, PickleRef ref);
// One short value as text ("50", "0.1", "true", "2.1.0"), nothing for containers and objects.
std::optional<std::string> plainText(const PickleGraph& graph, PickleRef ref);

} // namespace emc
