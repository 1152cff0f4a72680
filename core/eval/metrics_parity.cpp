#include "core/eval/metrics_parity.h"

#include <cmath>

#include "core/data/golden.h"
#include "core/eval/lag_search.h"
#include "core/eval/metric_suite.h"

namespace emc {

namespace {

// Tolerances of golden/README.md section 2.
constexpr double kSingle = 1e-5; // FRDiv, FRVar, FRDvs: single precision in the reference
constexpr double kDouble = 1e-6; // FRCorr, FRDist
constexpr double kExact = 1e-10; // the `fixed.` forms
constexpr double kWarped = 1e-9; // single warping values

class Runner {
public:
    Runner(const GoldenCase& golden, const GoldenInputs& inputs) : m_golden(golden) {
        const auto& pred = inputs.at("pred");
        const auto& marks = inputs.at("neighbours").values;
        m_neighbours.assign(marks.begin(), marks.end());
        m_in.clips = static_cast<int>(pred.shape.at(0));
        m_in.samples = static_cast<int>(pred.shape.at(1));
        m_in.frames = static_cast<int>(pred.shape.at(2));
        m_in.dims = static_cast<int>(pred.shape.at(3));
        m_in.predictions = pred.values;
        m_in.targets = inputs.at("target").values;
        m_in.neighbours = m_neighbours;
        if (inputs.count("speaker")) m_in.speakers = inputs.at("speaker").values;
    }

    ParityOutputs run() {
        const std::vector<std::int64_t> items{m_in.clips, m_in.samples};
        // The double-precision twin.
        both("FRVar", frVar(m_in), kSingle);
        both("FRDiv", frDiv(m_in), kSingle);
        both("FRDvs", frDvs(m_in), kSingle);
        if (recorded("FRCorr")) {
            const FrCorr corr = frCorr(m_in);
            both("FRCorr", corr.value, kDouble);
            scalar("FRCorr_serial", corr.value, kDouble);
            put("FRCorr_best", items, corr.best);
        }
        if (recorded("FRDist")) {
            const FrDist dist = frDist(m_in);
            both("FRDist", dist.value, kDouble);
            scalar("FRDist_serial", dist.value, kDouble);
            put("FRDist_best", items, dist.best, ParityMode::Relative, kWarped);
        }
        if (recorded("FRSyn")) {
            const FrSyn syn = frSyn(m_in);
            lags(syn.value, syn.serial, syn.fixed, syn.nanClips, syn.offsets, syn.bestLags);
            std::vector<double> official, fixed;
            for (int n = 0; n < m_in.clips; ++n) {
                append(official, lagCorrelations(course(n, 0), speaker(n), m_in.frames, m_in.dims, true));
                append(fixed, lagCorrelations(course(n, 0), speaker(n), m_in.frames, m_in.dims, false));
            }
            correlations(std::move(official), std::move(fixed));
        }
        pairs();
        fastPath(items);
        return std::move(m_out);
    }

private:
    bool recorded(const std::string& name) const { return m_golden.outputs.count(name) > 0; }
    void put(const std::string& name, std::vector<std::int64_t> shape, std::vector<double> values,
             ParityMode mode = ParityMode::Auto, double tolerance = 0) {
        if (recorded(name)) m_out[name + m_way] = parityOutput(std::move(shape), std::move(values), mode, tolerance);
    }
    void scalar(const std::string& name, double value, double tolerance) {
        put(name, {}, std::vector<double>{value}, ParityMode::Relative, tolerance);
    }
    void both(const std::string& name, double value, double official) {
        scalar(name, value, official);
        scalar("fixed." + name, value, kExact);
    }
    static void append(std::vector<double>& all, const std::vector<double>& part) {
        all.insert(all.end(), part.begin(), part.end());
    }
    std::span<const float> course(int n, int k) const {
        const auto length = static_cast<std::size_t>(m_in.frames) * static_cast<std::size_t>(m_in.dims);
        return m_in.predictions.subspan(static_cast<std::size_t>(n * m_in.samples + k) * length, length);
    }
    std::span<const float> target(int n) const {
        const auto length = static_cast<std::size_t>(m_in.frames) * static_cast<std::size_t>(m_in.dims);
        return m_in.targets.subspan(static_cast<std::size_t>(n) * length, length);
    }
    std::span<const float> speaker(int n) const {
        const auto length = static_cast<std::size_t>(m_in.frames) * static_cast<std::size_t>(m_in.dims);
        return m_in.speakers.subspan(static_cast<std::size_t>(n) * length, length);
    }

    void lags(double official, double serial, double fixed, double nanClips, const std::vector<double>& offsets,
              const std::vector<double>& best) {
        const std::vector<std::int64_t> items{m_in.clips, m_in.samples};
        // The reference averages whole numbers in single precision.
        scalar("FRSyn", official, kDouble);
        scalar("FRSyn_serial", serial, kDouble);
        scalar("fixed.FRSyn", fixed, kExact);
        scalar("nan_clip_fraction", nanClips, kExact);
        put("tlcc_offset", items, offsets, ParityMode::Absolute, 0);
        put("fixed.tlcc_best_lag", items, best, ParityMode::Absolute, 0);
    }
    void correlations(std::vector<double> official, std::vector<double> fixed) {
        put("tlcc_r", {m_in.clips, kLags}, std::move(official));
        // Correlations go through 0, so the limit is absolute; they are at most 1.
        put("fixed.tlcc_r", {m_in.clips, kLags}, std::move(fixed), ParityMode::Absolute, kExact);
    }

    // Single pairs; pair_index has rows of clip, prediction, target.
    void pairs() {
        if (!recorded("pair_index")) return;
        const std::vector<double> rows = m_golden.expected("pair_index").values;
        std::vector<double> concordance, groups, whole;
        for (std::size_t i = 0; i + 2 < rows.size(); i += 3) {
            const auto x = course(static_cast<int>(rows[i]), static_cast<int>(rows[i + 1]));
            const auto y = target(static_cast<int>(rows[i + 2]));
            concordance.push_back(ccc(y, x, m_in.frames, m_in.dims));
            double sums[kDtwGroups];
            for (int g = 0; g < kDtwGroups; ++g) {
                sums[g] = dtwSum(x, m_in.frames, y, m_in.frames, m_in.dims, kDtwGroup[g].begin, kDtwGroup[g].end);
                groups.push_back(std::sqrt(sums[g]));
            }
            whole.push_back(groupedDistance(sums));
        }
        const auto count = static_cast<std::int64_t>(whole.size());
        put("pair_ccc", {count}, std::move(concordance));
        put("pair_dtw_groups", {count, kDtwGroups}, std::move(groups), ParityMode::Relative, kWarped);
        put("pair_dtw", {count}, std::move(whole), ParityMode::Relative, kWarped);
    }

    // What users get, with the best instruction set of this machine.
    void fastPath(const std::vector<std::int64_t>& items) {
        m_way = "@fast";
        MetricRequest request;
        for (const MetricInfo& info : metricCatalogue())
            if (recorded(info.name)) request.metrics.push_back(info.name);
        JobContext silent;
        const MetricReport report = evaluate(m_in, request, silent);
        for (const MetricResult& result : report.results) {
            const bool official = result.variant == MetricVariant::Official, lag = result.name == "FRSyn";
            const double tolerance = result.name == "FRCorr" || result.name == "FRDist" || lag ? kDouble : kSingle;
            scalar((official ? "" : "fixed.") + result.name, result.value, official ? tolerance : kExact);
            if (official && result.name == "FRCorr") put("FRCorr_best", items, result.perSample);
            if (official && !lag) scalar(result.name + "_serial", result.value, tolerance);
            if (official && result.name == "FRDist")
                put("FRDist_best", items, result.perSample, ParityMode::Relative, kWarped);
            if (official && lag) {
                double sum = 0; // the serial form: all predictions
                for (double offset : result.perSample) sum += std::abs(offset);
                scalar("FRSyn_serial", sum / static_cast<double>(result.perSample.size()), kDouble);
            }
            if (lag)
                put(official ? "tlcc_offset" : "fixed.tlcc_best_lag", items, result.perSample, ParityMode::Absolute, 0);
        }
        if (!recorded("FRSyn")) return;
        scalar("nan_clip_fraction", report.nanClips, kExact);
        LagSearch search(metricKernels(request.simd));
        LagSeries x, y;
        std::vector<double> official, fixed, allOfficial, allFixed;
        for (int n = 0; n < m_in.clips; ++n) {
            x.set(course(n, 0).data(), m_in.frames, m_in.dims);
            y.set(speaker(n).data(), m_in.frames, m_in.dims);
            search.correlate(x, y, &official, &fixed);
            append(allOfficial, official);
            append(allFixed, fixed);
        }
        correlations(std::move(allOfficial), std::move(allFixed));
    }

    const GoldenCase& m_golden;
    MetricInputs m_in;
    std::vector<std::uint8_t> m_neighbours;
    ParityOutputs m_out;
    std::string m_way;
};

} // namespace

void addMetricsParity() {
    addParityCase("metrics",
                  [](const GoldenCase& golden, const GoldenInputs& inputs) { return Runner(golden, inputs).run(); });
}

} // namespace emc
