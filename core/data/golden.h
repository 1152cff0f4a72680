#pragma once
// Golden numbers: cases.json, the fill rule, inputs and expected outputs, and the comparison. Source: golden/README.md.
// Any other part says how to compute the outputs of a case (addParityCase); runParity compares. Used by tests and `emc
// parity`.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace emc {

// ---- the fill rule ----
std::uint64_t fillHash(std::string_view salt, std::string_view name);
double fillU(std::uint64_t hash, std::uint64_t index); // [0,1)
// The values of a parameter with the README's rule for weights; prefixes such as "model." are removed from `name`
// first.
std::vector<float> fillParameter(std::string_view salt, std::string_view name, const std::vector<std::int64_t>& shape);

struct GoldenArray {
    std::vector<std::int64_t> shape;
    std::vector<float> values; // integers too: they are small
};
using GoldenInputs = std::map<std::string, GoldenArray>; // inputs and noise by name

struct GoldenInputSpec {
    std::string fillName, transform, arguments; // arguments: JSON text
    std::vector<std::int64_t> shape;
    std::string check; // JSON text
};
struct GoldenOutputSpec {
    std::vector<std::int64_t> shape;
    std::string dtype;
    std::optional<double> noiseFloor, noiseP99, maxAbs;
    std::int64_t flatStride = 1;
};
struct GoldenExpected {
    std::vector<double> values; // elements 0, k, 2k, ... of the flattened output
};

struct GoldenCase {
    std::string name, model, salt;
    std::string config;         // JSON text
    std::filesystem::path file; // the recorded outputs
    std::map<std::string, GoldenInputSpec> inputs, noise;
    std::map<std::string, GoldenOutputSpec> outputs;

    // One number of the config ("window", "optimizer.runs.fast.lr"); the fallback when absent.
    double number(const std::string& dottedKey, double fallback) const;
    GoldenInputs
    makeInputs() const; // inputs and noise; throws Error(BadInput) for an unknown transform or a failed check
    std::vector<float> parameter(std::string_view name, const std::vector<std::int64_t>& shape) const {
        return fillParameter(salt, name, shape);
    }
    GoldenExpected expected(const std::string& output) const;
};

// Throws Error(NotFound | BadInput).
std::vector<GoldenCase> readGoldenCases(const std::filesystem::path& folder);

// ---- parity ----
enum class ParityMode {
    Auto,         // integers equal; else |d| <= 8 noise_floor + 1e-6 max_abs; names with ".after." as Percentile99
    Double,       // |d| <= 2 noise_floor (a double-precision run)
    Percentile99, // 99th percentile of |d| <= 8 noise_p99 (weights after optimiser steps)
    Relative,     // |d| <= tolerance * max(1e-300, |expected|)
    Absolute,     // |d| <= tolerance
};
struct ParityOutput {
    std::vector<std::int64_t> shape;
    std::vector<double> values; // the full output, row-major
    ParityMode mode = ParityMode::Auto;
    double tolerance = 0; // for Relative and Absolute
};
ParityOutput parityOutput(std::vector<std::int64_t> shape, std::span<const float> values,
                          ParityMode mode = ParityMode::Auto);
ParityOutput parityOutput(std::vector<std::int64_t> shape, std::vector<double> values,
                          ParityMode mode = ParityMode::Auto, double tolerance = 0);

// By name of the recorded output; "NAME@WAY" is a further computation of NAME (a fast path beside its plain twin).
using ParityOutputs = std::map<std::string, ParityOutput>;
using ParityRunner = std::function<ParityOutputs(const GoldenCase&, const GoldenInputs&)>;
// `name` is a case ("tvae_train") or a model of cases.json ("trans_vae"); a runner for the case goes before one for its
// model. Returns true, so that it can initialise a static.
bool addParityCase(const std::string& name, ParityRunner runner);

enum class ParityStatus { Pass, Fail, Skipped };
struct ParityRow {
    std::string caseName, output; // output empty for a row about the whole case
    ParityStatus status = ParityStatus::Skipped;
    double maxAbs = 0, maxRel = 0; // largest difference; the same over the largest expected magnitude
    double tolerance = 0;          // limit of the compared number (maxAbs, or the percentile)
    double compared = 0;           // the number that was held against the tolerance
    std::string note;              // why it was skipped or failed
};
// `filter`: comma list of case names or prefixes; empty = all. Throws Error(Usage) when a word of the filter fits no
// case. A case without a runner and an output that a runner does not give are Skipped. A runner's Error is a failed
// row.
std::vector<ParityRow> runParity(const std::filesystem::path& folder, const std::string& filter = {});
bool parityHolds(const std::vector<ParityRow>& rows); // something passed and nothing failed

} // namespace emc
