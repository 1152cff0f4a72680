#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/data/golden.h"
#include "core/data/mfcc.h"
#include "core/data/wav.h"

namespace emc {

namespace {

ParityOutputs runMfcc(const GoldenCase& golden, const GoldenInputs& inputs) {
    std::vector<float> sound;
    if (inputs.count("wave")) sound = inputs.at("wave").values;
    else
        sound = loadWavMono(
            golden.file.parent_path() / nlohmann::json::parse(golden.config).at("wav").get<std::string>(), kMfccRateHz);
    const int frames = static_cast<int>(golden.number("frames", 0));
    ParityOutputs out;
    out["mfcc"] = parityOutput({frames, 78}, mfcc78(sound, kMfccRateHz, frames));
    // Two double-precision computations of the same definition.
    out["mfcc_double"] =
        parityOutput({frames, 78}, mfcc78Double(sound, kMfccRateHz, frames), ParityMode::Absolute, 1e-9);
    return out;
}

std::map<std::string, ParityRunner>& registry() {
    static std::map<std::string, ParityRunner> runners{{"mfcc", runMfcc}};
    return runners;
}

struct Limits {
    bool exact = false, percentile = false, relative = false;
    double tolerance = 0;
    std::string problem; // why no comparison is possible
};

Limits limitsOf(const std::string& name, const GoldenOutputSpec& spec, const ParityOutput& ours) {
    Limits limits;
    const double floor = spec.noiseFloor.value_or(0), scale = spec.maxAbs.value_or(0);
    ParityMode mode = ours.mode;
    if (mode == ParityMode::Auto && name.find(".after.") != std::string::npos) mode = ParityMode::Percentile99;
    switch (mode) {
    case ParityMode::Auto:
        if (spec.dtype.starts_with("int") || spec.dtype.starts_with("uint") || spec.dtype == "bool")
            limits.exact = true;
        else if (!spec.noiseFloor) limits.problem = "no noise floor is recorded, so the runner must name a tolerance";
        limits.tolerance = 8 * floor + 1e-6 * scale;
        break;
    case ParityMode::Double:
        if (!spec.noiseFloor) limits.problem = "no noise floor is recorded, so the runner must name a tolerance";
        limits.tolerance = 2 * floor;
        break;
    case ParityMode::Percentile99:
        // Small tensors have no percentile recorded: their floor is the largest difference then.
        if (!spec.noiseP99 && !spec.noiseFloor)
            limits.problem = "no percentile is recorded, so the runner must name a tolerance";
        limits.percentile = true;
        limits.tolerance = 8 * spec.noiseP99.value_or(floor);
        break;
    case ParityMode::Relative:
        limits.relative = true;
        limits.tolerance = ours.tolerance;
        break;
    case ParityMode::Absolute: limits.tolerance = ours.tolerance; break;
    }
    return limits;
}

// "FRDist@fast" is a second computation of the recorded "FRDist".
std::string recordedName(const std::string& output) {
    return output.substr(0, output.find('@'));
}

ParityRow compare(const GoldenCase& golden, const std::string& name, const ParityOutput& ours) {
    const GoldenOutputSpec& spec = golden.outputs.at(recordedName(name));
    ParityRow row{golden.name, name, ParityStatus::Fail, 0, 0, 0, 0, {}};
    // Scalars are described without a dimension but stored with one.
    const auto essential = [](std::vector<std::int64_t> shape) {
        return shape == std::vector<std::int64_t>{1} ? std::vector<std::int64_t>{} : shape;
    };
    std::size_t elements = 1;
    for (std::int64_t extent : spec.shape) elements *= static_cast<std::size_t>(extent);
    if (essential(ours.shape) != essential(spec.shape) || ours.values.size() != elements) {
        row.note = "the shape differs from the recorded one";
        return row;
    }
    const std::vector<double> expected = golden.expected(recordedName(name)).values;
    std::vector<double> differences;
    double largest = 0, worstRelative = 0;
    std::size_t nans = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double e = expected[i], o = ours.values[i * static_cast<std::size_t>(spec.flatStride)];
        if (std::isnan(e) != std::isnan(o)) ++nans;
        if (std::isnan(e) || std::isnan(o)) continue;
        const double d = e == o ? 0 : std::abs(e - o); // equal infinities differ by nothing
        differences.push_back(d);
        largest = std::max(largest, std::abs(e));
        if (d > 0) worstRelative = std::max(worstRelative, d / std::max(std::abs(e), 1e-300));
    }
    const Limits limits = limitsOf(name, spec, ours);
    for (double d : differences) row.maxAbs = std::max(row.maxAbs, d);
    row.maxRel = largest > 0 ? row.maxAbs / largest : row.maxAbs;
    row.tolerance = limits.tolerance;
    row.compared = limits.relative ? worstRelative : row.maxAbs;
    if (limits.percentile && !differences.empty()) {
        const std::size_t at = (differences.size() - 1) * 99 / 100;
        std::nth_element(differences.begin(), differences.begin() + static_cast<std::ptrdiff_t>(at), differences.end());
        row.compared = differences[at];
    }
    if (!limits.problem.empty()) row.note = limits.problem;
    else if (nans > 0) row.note = std::to_string(nans) + " values are NaN on one side only";
    else if (!(row.compared <= limits.tolerance))
        row.note = limits.exact ? "whole numbers differ" : "the difference is above the tolerance";
    else row.status = ParityStatus::Pass;
    return row;
}

void runCase(const GoldenCase& golden, std::vector<ParityRow>& rows) {
    const auto& runners = registry();
    auto runner = runners.find(golden.name);
    if (runner == runners.end()) runner = runners.find(golden.model);
    const auto whole = [&](ParityStatus status, const std::string& note) {
        rows.push_back({golden.name, {}, status, 0, 0, 0, 0, note});
    };
    if (runner == runners.end()) return whole(ParityStatus::Skipped, "nobody computes " + golden.model + " here");
    try {
        const ParityOutputs outputs = runner->second(golden, golden.makeInputs());
        for (const auto& [name, output] : outputs) {
            if (!golden.outputs.count(recordedName(name)))
                rows.push_back({golden.name, name, ParityStatus::Fail, 0, 0, 0, 0, "nothing of this name is recorded"});
            else if (name != recordedName(name)) rows.push_back(compare(golden, name, output));
        }
        for (const auto& [name, spec] : golden.outputs) {
            const auto ours = outputs.find(name);
            if (ours != outputs.end()) rows.push_back(compare(golden, name, ours->second));
            else rows.push_back({golden.name, name, ParityStatus::Skipped, 0, 0, 0, 0, "this output is not computed"});
        }
    } catch (const Cancelled&) { throw; } catch (const std::exception& error) {
        whole(ParityStatus::Fail, error.what());
    }
}

} // namespace

ParityOutput parityOutput(std::vector<std::int64_t> shape, std::span<const float> values, ParityMode mode) {
    return {std::move(shape), {values.begin(), values.end()}, mode, 0};
}
ParityOutput parityOutput(std::vector<std::int64_t> shape, std::vector<double> values, ParityMode mode,
                          double tolerance) {
    return {std::move(shape), std::move(values), mode, tolerance};
}

bool addParityCase(const std::string& name, ParityRunner runner) {
    registry()[name] = std::move(runner);
    return true;
}

std::vector<ParityRow> runParity(const std::filesystem::path& folder, const std::string& filter) {
    const std::vector<GoldenCase> cases = readGoldenCases(folder);
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin <= filter.size();) {
        const std::size_t comma = std::min(filter.find(',', begin), filter.size());
        std::string word = filter.substr(begin, comma - begin);
        std::erase(word, ' ');
        if (!word.empty()) words.push_back(word);
        begin = comma + 1;
    }
    for (const std::string& word : words)
        if (std::none_of(cases.begin(), cases.end(), [&](const GoldenCase& c) { return c.name.starts_with(word); })) {
            std::string known;
            for (const GoldenCase& c : cases) known += (known.empty() ? "" : ", ") + c.name;
            throw Error(ErrorKind::Usage, "no case begins with \"" + word + "\"", folder.string(), "Cases: " + known);
        }
    std::vector<ParityRow> rows;
    for (const GoldenCase& golden : cases) {
        // A whole name means that case only, although others may begin with it.
        const bool wanted = words.empty() || std::any_of(words.begin(), words.end(), [&](const std::string& word) {
                                const bool whole = std::any_of(cases.begin(), cases.end(),
                                                               [&](const GoldenCase& c) { return c.name == word; });
                                return whole ? golden.name == word : golden.name.starts_with(word);
                            });
        if (wanted) runCase(golden, rows);
    }
    return rows;
}

bool parityHolds(const std::vector<ParityRow>& rows) {
    return std::any_of(rows.begin(), rows.end(),
                       [](const ParityRow& row) { return row.status == ParityStatus::Pass; }) &&
           std::none_of(rows.begin(), rows.end(),
                        [](const ParityRow& row) { return row.status == ParityStatus::Fail; });
}

} // namespace emc
