#include "tests/core/study/study_corpus.h"

#include <chrono>
#include <cmath>
#include <thread>
#include <utility>

#include "core/api/reaction_model.h"
#include "core/data/atomic_file.h"
#include "core/data/pack.h"
#include "core/study/study_random.h"

namespace emc::test {
namespace {

int g_stopAt = 0;
JobContext* g_stopped = nullptr;

class NumberedFrames : public FrameReader {
public:
    NumberedFrames(int frames, int size) : m_frames(frames), m_size(size > 0 ? size : 8) {}
    int width() const override { return m_size; }
    int height() const override { return m_size; }
    bool next(std::vector<std::uint8_t>& rgb) override {
        if (m_at >= m_frames) return false;
        rgb.assign(static_cast<std::size_t>(m_size * m_size * 3), static_cast<std::uint8_t>(m_at++));
        return true;
    }

private:
    int m_frames, m_size, m_at = 0;
};

class MemoryClip : public Clip {
public:
    MemoryClip(std::string id, FaceTrack face, SpeechTrack speech, std::filesystem::path sound = {})
        : m_face(std::make_shared<FaceTrack>(std::move(face))),
          m_speech(std::make_shared<SpeechTrack>(std::move(speech))), m_sound(std::move(sound)) {
        m_info.id = id;
        m_info.contentHash = "memory " + id;
        m_info.frames = m_face->frames;
        m_info.synthetic = true;
    }
    const ClipInfo& info() const override { return m_info; }
    std::shared_ptr<const FaceTrack> face() const override { return m_face; }
    std::shared_ptr<const SpeechTrack> speech() const override { return m_speech; }
    std::unique_ptr<FrameReader> faceFrames(int size) const override {
        return std::make_unique<NumberedFrames>(m_info.frames, size);
    }
    std::filesystem::path soundFile() const override { return m_sound; }
    std::filesystem::path videoFile() const override { return {}; }
    std::vector<std::filesystem::path> filesRead() const override { return {}; }

private:
    ClipInfo m_info;
    std::shared_ptr<const FaceTrack> m_face;
    std::shared_ptr<const SpeechTrack> m_speech;
    std::filesystem::path m_sound;
};

std::shared_ptr<const Clip> personClip(const std::string& id, int frames, double phase, double gain, int lag,
                                       std::uint64_t seed) {
    FaceTrack face;
    SpeechTrack speech;
    face.frames = speech.frames = frames;
    StudyRandom random(seed);
    for (int t = 0; t < frames; ++t) {
        const double x = gain * (0.5 + 0.5 * std::sin((t - lag) * 0.2 + phase));
        for (int d = 0; d < kEmotionDims; ++d)
            face.emotion.push_back(static_cast<float>(x * (1 + d % 3) / 3 + 0.03 * random.gaussian()));
        for (int d = 0; d < kCoeffDims; ++d) face.coeffs.push_back(static_cast<float>(0.1 * x));
        for (int d = 0; d < kMfccDims; ++d) speech.mfcc.push_back(static_cast<float>(x + 0.05 * random.gaussian()));
        face.confidence.push_back(1);
    }
    return std::make_shared<MemoryClip>(id, std::move(face), std::move(speech));
}

class MemoryPairs : public PairSource {
public:
    MemoryPairs(int rows, int frames) : m_rows(rows) {
        for (int row = 0; row < rows; ++row) {
            const std::string name = "test/" + std::to_string(row);
            const double phase = 1.7 * (row / 2);
            m_clips.push_back(
                {personClip(name + "/speaker", frames, phase, 1, 0, static_cast<std::uint64_t>(row) * 2 + 1),
                 personClip(name + "/listener", frames, phase, 0.7 + 0.1 * (row % 2), 3,
                            static_cast<std::uint64_t>(row) * 2 + 2)});
        }
        for (int i = 0; i < size(); ++i)
            for (int j = 0; j < size(); ++j)
                m_neighbours.push_back(i / rows == j / rows && (i % rows) / 2 == (j % rows) / 2);
    }
    const std::string& partition() const override { return m_partition; }
    int rows() const override { return m_rows; }
    bool synthetic() const override { return true; }
    Pair pair(int k) const override {
        const auto& both = m_clips[static_cast<std::size_t>(k % m_rows)];
        return k < m_rows ? Pair{both.first, both.second, -1} : Pair{both.second, both.first, -1};
    }
    const std::vector<std::uint8_t>& neighbours() const override { return m_neighbours; }

private:
    std::string m_partition = "test";
    int m_rows;
    std::vector<std::pair<std::shared_ptr<const Clip>, std::shared_ptr<const Clip>>> m_clips;
    std::vector<std::uint8_t> m_neighbours;
};

// Follows the mean of what it sees and hears, with noise of its draws.
class FollowModel : public ReactionModel {
public:
    FollowModel(ModelInfo info, double gain) : m_info(std::move(info)), m_gain(gain) {}
    const ModelInfo& info() const override { return m_info; }
    Reactions react(const Clip& clip, const ReactOptions& options, JobContext& job) override {
        job.checkpoint();
        if (++studyReactions() == g_stopAt && g_stopped) std::exchange(g_stopped, nullptr)->requestCancel();
        for (int ms = 0; ms < studyDelayMs(); ++ms) {
            job.checkpoint();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        Reactions out;
        out.samples = options.samples;
        out.frames = options.frames > 0 ? std::min(options.frames, clip.info().frames) : clip.info().frames;
        const auto noFace = frameMask(options.availability.faceMissing, out.frames);
        const auto noSpeech = frameMask(options.availability.speechMissing, out.frames);
        const auto face = clip.face();
        const auto speech = clip.speech();
        StudyRandom random(namedSeed(options.seed, clip.info().id));
        for (int k = 0; k < out.samples; ++k)
            for (int t = 0; t < out.frames; ++t) {
                const auto at = static_cast<std::size_t>(t);
                double f = face->emotion[at * kEmotionDims + 2], s = speech->mfcc[at * kMfccDims];
                const double substitute = options.fill == Fill::Zeros ? 0 : 0.5;
                if (noFace[at]) f = options.fill == Fill::Cma ? 0.9 * s : substitute;
                if (noSpeech[at]) s = options.fill == Fill::Cma ? 0.9 * f : substitute;
                for (int d = 0; d < kEmotionDims; ++d)
                    out.emotion.push_back(
                        static_cast<float>(m_gain * (f + s) / 2 * (1 + d % 3) / 3 + 0.05 * random.gaussian()));
            }
        return out;
    }

private:
    ModelInfo m_info;
    double m_gain;
};

} // namespace

bool addStudyModel(const char* name, const char* host, const char* condition) {
    ModelInfo info;
    info.name = info.label = name;
    info.host = host;
    info.condition = condition;
    info.modalities = {Modality::Face, Modality::Speech};
    info.needsCheckpoint = condition != std::string("baseline");
    info.givesCoeffs = false;
    return ModelCatalogue::shared().add({info,
                                         [info](const CheckpointRef& ref) {
                                             const double gain =
                                                 ref.path.empty() ? 0.1 : std::stod(readTextFile(ref.path));
                                             return std::make_unique<FollowModel>(info, gain);
                                         },
                                         {}});
}

void writeStudyCorpus(const std::filesystem::path& root, int rows, int frames, int side) {
    JobContext job;
    PackOptions options;
    options.size = side;
    writePack(root / "test.pack.safetensors", MemoryPairs(rows, frames), options, job);
}

std::shared_ptr<const Clip> countingClip(int frames, const std::filesystem::path& sound) {
    FaceTrack face;
    SpeechTrack speech;
    face.frames = speech.frames = frames;
    for (int t = 0; t < frames; ++t) {
        for (int d = 0; d < kEmotionDims; ++d) face.emotion.push_back(static_cast<float>(t + d / 100.0));
        for (int d = 0; d < kCoeffDims; ++d) face.coeffs.push_back(static_cast<float>(t + d / 100.0));
        for (int d = 0; d < kMfccDims; ++d) speech.mfcc.push_back(static_cast<float>(t + d / 100.0));
        face.confidence.push_back(1);
        speech.voice.push_back(1);
    }
    return std::make_shared<MemoryClip>("counting", std::move(face), std::move(speech), sound);
}

void registerStudyModels() {
    static const bool registered = addStudyModel("trans-vae", "trans-vae", "original") &&
                                   addStudyModel("trans-vae-emc", "trans-vae", "emc") &&
                                   addStudyModel("trans-vae-emc-no-ea", "trans-vae", "emc-no-ea") &&
                                   addStudyModel("study-baseline", "study-baseline", "baseline");
    (void)registered;
}

std::filesystem::path writeStudyWeights(const std::filesystem::path& run, const std::string& gain) {
    writeFileAtomically(run / "best.safetensors", std::string_view(gain));
    return run;
}

void stopStudyAt(int reaction, JobContext& job) {
    g_stopAt = reaction;
    g_stopped = &job;
}

std::atomic<int>& studyDelayMs() {
    static std::atomic<int> ms{0};
    return ms;
}

std::atomic<int>& studyReactions() {
    static std::atomic<int> count{0};
    return count;
}

} // namespace emc::test
