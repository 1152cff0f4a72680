// emc evaluate CORPUS: reactions of models to the test part, under conditions, stored; and their metrics.
#include <algorithm>
#include <set>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "app/commands/study_arguments.h"
#include "core/api/error.h"

namespace emc::cli {
namespace {

struct EvaluateArguments {
    StudyArguments study;
    std::vector<std::string> conditions, fills, missing, damages, metrics;
    std::uint64_t damageSeed = 1;
    bool noMetrics = false;
    std::string variant = "official";
};

std::vector<Treatment> treatmentsOf(const ModelInfo& info, const EvaluateArguments& a) {
    std::vector<Fill> fills;
    for (const Fill fill : fillsOf(info))
        if (a.fills.empty() || std::find(a.fills.begin(), a.fills.end(), fillName(fill)) != a.fills.end())
            fills.push_back(fill);
    const bool own = !a.missing.empty() || !a.damages.empty();
    std::vector<Treatment> treatments;
    for (Treatment& treatment : allTreatments(info)) {
        // Spans and damages of one's own replace the usual conditions unless these are named too.
        if ((a.conditions.empty() && own) || (treatment.missesSomething() && fills.empty())) continue;
        if (asked(treatment, a.conditions, fills)) treatments.push_back(std::move(treatment));
    }
    std::vector<FrameSpan> face, speech;
    for (const std::string& text : a.missing) {
        const auto [modality, span] = parseMissing(text);
        (modality == Modality::Face ? face : speech).push_back(span);
    }
    std::vector<Damage> damages;
    for (const std::string& text : a.damages) damages.push_back(parseDamage(text));
    std::vector<Treatment> extra;
    for (const Fill fill : fills.empty() ? std::vector<Fill>{Fill::Zeros} : fills) {
        const bool baseline = info.condition == "baseline";
        if (!a.missing.empty() && !baseline) extra.push_back(withSpans(face, speech, fill));
        if (!damages.empty()) {
            const Treatment damaged = withDamage(damages, fill, a.damageSeed);
            if (!baseline || !damaged.missesSomething()) extra.push_back(damaged);
        }
    }
    for (Treatment& treatment : extra) // without a loss the substitute makes no difference
        if (std::none_of(treatments.begin(), treatments.end(),
                         [&](const Treatment& other) { return other.identity() == treatment.identity(); }))
            treatments.push_back(std::move(treatment));
    return treatments;
}

void runEvaluate(Session& session, const EvaluateArguments& a) {
    checkVariant(a.variant);
    for (const std::string& metric : a.metrics) checkMetric(metric);
    for (const std::string& text : a.damages) parseDamage(text);
    for (const std::string& text : a.missing) parseMissing(text);
    const auto study = a.study.open();
    for (const std::string& note : a.study.groupNotes()) session.note(note);
    const std::vector<StudyModel> models = a.study.studyModels(true);
    std::vector<StudyRun> runs;
    for (const StudyModel& model : models)
        for (const Treatment& treatment : treatmentsOf(study->infoOf(model), a))
            for (StudyRun& run : study->runsOf(model, treatment)) runs.push_back(std::move(run));
    if (runs.empty())
        throw Error(ErrorKind::Usage, "none of the models can be asked for these conditions", "--conditions",
                    "Baselines take everything only, hosts know no substitute but zeros");
    study->predict(runs, session.job());

    const std::vector<std::string> metrics = a.metrics.empty() ? metricNames() : a.metrics;
    std::string text = "| model | condition | substitute | run | seed |", line = "|---|---|---|---|---|";
    for (const std::string& metric : metrics) {
        text += " " + metric + (higherIsBetter(metric) ? " ↑ |" : " ↓ |");
        line += "---:|";
    }
    text += "\n" + line + "\n";
    auto list = nlohmann::json::array();
    std::set<std::string> folders;
    double done = 0;
    for (const StudyRun& run : runs) {
        session.job().progress(done++, static_cast<double>(runs.size()),
                               "scoring " + run.label + ", " + run.treatment.name);
        nlohmann::json one{{"label", run.label},
                           {"model", run.model},
                           {"condition", run.treatment.name},
                           {"fill", run.treatment.fillName()},
                           {"checkpoint", run.weights.string()},
                           {"checkpoint_hash", run.weightsHash},
                           {"seed", run.seed},
                           {"folder", study->folderOf(run).string()},
                           {"clips", study->part().size()}};
        folders.insert(study->folderOf(run).string());
        text += "| " + run.label + " | " + run.treatment.name + " | " +
                (run.treatment.fillName().empty() ? "-" : run.treatment.fillName()) + " | " +
                std::to_string(run.checkpoint + 1) + " | " + std::to_string(run.seed) + " |";
        if (!a.noMetrics) {
            MetricValues values = study->scores(run, metrics, session.job());
            for (const auto& [variant, found] : values)
                for (const auto& [metric, value] : found) { // NaN becomes null
                    if (metric == "nan_clips") one["nan_clips"] = value.value;
                    else if (metric != "frames") one["metrics"][variant][metric] = value.value;
                }
            for (const std::string& metric : metrics) {
                char number[40];
                std::snprintf(number, sizeof number, " %.*f |", metricDecimals(metric),
                              values[a.variant][metric].value);
                text += number;
            }
        }
        text += "\n";
        list.push_back(std::move(one));
    }
    session.result = {{"runs", list}, {"reactions", study->reactions()}, {"wrote", folders}};
    session.say(a.noMetrics ? "wrote " + std::to_string(folders.size()) + " runs to " + a.study.studyFolder().string()
                            : text);
    session.say(std::to_string(runs.size()) + " runs over " + std::to_string(study->part().size()) + " clips, " +
                std::to_string(study->reactions()) + " of the reactions were not stored yet; metrics: " + a.variant);
}

} // namespace

Command evaluateCommand() {
    return {
        "evaluate", "React to a whole test part under conditions, keep the reactions, score them",
        [](CLI::App& app) -> Run {
            auto a = std::make_shared<EvaluateArguments>();
            a->study.declare(app);
            app.add_option("--conditions", a->conditions, "both, without-face, without-speech; otherwise all")
                ->delimiter(',')
                ->check(CLI::IsMember({"both", "without-face", "without-speech"}));
            app.add_option("--fill", a->fills, "cma, zeros, mean; otherwise all that a model knows")
                ->delimiter(',')
                ->check(CLI::IsMember({"cma", "zeros", "mean"}));
            app.add_option("--missing", a->missing,
                           "A span that is missing in every clip: face:BEGIN-END or speech:BEGIN-END");
            app.add_option("--damage", a->damages,
                           "A failure of the recording, for example face-loss:0.3:25 (share and mean gap in frames), "
                           "noise:5 (dB), low-rate:5 (fps); several happen together");
            app.add_option("--damage-seed", a->damageSeed, "Where the damage strikes")->capture_default_str();
            app.add_option("--metrics", a->metrics, "FRCorr,FRDist,...; otherwise all")->delimiter(',');
            app.add_option("--variant", a->variant, "official or fixed, for the printed table")->capture_default_str();
            app.add_flag("--no-metrics", a->noMetrics, "Keep the reactions only");
            return [a](Session& session) { runEvaluate(session, *a); };
        }};
}

} // namespace emc::cli
