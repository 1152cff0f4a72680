#include "core/study/robustness.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/study/figure_session.h"
#include "core/study/statistics.h"
#include "core/study/table_text.h"

namespace emc {
namespace {

const char* nameOf(Modality modality) {
    return modality == Modality::Face ? "face" : "speech";
}

// A point before it is scored: all its runs, several damage seeds after one another.
struct Asked {
    double x = 0;
    std::vector<StudyRun> runs;
};
struct AskedCurve {
    RobustnessCurve curve;
    std::vector<Asked> points;
};

class Planner {
public:
    Planner(const Study& study, const RobustnessOptions& options) : m_study(study), m_options(options) {}

    Asked at(double x, const StudyModel& model, const std::vector<Damage>& damages, Fill fill) const {
        Asked asked;
        asked.x = x;
        for (int s = 0; s < m_options.damageSeeds; ++s) {
            const Treatment treatment = withDamage(damages, fill, m_options.damageSeed + static_cast<std::uint64_t>(s));
            for (StudyRun& run : m_study.runsOf(model, treatment)) asked.runs.push_back(std::move(run));
            if (treatment.damages.empty()) break; // nothing is drawn
        }
        return asked;
    }

    std::vector<AskedCurve> curves() const {
        std::vector<AskedCurve> all;
        for (const Modality modality : m_options.modalities) {
            if (!m_options.shares.empty()) along("share", modality, m_options.shares, all);
            if (!m_options.bursts.empty()) along("burst", modality, m_options.bursts, all);
        }
        for (const StudyModel& model : m_options.models) {
            if (m_options.failures.empty()) break;
            for (const Fill fill : fillsFor(m_study.infoOf(model))) {
                AskedCurve one = begin("failure", "", model, fill);
                one.points.push_back(at(0, model, {}, fill));
                for (std::size_t i = 0; i < m_options.failures.size(); ++i)
                    if (suits(model, m_options.failures[i]))
                        one.points.push_back(at(static_cast<double>(i + 1), model, {m_options.failures[i]}, fill));
                all.push_back(std::move(one));
            }
        }
        return all;
    }

private:
    std::vector<Fill> fillsFor(const ModelInfo& info) const {
        const std::vector<Fill> known = fillsOf(info);
        if (known.empty()) return {Fill::Zeros}; // nothing is missing for a baseline
        if (m_options.fills.empty()) return {known.front()};
        std::vector<Fill> chosen;
        for (const Fill fill : m_options.fills)
            if (std::find(known.begin(), known.end(), fill) != known.end()) chosen.push_back(fill);
        return chosen.empty() ? std::vector<Fill>{known.front()} : chosen;
    }
    // Baselines have no substitute: a loss is nothing that could be asked of them.
    bool suits(const StudyModel& model, const Damage& damage) const {
        const bool loss = damage.kind == DamageKind::FaceLoss || damage.kind == DamageKind::SpeechLoss ||
                          damage.kind == DamageKind::FaceChain || damage.kind == DamageKind::SpeechChain;
        const ModelInfo info = m_study.infoOf(model);
        return (!loss || info.condition != "baseline") && leavesSomething(info, withDamage({damage}, Fill::Zeros, 1));
    }
    AskedCurve begin(const char* kind, const std::string& modality, const StudyModel& model, Fill fill) const {
        const ModelInfo info = m_study.infoOf(model);
        AskedCurve one;
        one.curve.kind = kind;
        one.curve.modality = modality;
        one.curve.model = model.model;
        one.curve.reference = info.condition == "baseline";
        one.curve.fill = one.curve.reference ? "" : fillName(fill);
        one.curve.label = model.label;
        if (one.curve.reference) one.curve.label += " (baseline, no loss)";
        else if (m_options.fills.size() > 1) one.curve.label += ", " + one.curve.fill;
        return one;
    }
    void along(const char* kind, Modality modality, const std::vector<double>& places,
               std::vector<AskedCurve>& all) const {
        const bool shares = kind == std::string("share");
        for (const StudyModel& model : m_options.models) {
            const ModelInfo info = m_study.infoOf(model);
            const bool baseline = info.condition == "baseline";
            if (!baseline &&
                std::find(info.modalities.begin(), info.modalities.end(), modality) == info.modalities.end())
                continue;
            for (const Fill fill : fillsFor(info)) {
                AskedCurve one = begin(kind, nameOf(modality), model, fill);
                for (const double place : places) {
                    const Damage loss{modality == Modality::Face ? DamageKind::FaceLoss : DamageKind::SpeechLoss,
                                      shares ? place : m_options.burstShare, shares ? m_options.burst : place};
                    if (baseline) one.points.push_back(at(place, model, {}, fill));
                    else if (suits(model, loss)) one.points.push_back(at(place, model, {loss}, fill));
                }
                if (!one.points.empty()) all.push_back(std::move(one));
            }
        }
    }

    const Study& m_study;
    const RobustnessOptions& m_options;
};

void checkOptions(const RobustnessOptions& options) {
    checkMetric(options.metric);
    checkVariant(options.variant);
    if (options.models.empty()) throw Error(ErrorKind::Usage, "no model was named", "--model");
    const auto share = [](double value) { return value >= 0 && value <= 1; };
    if (!std::all_of(options.shares.begin(), options.shares.end(), share) || !share(options.burstShare))
        throw Error(ErrorKind::Usage, "a missing share lies outside 0 to 100 %", "--shares");
    const auto length = [](double value) { return value >= 1 && value <= 1e6; };
    if (!std::all_of(options.bursts.begin(), options.bursts.end(), length) || !length(options.burst))
        throw Error(ErrorKind::Usage, "a gap is shorter than one frame or has no end", "--bursts");
    if (options.damageSeeds < 1) throw Error(ErrorKind::Usage, "at least one seed of the damage is needed");
}

nlohmann::ordered_json settingsOf(const RobustnessOptions& options) {
    nlohmann::ordered_json json{{"metric", options.metric},          {"variant", options.variant},
                                {"shares", options.shares},          {"burst", options.burst},
                                {"bursts", options.bursts},          {"burst_share", options.burstShare},
                                {"damage_seed", options.damageSeed}, {"damage_seeds", options.damageSeeds}};
    json["damages"] = json["modalities"] = json["fills"] = nlohmann::ordered_json::array();
    for (const Damage& damage : options.failures) json["damages"].push_back(damageText(damage));
    for (const Modality modality : options.modalities) json["modalities"].push_back(nameOf(modality));
    for (const Fill fill : options.fills) json["fills"].push_back(fillName(fill));
    return json;
}

} // namespace

Robustness robustnessOf(Study& study, const RobustnessOptions& options, JobContext& job) {
    checkOptions(options);
    std::vector<AskedCurve> asked = Planner(study, options).curves();
    std::vector<StudyRun> runs;
    for (const AskedCurve& curve : asked)
        for (const Asked& point : curve.points) runs.insert(runs.end(), point.runs.begin(), point.runs.end());
    if (runs.empty())
        throw Error(ErrorKind::Usage, "none of the models can do without a modality, and no failure was named",
                    "--model");
    study.predict(runs, job);

    Robustness result;
    result.metric = options.metric;
    result.variant = options.variant;
    result.burst = options.burst;
    result.burstShare = options.burstShare;
    result.corpus = study.options().corpus.filename().string();
    result.clips = study.part().size();
    result.samples = study.options().samples;
    result.synthetic = study.part().synthetic();
    result.session = studySession(study, options.models, "robustness", settingsOf(options));
    if (!options.failures.empty()) result.failures.emplace_back("no damage");
    for (const Damage& damage : options.failures) result.failures.push_back(damageLabel(damage));
    bool networks = false, damages = false, draws = false;
    double done = 0;
    for (AskedCurve& curve : asked) {
        for (const Asked& point : curve.points) {
            std::map<int, std::vector<double>> byNetwork;
            for (const StudyRun& run : point.runs) {
                job.progress(done++, static_cast<double>(runs.size()),
                             "scoring " + run.label + ", " + run.treatment.name);
                MetricValues scores = study.scores(run, {options.metric}, job);
                byNetwork[run.checkpoint].push_back(scores[options.variant][options.metric].value);
            }
            CurvePoint drawn;
            drawn.x = point.x;
            if (byNetwork.size() > 1)
                for (const auto& [network, values] : byNetwork) drawn.values.push_back(meanOf(values));
            else drawn.values = byNetwork.begin()->second;
            networks = networks || byNetwork.size() > 1;
            damages = damages || (byNetwork.size() == 1 && options.damageSeeds > 1);
            draws = draws || (byNetwork.size() == 1 && study.options().samplingSeeds > 1);
            drawn.mean = meanOf(drawn.values);
            drawn.deviation = deviationOf(drawn.values);
            curve.curve.points.push_back(std::move(drawn));
        }
        result.curves.push_back(std::move(curve.curve));
    }
    if (networks) result.band = "training seeds";
    if (damages) result.band += std::string(result.band.empty() ? "" : "; with one network: ") + "damage seeds";
    if (draws)
        result.band += std::string(result.band.empty() ? ""
                                   : damages           ? " and "
                                                       : "; with one network: ") +
                       "sampling seeds";
    return result;
}

PlotFigure robustnessFigure(const Robustness& r) {
    PlotFigure figure;
    const std::string arrow = higherIsBetter(r.metric) ? "higher is better" : "lower is better";
    const std::string unit = r.metric == "FRSyn" ? "frames"
                             : r.metric == "FRCorr" || r.metric == "FRDist"
                                 ? "sum over " + std::to_string(r.samples) + " reactions"
                                 : "squared units";
    figure.title = r.metric + " with a damaged speaker";
    figure.session = r.session;
    const auto percent = [](double share) {
        char text[32];
        std::snprintf(text, sizeof text, "%.0f %%", 100 * share);
        return std::string(text);
    };
    for (const char* kind : {"share", "burst", "failure"})
        for (const char* modality : {"face", "speech", ""}) {
            PlotPanel panel;
            for (const RobustnessCurve& curve : r.curves) {
                if (curve.kind != kind || curve.modality != modality) continue;
                PlotSeries series;
                series.label = curve.label;
                series.dashed = curve.reference;
                bool band = false;
                for (const CurvePoint& point : curve.points) {
                    series.x.push_back(curve.kind == "share" ? 100 * point.x : point.x);
                    series.y.push_back(point.mean);
                    series.low.push_back(point.mean - point.deviation);
                    series.high.push_back(point.mean + point.deviation);
                    band = band || point.values.size() > 1;
                }
                if (!band) series.low.clear(), series.high.clear();
                panel.series.push_back(std::move(series));
            }
            if (panel.series.empty()) continue;
            panel.yLabel = r.metric + " (" + unit + ", " + arrow + ")";
            const std::string what = modality == std::string("face") ? "face" : "voice";
            if (kind == std::string("share")) {
                panel.title = "More and more of the " + what + " missing, gaps of " +
                              std::to_string(std::lround(r.burst)) + " frames";
                panel.xLabel = "frames without the " + what + " (%)";
                panel.xLow = 0;
                panel.xHigh = 100;
            } else if (kind == std::string("burst")) {
                panel.title = percent(r.burstShare) + " of the " + what + " missing, in longer and longer gaps";
                panel.xLabel = "mean length of a gap (frames)";
            } else {
                panel.title = "Failures of the recording";
                panel.categories = r.failures;
            }
            figure.panels.push_back(std::move(panel));
        }
    figure.notes.push_back(r.corpus + (r.synthetic ? " (synthetic data)" : "") + ", " + std::to_string(r.clips) +
                           " clips, " + std::to_string(r.samples) + " reactions each, variant " + r.variant +
                           "; the same damage for every model");
    figure.notes.push_back(r.band.empty() ? "one network, one draw: no band"
                                          : "bands: one standard deviation to both sides over " + r.band);
    return figure;
}

std::string robustnessCsv(const Robustness& r) {
    std::string text = "kind,modality,label,model,fill,x,metric,variant,mean,sd,values\n";
    const auto full = [](double value) {
        char digits[40];
        std::snprintf(digits, sizeof digits, "%.17g", value);
        return std::isfinite(value) ? std::string(digits) : std::string();
    };
    for (const RobustnessCurve& curve : r.curves)
        for (const CurvePoint& point : curve.points) {
            const bool failure = curve.kind == "failure";
            std::string values;
            for (const double value : point.values) values += (values.empty() ? "" : " ") + full(value);
            text += curve.kind + "," + curve.modality + "," + csvCell(curve.label) + "," + csvCell(curve.model) + "," +
                    curve.fill + "," +
                    (failure ? csvCell(r.failures[static_cast<std::size_t>(point.x)]) : full(point.x)) + "," +
                    r.metric + "," + r.variant + "," + full(point.mean) + "," +
                    (point.values.size() > 1 ? full(point.deviation) : "") + "," + values + "\n";
        }
    return text;
}

std::string robustnessJson(const Robustness& r) {
    using Json = nlohmann::ordered_json;
    const auto number = [](double value) { return std::isfinite(value) ? Json(value) : Json(); };
    Json json{{"metric", r.metric},
              {"variant", r.variant},
              {"corpus", r.corpus},
              {"synthetic", r.synthetic},
              {"clips", r.clips},
              {"samples", r.samples},
              {"burst", r.burst},
              {"burst_share", r.burstShare},
              {"band_over", r.band.empty() ? Json() : Json(r.band)},
              {"failures", r.failures}};
    if (!r.session.empty()) json["session"] = Json::parse(r.session);
    json["curves"] = Json::array();
    for (const RobustnessCurve& curve : r.curves) {
        Json points = Json::array();
        for (const CurvePoint& point : curve.points)
            points.push_back({{"x", point.x},
                              {"mean", number(point.mean)},
                              {"sd", point.values.size() > 1 ? number(point.deviation) : Json()},
                              {"values", point.values}});
        json["curves"].push_back({{"kind", curve.kind},
                                  {"modality", curve.modality},
                                  {"label", curve.label},
                                  {"model", curve.model},
                                  {"fill", curve.fill},
                                  {"points", points}});
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace emc
