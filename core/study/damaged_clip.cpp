#include "core/study/damaged_clip.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "core/api/error.h"
#include "core/data/mfcc.h"
#include "core/data/sha256.h"
#include "core/study/study_random.h"

namespace emc {
namespace {

constexpr std::uint8_t kMaskGrey = 128;
// Action units that a mask over mouth and nose hides: 9, 10, 12, 14, 15, 17, 23, 24, 25, 26.
constexpr int kHiddenUnits[] = {5, 6, 7, 8, 9, 10, 11, 12, 13, 14};

bool touchesSpeech(DamageKind kind) {
    return kind == DamageKind::Noise || kind == DamageKind::Mute || kind == DamageKind::Desync;
}
bool touchesFace(DamageKind kind) {
    return kind == DamageKind::Blur || kind == DamageKind::Mask || kind == DamageKind::Freeze ||
           kind == DamageKind::LowRate;
}

bool belowTheNose(std::string_view shape) {
    return shape.starts_with("jaw") || shape.starts_with("mouth") || shape == "cheekPuff" || shape == "tongueOut";
}

class DamagedFrames : public FrameReader {
public:
    DamagedFrames(std::unique_ptr<FrameReader> inner, std::vector<int> source, std::vector<Damage> damages)
        : m_inner(std::move(inner)), m_source(std::move(source)), m_damages(std::move(damages)) {}
    int width() const override { return m_inner->width(); }
    int height() const override { return m_inner->height(); }
    bool next(std::vector<std::uint8_t>& rgb) override {
        // Frames beyond the known ones pass as they come.
        const int wanted = m_at < static_cast<int>(m_source.size()) ? m_source[static_cast<std::size_t>(m_at)] : m_at;
        ++m_at;
        // The one that is shown may be an older one, but the film goes on behind it.
        while (m_read <= wanted) {
            if (!m_inner->next(m_shown)) return false;
            ++m_read;
            for (const Damage& damage : m_damages) {
                if (damage.kind == DamageKind::Blur)
                    blurPicture(m_shown, width(), height(), static_cast<int>(std::lround(damage.level * width())));
                if (damage.kind == DamageKind::Mask) maskPicture(m_shown, width(), height(), damage.level);
            }
        }
        rgb = m_shown;
        return true;
    }

private:
    std::unique_ptr<FrameReader> m_inner;
    std::vector<int> m_source; // which frame is shown at each one: never falls, never lies ahead
    std::vector<Damage> m_damages;
    std::vector<std::uint8_t> m_shown;
    int m_at = 0, m_read = 0;
};

class DamagedClip : public Clip {
public:
    DamagedClip(std::shared_ptr<const Clip> inner, std::vector<Damage> damages, std::uint64_t seed, SoundLoader sounds)
        : m_inner(std::move(inner)), m_damages(std::move(damages)), m_seed(seed), m_sounds(std::move(sounds)) {
        m_info = m_inner->info();
        std::string text = m_info.contentHash + " damaged by seed " + std::to_string(seed);
        for (const Damage& damage : m_damages) text += " " + damageText(damage);
        m_info.contentHash = sha256Hex(text);
        for (const Damage& damage : m_damages) {
            m_face = m_face || touchesFace(damage.kind);
            m_speech = m_speech || touchesSpeech(damage.kind);
        }
    }
    const ClipInfo& info() const override { return m_info; }

    std::shared_ptr<const FaceTrack> face() const override {
        const auto whole = m_inner->face();
        if (!m_face) return whole;
        auto track = std::make_shared<FaceTrack>(*whole);
        const std::vector<int> source = shownFrames(track->frames);
        const auto hold = [&](std::vector<float>& rows) {
            const std::size_t width = rows.size() / static_cast<std::size_t>(std::max(1, track->frames));
            for (std::size_t t = source.size(); t-- > 0;) // from behind: sources never lie ahead
                std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(source[t]) * width),
                            width, rows.begin() + static_cast<std::ptrdiff_t>(t * width));
        };
        hold(track->emotion);
        hold(track->coeffs);
        hold(track->confidence);
        hold(track->box);
        for (const Damage& damage : m_damages) {
            if (damage.kind != DamageKind::Mask || damage.level <= 0) continue;
            for (int t = 0; t < track->frames; ++t) {
                float* emotion = track->emotion.data() + static_cast<std::ptrdiff_t>(t) * kEmotionDims;
                float* coeffs = track->coeffs.data() + static_cast<std::ptrdiff_t>(t) * kCoeffDims;
                for (const int unit : kHiddenUnits) emotion[unit] = 0;
                for (int s = 0; s < kShapeDims; ++s)
                    if (belowTheNose(kShapeNames[static_cast<std::size_t>(s)])) coeffs[s] = 0;
            }
        }
        return track;
    }

    std::shared_ptr<const SpeechTrack> speech() const override {
        const auto whole = m_inner->speech();
        if (!m_speech) return whole;
        auto track = std::make_shared<SpeechTrack>(*whole);
        track->mfcc = noisy(*whole);
        for (std::size_t i = 0; i < m_damages.size(); ++i) {
            const Damage& damage = m_damages[i];
            if (damage.kind == DamageKind::Desync) shift(*track, static_cast<int>(std::lround(damage.level)));
            if (damage.kind != DamageKind::Mute) continue;
            for (const FrameSpan& span :
                 lostSpans(track->frames, damage.level, damage.burst, damageSeed(m_seed, i, damage.kind)))
                for (int t = span.begin; t < span.end; ++t) silence(*track, t);
        }
        return track;
    }

    std::unique_ptr<FrameReader> faceFrames(int size) const override {
        auto frames = m_inner->faceFrames(size);
        if (!m_face || !frames) return frames;
        return std::make_unique<DamagedFrames>(std::move(frames), shownFrames(m_info.frames), m_damages);
    }
    std::filesystem::path soundFile() const override {
        return m_speech ? std::filesystem::path() : m_inner->soundFile();
    }
    std::filesystem::path videoFile() const override { return m_face ? std::filesystem::path() : m_inner->videoFile(); }
    std::vector<std::filesystem::path> filesRead() const override {
        auto files = m_inner->filesRead();
        std::lock_guard lock(m_mutex);
        if (m_soundRead && std::find(files.begin(), files.end(), m_inner->soundFile()) == files.end())
            files.push_back(m_inner->soundFile());
        return files;
    }

private:
    // Which frame is seen at each one.
    std::vector<int> shownFrames(int frames) const {
        std::vector<int> source(static_cast<std::size_t>(std::max(0, frames)));
        for (int t = 0; t < frames; ++t) source[static_cast<std::size_t>(t)] = t;
        for (std::size_t i = 0; i < m_damages.size(); ++i) {
            const Damage& damage = m_damages[i];
            if (damage.kind == DamageKind::LowRate && damage.level < m_info.rateHz) {
                const double step = m_info.rateHz / damage.level;
                for (int t = 0; t < frames; ++t) {
                    const int held = static_cast<int>(std::floor(std::floor(t / step + 1e-9) * step + 1e-9));
                    source[static_cast<std::size_t>(t)] = source[static_cast<std::size_t>(std::min(held, t))];
                }
            }
            if (damage.kind != DamageKind::Freeze) continue;
            for (const FrameSpan& span :
                 lostSpans(frames, damage.level, damage.burst, damageSeed(m_seed, i, damage.kind))) {
                const int last = source[static_cast<std::size_t>(std::max(0, span.begin - 1))];
                for (int t = span.begin; t < span.end; ++t) source[static_cast<std::size_t>(t)] = last;
            }
        }
        return source;
    }

    std::vector<float> noisy(const SpeechTrack& track) const {
        std::vector<float> mono;
        for (std::size_t i = 0; i < m_damages.size(); ++i) {
            if (m_damages[i].kind != DamageKind::Noise) continue;
            if (mono.empty()) mono = sound();
            addNoise(mono, m_damages[i].level, damageSeed(m_seed, i, m_damages[i].kind));
        }
        return mono.empty() ? track.mfcc : mfcc78(mono, kMfccRateHz, track.frames);
    }

    std::vector<float> sound() const {
        const auto file = m_inner->soundFile();
        if (file.empty())
            throw Error(ErrorKind::Unsupported, "noise needs the sound, and this clip keeps none", m_info.id,
                        "Use a REACT tree or a clip folder with speech.wav");
        {
            std::lock_guard lock(m_mutex);
            m_soundRead = true;
        }
        return m_sounds ? m_sounds(file, kMfccRateHz) : loadWavMono(file, kMfccRateHz);
    }

    static const std::vector<float>& silentRow() {
        static const std::vector<float> row = mfcc78(std::vector<float>(kMfccSamplesPerFrame, 0.f), kMfccRateHz, 1);
        return row;
    }
    static void silence(SpeechTrack& track, int t) {
        std::copy(silentRow().begin(), silentRow().end(),
                  track.mfcc.begin() + static_cast<std::ptrdiff_t>(t) * kMfccDims);
        if (!track.voice.empty()) track.voice[static_cast<std::size_t>(t)] = 0;
    }
    // Each frame's numbers come from its own samples alone, so that shifting rows shifts the sound.
    static void shift(SpeechTrack& track, int late) {
        const SpeechTrack before = track;
        for (int t = 0; t < track.frames; ++t) {
            const int from = t - late;
            if (from < 0 || from >= track.frames) {
                silence(track, t);
                continue;
            }
            std::copy_n(before.mfcc.begin() + static_cast<std::ptrdiff_t>(from) * kMfccDims, kMfccDims,
                        track.mfcc.begin() + static_cast<std::ptrdiff_t>(t) * kMfccDims);
            if (!track.voice.empty())
                track.voice[static_cast<std::size_t>(t)] = before.voice[static_cast<std::size_t>(from)];
        }
    }

    std::shared_ptr<const Clip> m_inner;
    std::vector<Damage> m_damages;
    std::uint64_t m_seed;
    SoundLoader m_sounds;
    ClipInfo m_info;
    bool m_face = false, m_speech = false;
    mutable std::mutex m_mutex;
    mutable bool m_soundRead = false;
};

// One direction: `count` lines of `length` pixels, `step` bytes from pixel to pixel, `line` from line to line.
void blurLines(const std::vector<std::uint8_t>& in, std::vector<std::uint8_t>& out, int count, int length,
               std::size_t line, std::size_t step, int radius) {
    for (int i = 0; i < count; ++i)
        for (std::size_t c = 0; c < 3; ++c) {
            const std::size_t begin = static_cast<std::size_t>(i) * line + c;
            const auto at = [&](int x) { // the border repeats
                return static_cast<int>(in[begin + static_cast<std::size_t>(std::clamp(x, 0, length - 1)) * step]);
            };
            int sum = 0;
            for (int x = -radius; x <= radius; ++x) sum += at(x);
            const int width = 2 * radius + 1;
            for (int x = 0; x < length; ++x) {
                out[begin + static_cast<std::size_t>(x) * step] = static_cast<std::uint8_t>((sum + width / 2) / width);
                sum += at(x + radius + 1) - at(x - radius);
            }
        }
}

} // namespace

void blurPicture(std::vector<std::uint8_t>& rgb, int width, int height, int radius) {
    if (radius < 1 || width < 1 || height < 1) return;
    const std::size_t row = static_cast<std::size_t>(width) * 3;
    std::vector<std::uint8_t> half(rgb.size());
    blurLines(rgb, half, height, width, row, 3, radius);
    blurLines(half, rgb, width, height, 3, row, radius);
}

void addNoise(std::vector<float>& mono, double decibel, std::uint64_t seed) {
    double power = 0;
    for (const float x : mono) power += static_cast<double>(x) * x;
    power /= static_cast<double>(std::max<std::size_t>(1, mono.size()));
    const double loudness = std::sqrt(power * std::pow(10, -decibel / 10));
    StudyRandom random(seed);
    for (float& x : mono) x += static_cast<float>(loudness * random.gaussian());
}

void maskPicture(std::vector<std::uint8_t>& rgb, int width, int height, double share) {
    const int top = height - static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * height));
    std::fill(rgb.begin() + static_cast<std::ptrdiff_t>(top) * width * 3, rgb.end(), kMaskGrey);
}

std::shared_ptr<const Clip> damagedClip(std::shared_ptr<const Clip> clip, std::vector<Damage> damages,
                                        std::uint64_t clipSeed, SoundLoader sounds) {
    const bool touched = std::any_of(damages.begin(), damages.end(), [](const Damage& damage) {
        return touchesFace(damage.kind) || touchesSpeech(damage.kind);
    });
    if (!touched) return clip;
    return std::make_shared<DamagedClip>(std::move(clip), std::move(damages), clipSeed, std::move(sounds));
}

} // namespace emc
