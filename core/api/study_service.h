#pragma once
// What the window asks of core/study, as one interface, so that the window also runs with a fake in tests.
#include <functional>
#include <string>
#include <vector>

#include "core/api/job_context.h"
#include "core/api/study.h"

namespace emc {

struct StudyRequest {
    StudyOptions study;
    // `models` may leave out checkpoints where the program has weights of its own (the demo's).
    TableOptions table;
};

struct CurveRequest {
    std::string metric = "FRCorr";
    std::vector<double> shares = {0, 0.25, 0.5, 0.75, 1};
    double burst = 25; // mean length of a gap in frames, for `shares`
    std::vector<double> bursts;
    double burstShare = 0.5;
    std::vector<Modality> modalities = {Modality::Face, Modality::Speech};
    int damageSeeds = 1;
    bool failures = false; // also the presets of the failure simulator
};

struct StudyOcclusion {
    OcclusionOptions options;
    std::vector<OcclusionPoint> points;
    std::string clip, model;
    std::string session; // JSON of what was asked, for figures
    double rateHz = kFrameRateHz;
};

enum class FigureFormat { Svg, Csv, Json };

// Every call may be made from any thread; calls wait for nothing but the disk and the networks. All throw Error,
// Cancelled (what was stored stays, so that the same call goes on where it was).
class StudyService {
public:
    virtual ~StudyService() = default;
    using Observer = std::function<void(const StudyTable&)>;

    // With what is stored; nothing is predicted or scored.
    virtual StudyTable stored(const StudyRequest& request, JobContext& job) = 0;
    // Predicts and scores what is missing. `observer` hears of every change on the caller's thread.
    virtual StudyTable table(const StudyRequest& request, JobContext& job, const Observer& observer) = 0;
    virtual Robustness robustness(const StudyRequest& request, const CurveRequest& curves, JobContext& job) = 0;
    virtual StudyClips clips(const StudyRequest& request, const StudyPlace& place, JobContext& job) = 0;
    // `clip`: StudyClip::place; `run`: 0 to StudyClipDetail::runs - 1.
    virtual StudyClipDetail clip(const StudyRequest& request, const StudyPlace& place, int clip, int run,
                                 JobContext& job) = 0;
    // Of the row's first run. `options` without samples, frames, seed and fill: those are the study's.
    virtual StudyOcclusion occlusion(const StudyRequest& request, const StudyPlace& place, int clip,
                                     const OcclusionOptions& options, JobContext& job) = 0;

    virtual std::string text(const StudyTable& table, TableFormat format) = 0;
    virtual std::string text(const Robustness& robustness, FigureFormat format) = 0;
    virtual std::string text(const StudyOcclusion& occlusion, FigureFormat format) = 0; // not Json: Error(Usage)
};

} // namespace emc
