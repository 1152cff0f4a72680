#pragma once
// The training step of a model again and again on one made-up batch: what `emc bench train` measures, and what a
// reference in another language can repeat from a file. No torch in this header.
#include <filesystem>
#include <memory>
#include <vector>

#include "core/api/train.h"

namespace emc {

class TrainBench {
public:
    // Models that learn in stages (TrainableModel::firstWholeStep): the whole loss, or what comes before it. Steps stay
    // within the stage, however many are run.
    enum class Stage { First, Whole };
    // Model, batch, crop, stride, threads, device, seed and the optimiser of `options` count; no corpus is read: the
    // crops are random numbers, with cached face features as the frozen frame encoder leaves them.
    // Throws Error (unknown model, no such device, a first stage asked of a model that has one only).
    explicit TrainBench(const TrainOptions& options, Stage stage = Stage::Whole);
    ~TrainBench();

    // Weights (`model/NAME`), batch (`batch/NAME`) and settings, as they are before the next run(). Atomic.
    void writeInputs(const std::filesystem::path& file) const;

    struct Steps {
        std::vector<double> seconds, losses; // of each step
    };
    Steps run(int steps); // loss, gradient, clipping, AdamW: what the trainer does between two batches

    long parameters() const; // those that the last step has changed
    int tokens() const;      // length of a crop after the stride

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace emc
