#include "core/train/condition_table.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/api/reaction_model.h"
#include "core/data/atomic_file.h"
#include "core/data/pair_source.h"
#include "core/data/sha256.h"
#include "core/eval/metrics.h"
#include "core/train/clip_store.h"

namespace emc {
namespace {

struct Setting {
    std::string condition, fill;
    Availability availability;
    Fill value = Fill::Cma;
};

// Which settings a model can be asked for: CMA only where there is one, a baseline only with everything.
std::vector<Setting> settingsOf(const ModelInfo& info) {
    std::vector<Setting> settings = {{"both", "", {}, Fill::Cma}};
    if (info.condition == "baseline") return settings;
    const bool cma = info.condition.starts_with("emc");
    for (const auto& [condition, availability] : {std::pair("without-face", Availability::withoutFace()),
                                                  std::pair("without-speech", Availability::withoutSpeech())}) {
        if (cma) settings.push_back({condition, "cma", availability, Fill::Cma});
        settings.push_back({condition, "zeros", availability, Fill::Zeros});
        settings.push_back({condition, "mean", availability, Fill::Mean});
    }
    return settings;
}

struct Sums {
    double corr = 0, var = 0, div = 0;
    int clips = 0;
};

struct TestPart {
    std::shared_ptr<const PairSource> source;
    std::vector<int> chosen;
    std::string hash;
};

TestPart openTestPart(const ConditionOptions& options, const TrainServices& services) {
    TestPart part;
    part.source = openPairs(options.corpus, options.partition, services.frames, services.sounds);
    std::vector<int> usable;
    Sha256 hash;
    for (int k = 0; k < part.source->size(); ++k) {
        const Pair pair = part.source->pair(k);
        hash.update(pair.speaker->info().id + pair.speaker->info().contentHash + pair.listener->info().id +
                    pair.listener->info().contentHash);
        // Both modalities must be there to be taken away.
        if (pair.speaker->info().hasSpeech && pair.listener->info().hasFace && hasPictures(*pair.speaker))
            usable.push_back(k);
    }
    if (usable.empty())
        throw Error(ErrorKind::BadInput,
                    "no speaker of the " + options.partition + " part has pictures of the face and a voice",
                    options.corpus.string());
    const int wanted = options.clips > 0 ? std::min<int>(options.clips, static_cast<int>(usable.size()))
                                         : static_cast<int>(usable.size());
    for (int i = 0; i < wanted; ++i)
        part.chosen.push_back(
            usable[static_cast<std::size_t>(static_cast<long>(i) * static_cast<long>(usable.size()) / wanted)]);
    part.hash = hash.hex();
    return part;
}

// The first `frames` rows (T x 25) of everybody who answered this speaker appropriately.
std::vector<std::vector<float>> appropriateListeners(const PairSource& source, int k, int& frames) {
    std::vector<std::shared_ptr<const FaceTrack>> tracks;
    const auto& neighbours = source.neighbours();
    for (int j = 0; j < source.size(); ++j)
        if (neighbours[static_cast<std::size_t>(k) * static_cast<std::size_t>(source.size()) +
                       static_cast<std::size_t>(j)])
            tracks.push_back(source.pair(j).listener->face());
    for (const auto& track : tracks) frames = std::min(frames, track->frames);
    std::vector<std::vector<float>> courses;
    for (const auto& track : tracks)
        courses.emplace_back(track->emotion.begin(),
                             track->emotion.begin() + static_cast<std::ptrdiff_t>(frames) * kEmotionDims);
    return courses;
}

void score(Sums& sums, const std::vector<float>& emotion, int samples, int given, int frames,
           const std::vector<std::vector<float>>& listeners) {
    std::vector<float> cut;
    const std::ptrdiff_t whole = static_cast<std::ptrdiff_t>(given) * kEmotionDims,
                         part = static_cast<std::ptrdiff_t>(frames) * kEmotionDims;
    std::vector<std::vector<float>> courses;
    for (const auto& listener : listeners) courses.emplace_back(listener.begin(), listener.begin() + part);
    for (int k = 0; k < samples; ++k)
        cut.insert(cut.end(), emotion.begin() + k * whole, emotion.begin() + k * whole + part);
    MetricInputs inputs;
    inputs.clips = 1;
    inputs.samples = samples;
    inputs.frames = frames;
    inputs.predictions = cut;
    sums.corr += frCorrOfClip(cut, samples, frames, kEmotionDims, courses);
    sums.var += frVar(inputs);
    sums.div += frDiv(inputs);
    ++sums.clips;
}

class RowFiles {
public:
    RowFiles(std::filesystem::path folder, std::string common)
        : m_folder(std::move(folder)), m_common(std::move(common)) {}
    bool load(const std::string& name, Sums& sums) const {
        const std::filesystem::path path = file(name);
        if (!std::filesystem::exists(path)) return false;
        const nlohmann::json json = nlohmann::json::parse(readTextFile(path), nullptr, false);
        if (!json.is_object() || !json.contains("frcorr") || !json.at("frcorr").is_number()) return false; // made again
        sums.clips = json.value("clips", 0);
        sums.corr = json.value("frcorr", 0.0) * sums.clips;
        sums.var = json.value("frvar", 0.0) * sums.clips;
        sums.div = json.value("frdiv", 0.0) * sums.clips;
        return sums.clips > 0;
    }
    void store(const std::string& name, const Sums& sums) const {
        nlohmann::ordered_json json;
        json["row"] = name;
        json["clips"] = sums.clips;
        json["frcorr"] = sums.corr / sums.clips;
        json["frvar"] = sums.var / sums.clips;
        json["frdiv"] = sums.div / sums.clips;
        writeFileAtomically(file(name), json.dump(2) + "\n");
    }

private:
    std::filesystem::path file(const std::string& name) const {
        return m_folder / ("row-" + sha256Hex(m_common + "\n" + name).substr(0, 20) + ".json");
    }
    std::filesystem::path m_folder;
    std::string m_common;
};

std::filesystem::path checkpointFile(const std::filesystem::path& path) {
    return std::filesystem::is_directory(path) ? path / "best.safetensors" : path;
}

void finish(ConditionRow& row) {
    const auto mean = [](const std::vector<double>& values) {
        double sum = 0;
        for (double value : values) sum += value;
        return values.empty() ? 0 : sum / static_cast<double>(values.size());
    };
    row.seeds = static_cast<int>(row.frCorr.size());
    row.frCorrMean = mean(row.frCorr);
    row.frVarMean = mean(row.frVar);
    row.frDivMean = mean(row.frDiv);
    double squares = 0;
    for (double value : row.frCorr) squares += (value - row.frCorrMean) * (value - row.frCorrMean);
    row.frCorrDeviation = row.seeds > 1 ? std::sqrt(squares / (row.seeds - 1)) : 0;
}

void addTo(ConditionRow& row, const Sums& sums) {
    row.clips = sums.clips;
    row.frCorr.push_back(sums.corr / sums.clips);
    row.frVar.push_back(sums.var / sums.clips);
    row.frDiv.push_back(sums.div / sums.clips);
}

} // namespace

std::vector<ConditionRow> conditionTable(const ConditionOptions& options, const TrainServices& services,
                                         JobContext& job) {
    const TestPart part = openTestPart(options, services);
    const RowFiles files(options.folder, "table 1 " + part.hash + " " + options.partition + " " +
                                             std::to_string(options.samples) + " " + std::to_string(options.seed) +
                                             " " + std::to_string(options.frames) + " " +
                                             std::to_string(part.chosen.size()));
    const auto wantedFrames = [&](int frames) {
        return options.frames > 0 ? std::min(options.frames, frames) : frames;
    };
    std::vector<ConditionRow> rows;
    {
        Sums truth;
        if (!files.load("ground-truth", truth)) {
            for (int k : part.chosen) {
                job.progress(truth.clips, static_cast<double>(part.chosen.size()), "scoring the ground truth");
                const auto real = part.source->pair(k).listener->face();
                int frames = wantedFrames(real->frames);
                const auto listeners = appropriateListeners(*part.source, k, frames);
                std::vector<float> repeated;
                for (int s = 0; s < options.samples; ++s)
                    repeated.insert(repeated.end(), real->emotion.begin(),
                                    real->emotion.begin() + static_cast<std::ptrdiff_t>(frames) * kEmotionDims);
                score(truth, repeated, options.samples, frames, frames, listeners);
            }
            files.store("ground-truth", truth);
        }
        rows.push_back({"ground truth", "", "both", "", 0, 0, {}, {}, {}, 0, 0, 0, 0});
        addTo(rows.back(), truth);
        finish(rows.back());
    }
    for (const ConditionModel& model : options.models) {
        const std::vector<Setting> settings = settingsOf(ModelCatalogue::shared().find(model.model).info);
        std::vector<ConditionRow> own;
        for (const Setting& setting : settings)
            own.push_back({model.label, model.model, setting.condition, setting.fill, 0, 0, {}, {}, {}, 0, 0, 0, 0});
        std::vector<std::filesystem::path> checkpoints = model.checkpoints;
        if (checkpoints.empty()) checkpoints.emplace_back();
        for (const std::filesystem::path& named : checkpoints) {
            const std::filesystem::path checkpoint = named.empty() ? named : checkpointFile(named);
            const std::string identity = checkpoint.empty() ? "no checkpoint" : sha256OfFile(checkpoint);
            std::vector<Sums> sums(settings.size());
            std::vector<std::size_t> missing;
            const auto nameOf = [&](const Setting& setting) {
                return model.model + " " + identity + " " + setting.condition + " " + setting.fill;
            };
            for (std::size_t s = 0; s < settings.size(); ++s)
                if (!files.load(nameOf(settings[s]), sums[s])) missing.push_back(s);
            if (!missing.empty()) {
                CheckpointRef ref;
                ref.path = checkpoint;
                ref.corpus = options.corpus;
                ref.device = options.device;
                ref.threads = options.threads;
                const auto network = openModel(model.model, ref);
                double done = 0;
                const double all = static_cast<double>(part.chosen.size() * missing.size());
                for (int k : part.chosen) { // clips outside: what a model keeps of a clip serves all settings
                    const Pair pair = part.source->pair(k);
                    int frames = wantedFrames(std::min(pair.speaker->info().frames, pair.listener->info().frames));
                    const auto listeners = appropriateListeners(*part.source, k, frames);
                    for (std::size_t s : missing) {
                        job.progress(done++, all,
                                     model.label + ", " + settings[s].condition +
                                         (settings[s].fill.empty() ? "" : " (" + settings[s].fill + ")"));
                        ReactOptions react;
                        react.samples = options.samples;
                        react.seed = options.seed + static_cast<std::uint64_t>(k) *
                                                        1000003u; // the same draws for all models and settings
                        react.availability = settings[s].availability;
                        react.fill = settings[s].value;
                        react.frames = options.frames;
                        const Reactions reactions = network->react(*pair.speaker, react, job);
                        score(sums[s], reactions.emotion, reactions.samples, reactions.frames,
                              std::min(frames, reactions.frames), listeners);
                    }
                    network->forgetCaches(); // a whole test part does not fit in memory
                }
                for (std::size_t s : missing) files.store(nameOf(settings[s]), sums[s]);
            }
            for (std::size_t s = 0; s < settings.size(); ++s) addTo(own[s], sums[s]);
        }
        for (ConditionRow& row : own) {
            finish(row);
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

std::string conditionTableText(const std::vector<ConditionRow>& rows) {
    std::string text = "| model | condition | substitute | FRCorr | sd | FRVar | FRDiv | seeds | clips "
                       "|\n|---|---|---|---|---|---|---|---|---|\n";
    for (const ConditionRow& row : rows) {
        char numbers[160];
        std::snprintf(numbers, sizeof numbers, "%.3f | %.3f | %.4f | %.4f | %d | %d |\n", row.frCorrMean,
                      row.frCorrDeviation, row.frVarMean, row.frDivMean, row.seeds, row.clips);
        text +=
            "| " + row.label + " | " + row.condition + " | " + (row.fill.empty() ? "-" : row.fill) + " | " + numbers;
    }
    return text;
}

} // namespace emc
