#include "core/study/study_places.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/eval/metric_suite.h"
#include "core/study/figure_session.h"
#include "core/study/occlusion.h"
#include "core/study/study_impl.h"
#include "core/study/study_plan.h"

namespace emc {
namespace {

const PlannedRow& findRow(const std::vector<PlannedRow>& rows, const StudyPlace& place) {
    for (const PlannedRow& row : rows)
        if (row.model && row.row.label == place.label && row.row.condition == place.condition) return row;
    throw Error(ErrorKind::NotFound, "the table has no row \"" + place.label + ", " + place.condition + "\"");
}

void checkPerClip(const std::string& metric) {
    checkMetric(metric);
    if (metric == "FRDvs")
        throw Error(ErrorKind::Usage, "FRDvs compares clips with each other: no clip has a value of its own");
}

std::vector<double> meansOf(const Study& study, const PlannedRow& row, const TableOptions& options,
                            const std::string& metric) {
    std::vector<MetricValues> scores;
    std::vector<const MetricValue*> values;
    for (const StudyRun& run : row.runs) {
        std::optional<MetricValues> stored = study.storedScores(run, {metric});
        if (!stored)
            throw Error(ErrorKind::NotFound, rowName(row.row) + " is not scored yet", {}, "Start the study first");
        scores.push_back(std::move(*stored));
    }
    for (MetricValues& one : scores) values.push_back(&one[options.variant][metric]);
    return clipMeans(values, static_cast<std::size_t>(study.part().size()));
}

void checkClip(const Study& study, int clip) {
    if (clip < 0 || clip >= study.part().size())
        throw Error(ErrorKind::Usage, "there is no clip " + std::to_string(clip), "--clip",
                    "Write 0 to " + std::to_string(study.part().size() - 1));
}

// The path that opens a clip again: of a tree the file of one modality, otherwise its folder.
std::filesystem::path pathOf(const Clip& clip) {
    const std::filesystem::path video = clip.videoFile();
    return video.empty() || std::filesystem::exists(clip.info().path / "clip.toml") ? clip.info().path : video;
}

} // namespace

StudyClips clipsOf(Study& study, const TableOptions& options, const StudyPlace& place, JobContext& job) {
    checkVariant(options.variant);
    checkPerClip(place.metric);
    const std::vector<PlannedRow> rows = planTable(study, options);
    const PlannedRow& row = findRow(rows, place);
    StudyClips result;
    result.place = place;
    const std::vector<double> own = meansOf(study, row, options, place.metric);
    std::vector<double> theirs;
    if (const PlannedRow* reference = referenceOf(row, rows)) {
        bool scored = true;
        for (const StudyRun& run : reference->runs) scored = scored && study.storedScores(run, {place.metric});
        if (scored) {
            theirs = meansOf(study, *reference, options, place.metric);
            result.reference = rowName(reference->row);
        }
    }
    for (int i = 0; i < study.part().size(); ++i) {
        job.checkpoint();
        StudyClip clip;
        clip.place = i;
        clip.id = study.part().pair(i).speaker->info().id;
        clip.value = own[static_cast<std::size_t>(i)];
        if (!theirs.empty() && !std::isnan(theirs[static_cast<std::size_t>(i)]))
            clip.reference = theirs[static_cast<std::size_t>(i)];
        result.clips.push_back(std::move(clip));
    }
    return result;
}

StudyClipDetail clipDetailOf(Study& study, const TableOptions& options, const StudyPlace& place, int clip, int run,
                             JobContext& job) {
    checkVariant(options.variant);
    checkPerClip(place.metric);
    const std::vector<PlannedRow> rows = planTable(study, options);
    const PlannedRow& row = findRow(rows, place);
    checkClip(study, clip);
    if (run < 0 || run >= static_cast<int>(row.runs.size()))
        throw Error(ErrorKind::Usage, "there is no run " + std::to_string(run));
    const StudyRun& chosen = row.runs[static_cast<std::size_t>(run)];
    const ScoreSet set = study.scoreSet(chosen, job, clip);

    MetricRequest request;
    request.metrics = {place.metric};
    request.variants = {options.variant == "fixed" ? MetricVariant::Fixed : MetricVariant::Official};
    request.threads = study.options().threads;
    const std::size_t course = static_cast<std::size_t>(set.frames) * kEmotionDims, all = set.listeners.size() / course;
    const bool listeners = metricInfo(place.metric).needsTargets;
    // As computeMetrics() does: who is not scored stands behind, without neighbours.
    std::vector<float> predictions = set.predictions;
    std::vector<std::uint8_t> neighbours;
    MetricInputs inputs;
    inputs.clips = 1;
    inputs.samples = set.samples;
    inputs.frames = set.frames;
    if (listeners) {
        inputs.clips = static_cast<int>(all);
        predictions.resize(all * static_cast<std::size_t>(set.samples) * course);
        neighbours.assign(all * all, 0);
        for (const int j : set.appropriate.front()) neighbours[static_cast<std::size_t>(j)] = 1;
        inputs.targets = set.listeners;
        inputs.neighbours = neighbours;
    } else {
        inputs.speakers = set.speakers;
    }
    inputs.predictions = predictions;
    const MetricReport report = evaluate(inputs, request, job);
    const MetricResult* result = report.find(place.metric, request.variants.front());

    const Clip& speaker = *study.part().pair(clip).speaker;
    StudyClipDetail detail;
    detail.id = speaker.info().id;
    detail.clip = pathOf(speaker);
    detail.run = chosen.label;
    detail.weights = chosen.weights;
    detail.model = chosen.model;
    detail.runs = static_cast<int>(row.runs.size());
    detail.seed = drawSeed(chosen, study.part().index(clip));
    detail.frames = set.frames;
    detail.fill = chosen.treatment.fill;
    detail.availability = chosen.treatment.availability(speaker.info());
    detail.value = result->perClip.empty() ? result->value : result->perClip.front();
    // In the order in which scoreSet() places them: the clip's own listener first, then the other appropriate ones.
    std::vector<std::string> names{study.part().pair(clip).listener->info().id};
    for (const int j : study.part().appropriate(clip))
        if (j != study.part().index(clip)) names.push_back(study.part().listenerName(j));
    const bool up = higherIsBetter(place.metric);
    for (int k = 0; k < set.samples; ++k) {
        const auto at = static_cast<std::size_t>(k);
        StudySample sample;
        sample.value = at < result->perSample.size() ? result->perSample[at] : std::nan("");
        if (listeners && at < result->neighbour.size() && result->neighbour[at] >= 0) {
            sample.neighbour = names[static_cast<std::size_t>(result->neighbour[at])];
            sample.own = result->neighbour[at] == 0;
        }
        // FRSyn is about the size of a lag, whichever way it goes.
        const auto goodness = [&](double value) { return up ? value : -std::abs(value); };
        if (!std::isnan(sample.value)) {
            const auto beats = [&](int other, double sign) {
                return other < 0 || sign * goodness(sample.value) >
                                        sign * goodness(detail.samples[static_cast<std::size_t>(other)].value);
            };
            if (beats(detail.best, 1)) detail.best = k;
            if (beats(detail.worst, -1)) detail.worst = k;
        }
        detail.samples.push_back(std::move(sample));
    }
    if (detail.best == detail.worst) detail.best = detail.worst = -1;
    return detail;
}

StudyOcclusion occlusionOf(Study& study, const StudyRun& run, int clip, const OcclusionOptions& wish, JobContext& job,
                           const StudyPlace& row) {
    checkClip(study, clip);
    if (run.model == kGroundTruth) throw Error(ErrorKind::Usage, "the ground truth does not react", "--model");
    const StudyOptions& asked = study.options();
    CheckpointRef ref;
    ref.path = run.weights;
    ref.corpus = asked.corpus;
    ref.device = asked.device;
    ref.threads = asked.threads;
    const auto model = openModel(run.model, ref);
    const Pair pair = study.part().pair(clip);
    StudyOcclusion result;
    result.options = wish;
    result.options.samples = asked.samples;
    result.options.frames = asked.frames;
    result.options.seed = run.seed;
    result.clip = pair.speaker->info().id;
    result.model = run.label;
    result.rateHz = pair.speaker->info().rateHz;
    result.points = occlusionCurve(*model, *pair.speaker, result.options, job);
    StudyModel named{run.label, run.model, {}};
    if (!run.weights.empty()) named.checkpoints.push_back(run.weights);
    result.session = studySession(study, {named}, "robustness",
                                  {{"occlusion", wish.modality == Modality::Face ? "face" : "speech"},
                                   {"clip", result.clip},
                                   {"clip_place", clip},
                                   {"row", {{"label", row.label}, {"condition", row.condition}, {"model", run.model}}},
                                   {"window", wish.window},
                                   {"step", wish.step},
                                   {"fill", fillName(result.options.fill)}});
    return result;
}

StudyOcclusion occlusionOf(Study& study, const TableOptions& options, const StudyPlace& place, int clip,
                           const OcclusionOptions& wish, JobContext& job) {
    const std::vector<PlannedRow> rows = planTable(study, options);
    const PlannedRow& row = findRow(rows, place);
    OcclusionOptions filled = wish;
    // Without a substitute of its own the row stands for everything: then the model's first one counts.
    const std::vector<Fill> known = fillsOf(study.infoOf(*row.model));
    filled.fill = row.treatment.missesSomething() || known.empty() ? row.treatment.fill : known.front();
    return occlusionOf(study, row.runs.front(), clip, filled, job, place);
}

} // namespace emc
