#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/corpus/layout.h"
#include "core/corpus/performance.h"
#include "core/corpus/ridge.h"
#include "core/corpus/statistics.h"
#include "core/data/csv.h"
#include "core/data/mfcc.h"
#include "core/data/npy.h"
#include "core/data/react_corpus.h"
#include "core/data/wav.h"
#include "core/media/film.h"

namespace emc {
namespace fs = std::filesystem;
using namespace corpus;

namespace {

class Checker {
public:
    Checker(fs::path root, JobContext& job) : m_root(std::move(root)), m_job(job) { m_check.root = m_root; }

    CorpusCheck run() {
        if (!fs::is_directory(m_root)) throw Error(ErrorKind::NotFound, "there is no such folder", m_root.string());
        int partitions = 0;
        for (const char* partition : kPartitions)
            if (fs::exists(m_root / (std::string(partition) + ".csv"))) ++partitions, checkPartition(partition);
        if (partitions == 0)
            throw Error(ErrorKind::NotFound, "the folder has no train.csv, val.csv or test.csv", m_root.string(),
                        "Name the root of a corpus.");
        attempt(m_root / "Approprirate_facial_reaction.npy", [&](const fs::path& file) {
            int side = 0;
            readNpySquare01(file, &side);
            const auto rows = readReactIndex(m_root / "data_indices.csv").size();
            if (static_cast<std::size_t>(side) != 2 * rows)
                fault(file, "has " + std::to_string(side) + " rows instead of twice the " + std::to_string(rows) +
                                " of data_indices.csv");
        });
        m_check.clips = static_cast<int>(m_clips.size());
        if (std::any_of(m_clips.begin(), m_clips.end(), [](const ClipData& c) { return !c.hidden.empty(); })) {
            m_check.statistics = statisticsOf(m_clips);
            m_job.progress(1, 1, "ridge");
            addRidge(ridge(m_clips));
        }
        return std::move(m_check);
    }

private:
    void fault(const fs::path& file, std::string problem) { m_check.faults.push_back({file, std::move(problem)}); }
    template <typename Work>
    bool attempt(const fs::path& file, Work work) {
        try {
            work(file);
            return true;
        } catch (const Error& error) { fault(file, error.problem()); }
        return false;
    }

    void checkPartition(const std::string& partition) {
        std::vector<ReactRow> rows;
        if (!attempt(m_root / (partition + ".csv"), [&](const fs::path& file) { rows = readReactIndex(file); })) return;
        attempt(m_root / ("neighbour_emotion_" + partition + ".npy"), [&](const fs::path& file) {
            int side = 0;
            const auto marks = readNpySquare01(file, &side);
            if (static_cast<std::size_t>(side) != 2 * rows.size())
                return fault(file,
                             "has " + std::to_string(side) + " rows instead of " + std::to_string(2 * rows.size()));
            for (int i = 0; i < side; ++i)
                if (!marks[static_cast<std::size_t>(i) * static_cast<std::size_t>(side) + static_cast<std::size_t>(i)])
                    return fault(file, "clip " + std::to_string(i) + " is not a neighbour of itself");
        });
        int done = 0;
        for (const ReactRow& row : rows) {
            m_job.progress(done++, static_cast<double>(rows.size()), partition + " " + row.speaker);
            ClipData clip;
            clip.partition = partition;
            clip.name = row.speaker;
            const bool face = readFace(partition, row.speaker, clip.emotion, clip.coeffs, clip.frames);
            int listenerFrames = 0;
            const bool answer =
                readFace(partition, row.listener, clip.listenerEmotion, clip.listenerCoeffs, listenerFrames);
            const bool sound = readSound(partition, row.speaker, clip.frames, &clip.mfcc);
            readSound(partition, row.listener, listenerFrames, nullptr);
            if (fs::exists(filmFolder(m_root, partition))) {
                readFilm(partition, row.speaker, clip.frames);
                readFilm(partition, row.listener, 1);
            }
            if (face && answer && listenerFrames != clip.frames)
                fault(filesOf(m_root, partition, row.listener).emotion, "is not as long as the speaker's");
            if (!face || !answer || !sound || listenerFrames != clip.frames) continue;
            readHidden(row.speaker, clip);
            m_clips.push_back(std::move(clip));
        }
    }

    bool readFace(const std::string& partition, const std::string& side, std::vector<float>& emotion,
                  std::vector<float>& coeffs, int& frames) {
        const ItemFiles files = filesOf(m_root, partition, side);
        const bool attributes = attempt(files.emotion, [&](const fs::path& file) {
            const NumberTable table = readNumberCsv(file, kEmotionDims);
            frames = static_cast<int>(table.rows);
            emotion = table.values;
            for (std::size_t i = 0; i < emotion.size(); ++i) {
                const std::size_t column = i % kEmotionDims;
                const std::string where =
                    "line " + std::to_string(i / kEmotionDims + 2) + ", " + std::string(kEmotionNames[column]) + " ";
                if (column < 15 && emotion[i] != 0 && emotion[i] != 1) return fault(file, where + "is neither 0 nor 1");
                if (column >= 15 && std::abs(emotion[i]) > 1.001f) return fault(file, where + "is out of range");
                if (column == kEmotionDims - 1) {
                    double sum = 0;
                    for (std::size_t e = kFirstExpression; e < kEmotionDims; ++e) sum += emotion[i - column + e];
                    if (std::abs(sum - 1) > .01)
                        return fault(file, "line " + std::to_string(i / kEmotionDims + 2) +
                                               ", the probabilities do not sum to 1");
                }
            }
        });
        const bool shapes = attempt(files.coeffs, [&](const fs::path& file) {
            std::vector<std::int64_t> shape;
            coeffs = readNpyF32(file, &shape);
            if (shape.empty() || shape.back() != kCoeffDims || coeffs.size() % kCoeffDims)
                throw Error(ErrorKind::BadInput, "the coefficients are not 58 per frame");
            for (const float value : coeffs)
                if (!std::isfinite(value)) throw Error(ErrorKind::BadInput, "a coefficient is not finite");
        });
        if (!attributes || !shapes) return false;
        if (coeffs.size() / kCoeffDims == static_cast<std::size_t>(frames)) return true;
        fault(files.coeffs, "has " + std::to_string(coeffs.size() / kCoeffDims) + " frames, the attributes " +
                                std::to_string(frames));
        return false;
    }

    bool readSound(const std::string& partition, const std::string& side, int frames, std::vector<float>* mfcc) {
        return attempt(filesOf(m_root, partition, side).audio, [&](const fs::path& file) {
            const WavSound sound = readWav(file);
            if (sound.rateHz != kMfccRateHz)
                throw Error(ErrorKind::BadInput, "has " + std::to_string(sound.rateHz) + " Hz instead of 44100");
            const std::vector<float> mono = sound.mono();
            if (std::abs(static_cast<double>(mono.size()) / kMfccSamplesPerFrame - frames) > 3)
                fault(file, "lasts " + std::to_string(mono.size() / kMfccSamplesPerFrame) + " frames instead of " +
                                std::to_string(frames));
            if (mfcc) *mfcc = mfcc78(mono, sound.rateHz, frames);
        });
    }

    void readFilm(const std::string& partition, const std::string& side, int frames) {
        const fs::path folder = filmFolder(m_root, partition) / side, film = folder.string() + ".mp4";
        if (fs::is_directory(folder)) {
            const auto pictures = std::distance(fs::directory_iterator(folder), fs::directory_iterator{});
            if (pictures < frames)
                fault(folder, "has " + std::to_string(pictures) + " pictures instead of " + std::to_string(frames));
            return;
        }
        attempt(film, [&](const fs::path& file) {
            if (!fs::exists(file)) throw Error(ErrorKind::NotFound, "is missing");
            const FilmCheck check = checkFilm(file);
            ++m_check.films;
            if (check.frames < frames)
                fault(file, "has " + std::to_string(check.frames) + " frames instead of " + std::to_string(frames));
        });
    }

    void readHidden(const std::string& speaker, ClipData& clip) {
        const fs::path item(speaker);
        const std::string chat = item.parent_path().parent_path().filename().string();
        const fs::path file = m_root / "hidden" / clip.partition / (chat + "_" + item.filename().string() + ".npy");
        if (!fs::exists(file)) return; // real data has none
        std::sscanf(chat.c_str(), "script%d", &clip.script);
        attempt(file, [&](const fs::path& path) {
            std::vector<float> hidden = readNpyF32(path);
            if (hidden.size() != static_cast<std::size_t>(clip.frames) * kHiddenColumns)
                throw Error(ErrorKind::BadInput, "is not as long as the clip");
            clip.hidden = std::move(hidden);
        });
    }

    void addRidge(const RidgeResult& r) {
        if (!r.valid) return;
        const auto none = [&](const char* name, double value) { m_check.ridge.push_back({name, "", value, 1, 0}); };
        none("FRCorr from face and voice", r.both.frCorr);
        none("FRCorr from the face", r.face.frCorr);
        none("FRCorr from the voice", r.voice.frCorr);
        none("FRCorr from the hidden course", r.hidden.frCorr);
        none("R2 from face and voice", r.both.r2);
        none("R2 from the face", r.face.r2);
        none("R2 from the voice", r.voice.r2);
        none("R2 from the hidden course", r.hidden.r2);
        if (r.both.frCorr <= 0 || r.hidden.frCorr <= 0) return;
        m_check.ridge.push_back({"face / both", "% of FRCorr", 100 * r.face.frCorr / r.both.frCorr, 75, 90});
        m_check.ridge.push_back({"voice / both", "% of FRCorr", 100 * r.voice.frCorr / r.both.frCorr, 75, 90});
        m_check.ridge.push_back({"both / hidden course", "% of FRCorr", 100 * r.both.frCorr / r.hidden.frCorr, 40, 90});
    }

    fs::path m_root;
    JobContext& m_job;
    CorpusCheck m_check;
    std::vector<ClipData> m_clips;
};

} // namespace

CorpusCheck checkCorpus(const fs::path& root, JobContext& job) {
    return Checker(root, job).run();
}

std::string CorpusCheck::text() const {
    std::string text = root.string() + ": " + std::to_string(clips) + " clips, " + std::to_string(films) + " films, " +
                       (faults.empty() ? "no fault" : std::to_string(faults.size()) + " faults") + "\n";
    for (const CorpusFault& f : faults) text += "  " + f.file.string() + ": " + f.problem + "\n";
    const auto table = [&](const char* title, const std::vector<CorpusFigure>& figures) {
        if (!figures.empty()) text += std::string(title) + "\n";
        for (const CorpusFigure& f : figures) {
            char line[200];
            std::snprintf(line, sizeof line, "  %-34s %9.3f %-16s", f.name.c_str(), f.value, f.unit.c_str());
            text += line;
            if (f.low <= f.high) {
                std::snprintf(line, sizeof line, " target %g .. %g%s", f.low, f.high, f.ok() ? "" : "  OUTSIDE");
                text += line;
            }
            text += "\n";
        }
    };
    table("Statistics", statistics);
    table("Predictability of the listener by ridge", ridge);
    return text;
}

} // namespace emc
