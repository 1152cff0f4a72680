#include "core/study/study.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>

#include "core/api/error.h"
#include "core/data/sha256.h"
#include "core/eval/parallel.h"
#include "core/study/damaged_clip.h"
#include "core/study/prediction_files.h"
#include "core/study/study_impl.h"

namespace emc {
namespace fs = std::filesystem;
namespace {

constexpr const char* kFormat = "study 1"; // changes when the same options give other predictions

fs::path weightsFile(const ModelInfo& info, const fs::path& named) {
    fs::path file = named;
    if (fs::is_directory(named)) file = named / (info.condition == "baseline" ? kMeanStatistics : kBestWeights);
    if (!fs::is_regular_file(file))
        throw Error(ErrorKind::NotFound, "there are no weights for " + info.name, file.string(),
                    "Name a run folder that has finished its first validation, or a .safetensors file");
    return file;
}

} // namespace

std::uint64_t drawSeed(const StudyRun& run, int indexInPartition) {
    return run.seed + static_cast<std::uint64_t>(indexInPartition) * 1000003u;
}

const std::string& Study::Impl::hashOf(const fs::path& file) const {
    auto found = hashes.find(file);
    if (found == hashes.end()) found = hashes.emplace(file, sha256OfFile(file)).first;
    return found->second;
}
std::string Study::Impl::identity(const StudyRun& run) const {
    return std::string(kFormat) + "\n" + run.model + "\n" + run.weightsHash + "\n" + part.hash() + "\n" +
           options.partition + "\n" + run.treatment.identity() + "\n" + std::to_string(options.samples) + "\n" +
           std::to_string(run.seed) + "\n" + std::to_string(options.frames) + (options.half ? "\nhalf" : "");
}
void Study::Impl::describe(const StudyRun& run, const fs::path& folder) const {
    writeRunDescription(folder, {{"format", kFormat},
                                 {"version", EMC_VERSION},
                                 {"model", run.model},
                                 {"checkpoint", run.weights.string()},
                                 {"checkpoint_hash", run.weightsHash},
                                 {"corpus", options.corpus.string()},
                                 {"corpus_hash", part.hash()},
                                 {"synthetic_corpus", part.synthetic() ? "true" : "false"},
                                 {"partition", options.partition},
                                 {"condition", run.treatment.name},
                                 {"treatment", run.treatment.identity()},
                                 {"fill", run.treatment.fillName()},
                                 {"samples", std::to_string(options.samples)},
                                 {"seed", std::to_string(run.seed)},
                                 {"frames", std::to_string(options.frames)},
                                 {"storage", options.half ? "f16" : "f32"}});
}
void Study::Impl::predictClip(ReactionModel& model, const StudyRun& run, int i, const fs::path& folder,
                              JobContext& job) {
    const Pair pair = part.pair(i);
    const ClipInfo& info = pair.speaker->info();
    ReactOptions react;
    react.samples = options.samples;
    react.seed = drawSeed(run, part.index(i));
    react.availability = run.treatment.availability(info);
    react.fill = run.treatment.fill;
    react.frames = options.frames;
    const auto clip = run.treatment.damages.empty() ? pair.speaker
                                                    : damagedClip(pair.speaker, run.treatment.damages,
                                                                  run.treatment.clipSeed(info), services.sounds);
    JobContext inner({}, job); // its steps are too small to be told
    Reactions reactions = model.react(*clip, react, inner);
    ++asked;
    reactions.meta["clip"] = info.id;
    reactions.meta["clip_hash"] = info.contentHash;
    reactions.meta["condition"] = run.treatment.name;
    reactions.meta["treatment"] = run.treatment.identity();
    reactions.meta["fill"] = run.treatment.fillName();
    reactions.meta["seed"] = std::to_string(react.seed);
    reactions.meta["checkpoint_hash"] = run.weightsHash;
    reactions.meta["version"] = EMC_VERSION;
    writePrediction(predictionFile(folder, part.index(i)), reactions, options.half, options.coeffs, info.id);
}

Study::Study(StudyOptions options, const StudyServices& services) {
    if (options.samples < 1 || options.samplingSeeds < 1 || options.frames < 0 || options.clips < 0)
        throw Error(ErrorKind::Usage, "samples and seeds must be 1 or more, frames and clips 0 or more");
    if (options.folder.empty()) throw Error(ErrorKind::Usage, "a study needs a folder for its predictions");
    m_impl = std::make_unique<Impl>(std::move(options), services);
}
Study::~Study() = default;

const StudyOptions& Study::options() const {
    return m_impl->options;
}
const StudyPart& Study::part() const {
    return m_impl->part;
}
long Study::reactions() const {
    return m_impl->asked;
}
long Study::scoredClips() const {
    return m_impl->scored;
}

ModelInfo Study::infoOf(const StudyModel& model) const {
    if (model.model != kGroundTruth) return ModelCatalogue::shared().find(model.model).info;
    ModelInfo info;
    info.name = info.host = kGroundTruth;
    info.label = "Ground truth";
    info.condition = "baseline";
    return info;
}

void Study::check(const StudyModel& model) const {
    const ModelInfo info = infoOf(model);
    for (const fs::path& checkpoint : model.checkpoints) weightsFile(info, checkpoint);
    if (info.needsCheckpoint && model.checkpoints.empty())
        throw Error(ErrorKind::NotFound, info.name + " needs trained weights", "--model",
                    "Write --model " + info.name + ":RUN, where RUN is a run folder or a .safetensors file");
    std::set<std::string> seen;
    for (const fs::path& checkpoint : model.checkpoints)
        if (!seen.insert(m_impl->hashOf(weightsFile(info, checkpoint))).second)
            throw Error(ErrorKind::Usage, "the same weights are named twice for " + model.label, checkpoint.string(),
                        "Each run must come from a training seed of its own");
}

std::vector<StudyRun> Study::runsOf(const StudyModel& model, const Treatment& treatment) const {
    check(model);
    const ModelInfo info = infoOf(model);
    std::vector<fs::path> checkpoints = model.checkpoints;
    if (checkpoints.empty()) checkpoints.emplace_back();
    std::vector<StudyRun> runs;
    const int seeds = model.model == kGroundTruth ? 1 : m_impl->options.samplingSeeds;
    for (std::size_t c = 0; c < checkpoints.size(); ++c)
        for (int s = 0; s < seeds; ++s) {
            StudyRun run;
            run.label = model.label;
            run.model = model.model;
            run.checkpoint = static_cast<int>(c);
            if (!checkpoints[c].empty()) {
                run.weights = weightsFile(info, checkpoints[c]);
                run.weightsHash = m_impl->hashOf(run.weights);
            }
            run.seed = m_impl->options.seed + static_cast<std::uint64_t>(s);
            run.treatment = treatment;
            runs.push_back(run);
        }
    return runs;
}

fs::path Study::folderOf(const StudyRun& run) const {
    // Long or odd condition names (damages, spans) are told by the hash and by run.json.
    std::string name = run.model + "." + (run.treatment.damages.empty() ? run.treatment.name : "damaged");
    if (!run.treatment.fillName().empty()) name += "." + run.treatment.fillName();
    return m_impl->options.folder / (name + "." + sha256Hex(m_impl->identity(run)).substr(0, 16));
}

int Study::storedClips(const StudyRun& run) const {
    const int clips = m_impl->part.size();
    if (run.model == kGroundTruth) return clips;
    const fs::path folder = folderOf(run);
    if (!fs::exists(folder)) return 0;
    int stored = 0;
    for (int i = 0; i < clips; ++i)
        stored += predictionStored(predictionFile(folder, m_impl->part.index(i)), m_impl->options.samples, false);
    return stored;
}

void Study::predict(const std::vector<StudyRun>& runs, JobContext& job,
                    const std::function<void(const StudyRun&)>& stored) {
    struct Task {
        const StudyRun* run;
        fs::path folder;
        std::vector<bool> missing;
    };
    std::map<std::pair<std::string, fs::path>, std::vector<Task>> groups; // by network, which is opened once
    std::vector<std::pair<std::string, fs::path>> order;
    std::set<fs::path> seen;
    const StudyOptions& options = m_impl->options;
    const int clips = m_impl->part.size();
    double all = 0;
    std::atomic<int> done{0};
    for (const StudyRun& run : runs) {
        if (run.model == kGroundTruth) continue;
        Task task{&run, folderOf(run), {}};
        if (!seen.insert(task.folder).second) continue;
        const bool coeffs = options.coeffs && ModelCatalogue::shared().find(run.model).info.givesCoeffs;
        bool any = false;
        for (int i = 0; i < clips; ++i) {
            task.missing.push_back(
                !predictionStored(predictionFile(task.folder, m_impl->part.index(i)), options.samples, coeffs));
            any = any || task.missing.back();
            all += task.missing.back();
        }
        if (!any) continue;
        m_impl->describe(run, task.folder);
        auto& group = groups[{run.model, run.weights}];
        if (group.empty()) order.emplace_back(run.model, run.weights);
        group.push_back(std::move(task));
    }
    // Clips are independent, and one thread a network is twice as much work done as several threads in each of its
    // small operations. Networks one after the other, clips inside: what a network keeps of a clip serves all
    // treatments.
    struct Item {
        const std::vector<Task>* group;
        const std::pair<std::string, fs::path>* network;
        int clip;
    };
    std::vector<Item> items;
    for (const auto& key : order)
        for (int i = 0; i < clips; ++i) {
            const auto& group = groups[key];
            const auto misses = [&](const Task& task) { return task.missing[static_cast<std::size_t>(i)]; };
            if (std::any_of(group.begin(), group.end(), misses)) items.push_back({&group, &key, i});
        }
    const int workers = options.device == "cpu" ? std::clamp(threadCount(options.threads), 1, std::max(1, clips)) : 1;
    struct Worker {
        const std::pair<std::string, fs::path>* network = nullptr;
        std::unique_ptr<ReactionModel> model;
    };
    std::vector<Worker> own(static_cast<std::size_t>(workers));
    std::mutex opening, telling;
    JobContext quiet({}, job); // items are told by name here
    parallelFor(static_cast<int>(items.size()), workers, quiet, {}, [&](int item, int thread) {
        const Item& what = items[static_cast<std::size_t>(item)];
        Worker& worker = own[static_cast<std::size_t>(thread)];
        if (worker.network != what.network) {
            const std::lock_guard lock(opening);
            CheckpointRef ref;
            ref.path = what.network->second;
            ref.corpus = options.corpus;
            ref.device = options.device;
            ref.threads = workers > 1 ? 1 : options.threads;
            worker.model = openModel(what.network->first, ref);
            worker.network = what.network;
        }
        for (const Task& task : *what.group) {
            if (!task.missing[static_cast<std::size_t>(what.clip)]) continue;
            const std::string fill = task.run->treatment.fillName();
            job.progress(done++, all,
                         task.run->label + ", " + task.run->treatment.name + (fill.empty() ? "" : " (" + fill + ")") +
                             ": clip " + std::to_string(what.clip + 1) + " of " + std::to_string(clips));
            m_impl->predictClip(*worker.model, *task.run, what.clip, task.folder, job);
            if (!stored) continue;
            const std::lock_guard lock(telling);
            stored(*task.run);
        }
        worker.model->forgetCaches(); // a whole test part does not fit in memory
    });
    if (all > 0) job.progress(all, all, "reactions are stored");
}

Reactions Study::prediction(const StudyRun& run, int i) const {
    if (run.model != kGroundTruth) return readPrediction(predictionFile(folderOf(run), m_impl->part.index(i)));
    const auto real = m_impl->part.listener(m_impl->part.index(i));
    Reactions repeated;
    repeated.samples = m_impl->options.samples;
    repeated.frames = m_impl->options.frames > 0 ? std::min(m_impl->options.frames, real->frames) : real->frames;
    for (int k = 0; k < repeated.samples; ++k)
        repeated.emotion.insert(repeated.emotion.end(), real->emotion.begin(),
                                real->emotion.begin() + static_cast<std::ptrdiff_t>(repeated.frames) * kEmotionDims);
    return repeated;
}

} // namespace emc
