#include "core/study/core_studies.h"

#include <mutex>

#include "core/study/occlusion.h"
#include "core/study/robustness.h"
#include "core/study/study_places.h"

namespace emc {
namespace {

class CoreStudies final : public StudyService {
public:
    explicit CoreStudies(StudyMachine machine) : m_machine(std::move(machine)) {}

    StudyTable stored(const StudyRequest& request, JobContext& job) override {
        const std::lock_guard lock(m_mutex);
        TableOptions options = optionsOf(request);
        options.storedOnly = true;
        return makeTable(reader(request), options, job);
    }
    StudyTable table(const StudyRequest& request, JobContext& job, const Observer& observer) override {
        const TableOptions options = optionsOf(request);
        const auto study = open(request.study, options.models);
        {
            const std::lock_guard lock(m_mutex);
            m_reader.reset(); // weights or clips may have changed since it was opened
        }
        return makeTable(*study, options, job, observer);
    }
    Robustness robustness(const StudyRequest& request, const CurveRequest& curves, JobContext& job) override {
        RobustnessOptions options;
        options.models = optionsOf(request).models;
        options.metric = curves.metric;
        options.variant = request.table.variant;
        options.shares = curves.shares;
        options.burst = curves.burst;
        options.bursts = curves.bursts;
        options.burstShare = curves.burstShare;
        options.modalities = curves.modalities;
        options.fills = request.table.fills;
        options.damageSeeds = curves.damageSeeds;
        if (curves.failures) options.failures = failurePresets();
        const auto study = open(request.study, options.models);
        return robustnessOf(*study, options, job);
    }
    StudyClips clips(const StudyRequest& request, const StudyPlace& place, JobContext& job) override {
        const std::lock_guard lock(m_mutex);
        return clipsOf(reader(request), optionsOf(request), place, job);
    }
    StudyClipDetail clip(const StudyRequest& request, const StudyPlace& place, int clip, int run,
                         JobContext& job) override {
        const std::lock_guard lock(m_mutex);
        return clipDetailOf(reader(request), optionsOf(request), place, clip, run, job);
    }
    StudyOcclusion occlusion(const StudyRequest& request, const StudyPlace& place, int clip,
                             const OcclusionOptions& given, JobContext& job) override {
        const TableOptions table = optionsOf(request);
        const auto study = open(request.study, table.models);
        return occlusionOf(*study, table, place, clip, given, job);
    }

    std::string text(const StudyTable& table, TableFormat format) override { return tableText(table, format); }
    std::string text(const Robustness& robustness, FigureFormat format) override {
        return format == FigureFormat::Svg   ? plotSvg(robustnessFigure(robustness))
               : format == FigureFormat::Csv ? robustnessCsv(robustness)
                                             : robustnessJson(robustness);
    }
    std::string text(const StudyOcclusion& o, FigureFormat format) override {
        if (format == FigureFormat::Json)
            throw Error(ErrorKind::Usage, "an occlusion curve is written as .svg or .csv");
        return format == FigureFormat::Svg ? plotSvg(occlusionFigure(o)) : occlusionCsv(o.points);
    }

private:
    TableOptions optionsOf(const StudyRequest& request) const {
        TableOptions options = request.table;
        if (m_machine.addWeights) m_machine.addWeights(options.models);
        return options;
    }
    std::unique_ptr<Study> open(const StudyOptions& options, const std::vector<StudyModel>& models) const {
        if (m_machine.setThreads) m_machine.setThreads(options.threads);
        return openStudy(options, m_machine.services, models);
    }
    static std::string keyOf(const StudyOptions& o) {
        return o.corpus.string() + "\n" + o.folder.string() + "\n" + o.partition + "\n" + std::to_string(o.samples) +
               " " + std::to_string(o.seed) + " " + std::to_string(o.samplingSeeds) + " " + std::to_string(o.frames) +
               " " + std::to_string(o.clips) + " " + std::to_string(o.half) + std::to_string(o.coeffs);
    }
    // One open study for looking things up: a large corpus is listed once. Guarded by m_mutex.
    Study& reader(const StudyRequest& request) {
        const std::string key = keyOf(request.study);
        if (!m_reader || key != m_readerKey) {
            m_reader = openStudy(request.study, m_machine.services, {});
            m_readerKey = key;
        }
        return *m_reader;
    }

    const StudyMachine m_machine;
    std::mutex m_mutex;
    std::unique_ptr<Study> m_reader;
    std::string m_readerKey;
};

} // namespace

std::unique_ptr<Study> openStudy(const StudyOptions& options, const StudyServices& services,
                                 const std::vector<StudyModel>& models) {
    auto study = std::make_unique<Study>(options, services);
    for (const StudyModel& model : models) study->check(model);
    return study;
}

std::unique_ptr<StudyService> makeStudyService(StudyMachine machine) {
    return std::make_unique<CoreStudies>(std::move(machine));
}

} // namespace emc
