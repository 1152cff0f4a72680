#include "core/eval/metrics_parity.h"

#include "core/data/golden.h"
#include "core/eval/metrics.h"

namespace emc {

namespace {

ParityOutputs run(const GoldenCase& golden, const GoldenInputs& inputs) {
    const auto& pred = inputs.at("pred");
    const auto& marks = inputs.at("neighbours").values;
    const std::vector<std::uint8_t> neighbours(marks.begin(), marks.end());
    MetricInputs in;
    in.clips = static_cast<int>(pred.shape[0]);
    in.samples = static_cast<int>(pred.shape[1]);
    in.frames = static_cast<int>(pred.shape[2]);
    in.dims = static_cast<int>(pred.shape[3]);
    in.predictions = pred.values;
    in.targets = inputs.at("target").values;
    in.neighbours = neighbours;
    ParityOutputs out;
    // Tolerances of golden/README.md section 2: single-precision references 1e-5, exact forms 1e-10 relative.
    const auto put = [&](const std::string& name, double value, double official) {
        if (golden.outputs.count(name))
            out[name] = parityOutput({}, std::vector<double>{value}, ParityMode::Relative, official);
        if (golden.outputs.count("fixed." + name))
            out["fixed." + name] = parityOutput({}, std::vector<double>{value}, ParityMode::Relative, 1e-10);
    };
    put("FRVar", frVar(in), 1e-5);
    put("FRDiv", frDiv(in), 1e-5);
    put("FRDvs", frDvs(in), 1e-5);
    if (!golden.outputs.count("FRCorr")) return out;
    const FrCorr corr = frCorr(in);
    put("FRCorr", corr.value, 1e-6);
    put("FRCorr_serial", corr.value, 1e-6);
    out["FRCorr_best"] = parityOutput({in.clips, in.samples}, corr.best);
    if (golden.outputs.count("pair_index") && golden.outputs.count("pair_ccc")) {
        // Rows of clip, prediction, target: which pairs the recorded single values belong to.
        const std::vector<double> pairs = golden.expected("pair_index").values;
        const std::size_t length = static_cast<std::size_t>(in.frames) * static_cast<std::size_t>(in.dims);
        std::vector<double> values;
        for (std::size_t i = 0; i + 2 < pairs.size(); i += 3) {
            const auto course = static_cast<std::size_t>(pairs[i]) * static_cast<std::size_t>(in.samples) +
                                static_cast<std::size_t>(pairs[i + 1]);
            values.push_back(ccc(in.targets.subspan(static_cast<std::size_t>(pairs[i + 2]) * length, length),
                                 in.predictions.subspan(course * length, length), in.frames, in.dims));
        }
        const auto count = static_cast<std::int64_t>(values.size());
        out["pair_ccc"] = parityOutput({count}, std::move(values));
    }
    return out;
}

} // namespace

void addMetricsParity() {
    addParityCase("metrics", run);
}

} // namespace emc
