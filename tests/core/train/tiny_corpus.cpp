#include "tests/core/train/tiny_corpus.h"

#include <cmath>

#include "core/data/pack.h"
#include "core/nn/noise.h"

namespace emc::test {
namespace {

class MemoryFrames : public FrameReader {
public:
    MemoryFrames(std::vector<float> brightness, int size) : m_brightness(std::move(brightness)), m_size(size) {}
    int width() const override { return m_size; }
    int height() const override { return m_size; }
    bool next(std::vector<std::uint8_t>& rgb) override {
        if (m_next >= m_brightness.size()) return false;
        rgb.resize(static_cast<std::size_t>(m_size * m_size * 3));
        const float value = m_brightness[m_next++];
        for (int y = 0; y < m_size; ++y)
            for (int x = 0; x < m_size; ++x) // a mouth whose height is the smile, on a face with a gradient
                for (int c = 0; c < 3; ++c) {
                    const bool mouth = std::abs(y - 0.7f * m_size) < (0.05f + 0.2f * value) * m_size &&
                                       std::abs(x - 0.5f * m_size) < 0.3f * m_size;
                    rgb[static_cast<std::size_t>((y * m_size + x) * 3 + c)] =
                        static_cast<std::uint8_t>(mouth ? 220 : 60 + 60 * x / m_size + 10 * c);
                }
        return true;
    }

private:
    std::vector<float> m_brightness;
    int m_size;
    std::size_t m_next = 0;
};

class MemoryClip : public Clip {
public:
    MemoryClip(std::string id, std::vector<float> latent, std::uint64_t seed) : m_latent(std::move(latent)) {
        m_info.id = id;
        m_info.contentHash = id + "-" + std::to_string(seed);
        m_info.frames = static_cast<int>(m_latent.size());
        m_info.synthetic = true;
        const auto noise = gaussianNoise(seed, m_latent.size() * (kEmotionDims + kCoeffDims + kMfccDims));
        auto face = std::make_shared<FaceTrack>();
        auto speech = std::make_shared<SpeechTrack>();
        face->frames = speech->frames = m_info.frames;
        std::size_t at = 0;
        for (float x : m_latent) {
            for (int d = 0; d < kEmotionDims; ++d) {
                float value = 0;
                if (d < kValence) value = x * (1 + d % 3) / 3 > 0.4f ? 1.f : 0.f;
                else if (d < kFirstExpression) value = (d == kValence ? 1.2f * x - 0.3f : 0.8f * x) + 0.02f * noise[at];
                else
                    value = d == kFirstExpression       ? 0.9f - 0.8f * x
                            : d == kFirstExpression + 1 ? 0.05f + 0.8f * x
                                                        : 0.05f / 6;
                face->emotion.push_back(value);
                ++at;
            }
            for (int d = 0; d < kCoeffDims; ++d)
                face->coeffs.push_back(0.3f * x * static_cast<float>(std::sin(d + 1.0)) + 0.02f * noise[at++] +
                                       (d == 57 ? 1.8f : 0.f));
            for (int d = 0; d < kMfccDims; ++d)
                speech->mfcc.push_back(d < 52 ? 3 * x * static_cast<float>(std::cos(d)) + 0.5f * noise[at++] : 0.f);
        }
        face->confidence.assign(m_latent.size(), 1.f);
        m_face = face;
        m_speech = speech;
    }
    const ClipInfo& info() const override { return m_info; }
    std::shared_ptr<const FaceTrack> face() const override { return m_face; }
    std::shared_ptr<const SpeechTrack> speech() const override { return m_speech; }
    std::unique_ptr<FrameReader> faceFrames(int size) const override {
        return std::make_unique<MemoryFrames>(m_latent, size);
    }
    std::filesystem::path soundFile() const override { return {}; }
    std::filesystem::path videoFile() const override { return {}; }
    std::vector<std::filesystem::path> filesRead() const override { return {}; }

private:
    ClipInfo m_info;
    std::vector<float> m_latent;
    std::shared_ptr<const FaceTrack> m_face;
    std::shared_ptr<const SpeechTrack> m_speech;
};

class MemoryPairs : public PairSource {
public:
    MemoryPairs(std::string partition, int rows, int frames, std::uint64_t seed)
        : m_partition(std::move(partition)), m_rows(rows) {
        for (int row = 0; row < rows; ++row) {
            // Episodes of a script, shared by its two performances; the listener follows with a lag and a gain of his
            // own.
            std::vector<float> speaker, listener;
            for (int t = 0; t < frames; ++t) {
                const auto course = [&](double at) {
                    return 0.5 + 0.5 * std::sin(at * 0.25 + 2.1 * (row / 2) + static_cast<double>(seed));
                };
                speaker.push_back(static_cast<float>(course(t)));
                listener.push_back(static_cast<float>((0.7 + 0.1 * (row % 2)) * course(t - 3)));
            }
            const std::string name = m_partition + "/" + std::to_string(row);
            m_clips.push_back(
                {std::make_shared<MemoryClip>(name + "/speaker", speaker, seed + 2 * static_cast<std::uint64_t>(row)),
                 std::make_shared<MemoryClip>(name + "/listener", listener,
                                              seed + 2 * static_cast<std::uint64_t>(row) + 1)});
        }
        m_neighbours.assign(static_cast<std::size_t>(size()) * static_cast<std::size_t>(size()), 0);
        for (int i = 0; i < size(); ++i)
            for (int j = 0; j < size(); ++j)
                m_neighbours[static_cast<std::size_t>(i * size() + j)] =
                    i / rows == j / rows && (i % rows) / 2 == (j % rows) / 2;
    }
    const std::string& partition() const override { return m_partition; }
    int rows() const override { return m_rows; }
    bool synthetic() const override { return true; }
    Pair pair(int k) const override {
        const auto& both = m_clips[static_cast<std::size_t>(k % m_rows)];
        return k < m_rows ? Pair{both.first, both.second, k / 2} : Pair{both.second, both.first, (k - m_rows) / 2};
    }
    const std::vector<std::uint8_t>& neighbours() const override { return m_neighbours; }

private:
    std::string m_partition;
    int m_rows;
    std::vector<std::pair<std::shared_ptr<const Clip>, std::shared_ptr<const Clip>>> m_clips;
    std::vector<std::uint8_t> m_neighbours;
};

} // namespace

void TinyCorpus::write(const std::filesystem::path& root) const {
    JobContext job;
    PackOptions options;
    options.size = frameSize;
    options.listenerFrames = true;
    std::uint64_t part = 0;
    for (const auto& [name, rows] :
         {std::pair("train", trainRows), std::pair("val", valRows), std::pair("test", testRows)})
        writePack(root / (std::string(name) + ".pack.safetensors"),
                  MemoryPairs(name, rows, frames, 100 * ++part + seed), options, job);
}

TrainOptions tinyOptions(const std::filesystem::path& corpus, const std::filesystem::path& run) {
    TrainOptions options;
    options.corpus = corpus.string();
    options.run = run.string();
    options.cropFrames = 24;
    options.stride = 1;
    options.videoSize = 32;
    options.batch = 4;
    options.steps = 12;
    options.warmup = 2;
    options.validateEvery = 4;
    options.checkpointEvery = 5;
    options.threads = 1;
    return options;
}

TrainServices tinyServices(const std::filesystem::path& cache) {
    TrainServices services;
    services.cache = cache;
    services.prepare.encoderSteps = 3;
    services.prepare.encoderClips = 2;
    services.prepare.encoderFrames = 4;
    services.prepare.speechSteps = 4;
    services.prepare.speechFrames = 24;
    return services;
}

} // namespace emc::test
