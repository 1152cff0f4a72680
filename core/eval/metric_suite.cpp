#include "core/eval/metric_suite.h"

#include <algorithm>
#include <chrono>

#include "core/eval/metric_reduce.h"

namespace emc {

const MetricResult* MetricReport::find(const std::string& name, MetricVariant variant) const {
    for (const MetricResult& result : results)
        if (result.name == name && result.variant == variant) return &result;
    return nullptr;
}

MetricReport evaluate(const MetricInputs& inputs, const MetricRequest& request, JobContext& job) {
    using Clock = std::chrono::steady_clock;
    MetricReport report;
    const MetricEngine engine(inputs, request, job);
    const std::vector<std::string> names = metricsToCompute(inputs, request, report.notes);
    const auto timed = [](auto&& work) {
        const auto start = Clock::now();
        work();
        return std::chrono::duration<double>(Clock::now() - start).count();
    };
    if (!request.checked) report.checkSeconds = timed([&] { engine.checkFinite(); });
    MetricItems items;
    items.resize(inputs.clips, inputs.samples, inputs.dims);
    const MetricEngine::Mask all(items.ccc.size(), 1);
    const std::vector<std::uint8_t> clips(static_cast<std::size_t>(inputs.clips), 1),
        slots(static_cast<std::size_t>(inputs.samples), 1);
    // The published FRSyn looks at prediction 0 only; the others are needed for `fixed` and for details.
    MetricEngine::Mask lagged = all;
    if (!request.details &&
        std::find(request.variants.begin(), request.variants.end(), MetricVariant::Fixed) == request.variants.end())
        for (std::size_t i = 0; i < lagged.size(); ++i) lagged[i] = i % slots.size() == 0;
    std::vector<double> seconds;
    for (const std::string& name : names)
        seconds.push_back(timed([&] {
            if (name == "FRCorr") engine.correlate(items, all);
            else if (name == "FRDist") engine.warp(items, all);
            else if (name == "FRDiv") engine.spread(items, clips);
            else if (name == "FRVar") engine.vary(items, all);
            else if (name == "FRDvs") engine.across(items, slots);
            else engine.lag(items, lagged);
        }));
    reduceMetrics(inputs, request, engine, items, names, report);
    for (MetricResult& result : report.results)
        result.seconds =
            seconds[static_cast<std::size_t>(std::find(names.begin(), names.end(), result.name) - names.begin())];
    return report;
}

} // namespace emc
