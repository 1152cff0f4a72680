#pragma once
// In which numbers a model multiplies matrices while it reacts. Everything else, weights and answers too, is float32.
#include <string>

namespace emc {

class ReactionModel;

enum class Precision { Float32, Bfloat16 };
// "f32" or "bf16". Throws Error(Usage) for another word.
Precision precisionNamed(const std::string& name);

// Later reactions of the model use these numbers. Throws Error(Unsupported), in one sentence, for models whose answer
// would be another one in bfloat16 (tokens), that do not react through EmcEngine (BeLFusion, baselines), or that stand
// on a GPU.
void usePrecision(ReactionModel& model, Precision precision);

// Whether this processor multiplies bfloat16 (AVX512-BF16 or AMX). Where it does not, torch imitates it, slower than
// float32.
bool processorHasBfloat16();

// While it lives, matrix products of this thread on the CPU are made in these numbers: also back to float32 inside.
class MatrixPrecision {
public:
    explicit MatrixPrecision(Precision precision);
    ~MatrixPrecision();
    MatrixPrecision(const MatrixPrecision&) = delete;
    MatrixPrecision& operator=(const MatrixPrecision&) = delete;

private:
    bool m_before;
};

} // namespace emc
