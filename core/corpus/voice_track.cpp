#include "core/corpus/voice_track.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/corpus/sentences.h"
#include "core/corpus/speech.h"

namespace emc::corpus {

namespace {

constexpr int kSamplesPerFrame = 1764;

// What of the feelings is in the voice: two dimensions of affect and three qualities of voice, because valence and
// arousal alone cannot keep four feelings apart.
struct Affect {
    double valence = 0, arousal = 0;
    double pressed = 0, open = 0, breathy = 0; // frustration, surprise, worry
};
Affect operator*(double w, const Affect& a) {
    return {w * a.valence, w * a.arousal, w * a.pressed, w * a.open, w * a.breathy};
}
Affect operator+(const Affect& a, const Affect& b) {
    return {a.valence + b.valence, a.arousal + b.arousal, a.pressed + b.pressed, a.open + b.open,
            a.breathy + b.breathy};
}

// Second-order section, direct form II transposed.
struct Section {
    double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0, s1 = 0, s2 = 0;
    double run(double x) {
        const double y = b0 * x + s1;
        s1 = b1 * x - a1 * y + s2;
        s2 = b2 * x - a2 * y;
        return y;
    }
    // Peak and high shelf as derived from their analogue prototypes by the bilinear transform.
    void peak(double hz, double q, double gainDb) {
        const double a = std::pow(10, gainDb / 40), w = 2 * std::numbers::pi * hz / kSoundRateHz,
                     alpha = std::sin(w) / (2 * q), n = 1 + alpha / a;
        b0 = (1 + alpha * a) / n;
        b1 = a1 = -2 * std::cos(w) / n;
        b2 = (1 - alpha * a) / n;
        a2 = (1 - alpha / a) / n;
    }
    void highShelf(double hz, double gainDb) {
        const double a = std::pow(10, gainDb / 40), w = 2 * std::numbers::pi * hz / kSoundRateHz, c = std::cos(w);
        const double beta = std::sin(w) * std::numbers::sqrt2 * std::sqrt(a), n = (a + 1) - (a - 1) * c + beta;
        b0 = a * ((a + 1) + (a - 1) * c + beta) / n;
        b1 = -2 * a * ((a - 1) + (a + 1) * c) / n;
        b2 = a * ((a + 1) + (a - 1) * c - beta) / n;
        a1 = 2 * ((a - 1) - (a + 1) * c) / n;
        a2 = ((a + 1) - (a - 1) * c - beta) / n;
    }
};

// How strongly the sound follows. Chosen so that the shift of the MFCC is at least the spread of the phonemes after
// half a second of smoothing (emc_effect.md 5): a weak voice makes a corpus that can show nothing.
constexpr double kLoudnessDb = 7, kTiltDb = 12, kBrightDb = 11, kWarmDb = -8, kPressedDb = 15, kOpenDb = 14,
                 kBreath = .030;

std::vector<Affect> affectCourse(const Person& person, const std::vector<FeelingLevels>& heard, Random& random) {
    const int frames = static_cast<int>(heard.size());
    const auto moodV = smoothNoise(random, frames, 1.5), moodA = smoothNoise(random, frames, 1.5);
    std::vector<Affect> course(heard.size());
    for (std::size_t t = 0; t < heard.size(); ++t) {
        course[t] = {.10 * moodV[t], .10 * moodA[t], 0, 0, 0};
        for (std::size_t k = 0; k < kFeelings; ++k)
            course[t] = course[t] + person.voiceGain * heard[t][k] *
                                        Affect{kFeelingValence[k], kFeelingArousal[k], k == 3 ? 1.0 : 0.0,
                                               k == 1 ? 1.0 : 0.0, k == 2 ? 1.0 : 0.0};
    }
    return course;
}

Affect meanOver(const std::vector<Affect>& course, const TalkUnit& unit) {
    Affect sum;
    const int last = static_cast<int>(course.size()) - 1;
    const int from = std::clamp(static_cast<int>(unit.start * kFrameRateHz), 0, last),
              to = std::clamp(static_cast<int>(unit.end() * kFrameRateHz), from, last);
    for (int t = from; t <= to; ++t) sum = sum + course[static_cast<std::size_t>(t)];
    return 1.0 / (to - from + 1) * sum;
}

SpeechRequest requestFor(const Person& person, const TalkUnit& unit, const Affect& mean, Random& random) {
    SpeechRequest request;
    const double syllablesPerSecond = person.speed * std::clamp(4.6 + 1.2 * mean.arousal, 3.2, 6.2);
    request.text =
        unit.feedback
            ? makeFeedback(random)
            : makeSentence(random, std::max(1, static_cast<int>(std::lround(unit.length * syllablesPerSecond))));
    request.seconds = unit.length;
    request.rate = std::clamp(static_cast<int>(person.speed * (175 + 40 * mean.arousal)), 110, 300);
    request.pitch =
        std::clamp(static_cast<int>(std::lround(person.pitch + 26 * mean.arousal + 10 * mean.valence)), 0, 99);
    request.range = std::clamp(static_cast<int>(std::lround(50 + 35 * mean.arousal + 10 * mean.valence)), 5, 99);
    return request;
}

void mixUnit(std::vector<float>& track, const SpokenUnit& unit, double start, double loudnessDb,
             const std::vector<Affect>& affect, Random& random) {
    Section shelf, bright, warm, pressed, open;
    const auto offset = static_cast<std::ptrdiff_t>(start * kSoundRateHz);
    const auto n = static_cast<std::ptrdiff_t>(unit.samples.size());
    double gain = 1, breath = 0, envelope = 0;
    for (std::ptrdiff_t i = 0; i < n; ++i) {
        const std::ptrdiff_t at = offset + i;
        if (at >= static_cast<std::ptrdiff_t>(track.size())) break;
        if (i % 64 == 0) { // about 1.5 ms: the settings glide, nothing clicks
            const double frame =
                std::min(static_cast<double>(at) / kSamplesPerFrame, static_cast<double>(affect.size()) - 1.001);
            const auto f = static_cast<std::size_t>(std::max(0.0, frame));
            const double w = std::max(0.0, frame) - static_cast<double>(f);
            const Affect now = (1 - w) * affect[f] + w * affect[f + 1];
            const double v = std::clamp(now.valence, -1.2, 1.2), a = std::clamp(now.arousal, -1.2, 1.2);
            shelf.highShelf(1800, kTiltDb * a);
            bright.peak(3200, .8, kBrightDb * v);
            warm.peak(480, .8, kWarmDb * v);
            pressed.peak(1150, 1.2, kPressedDb * std::min(1.2, now.pressed));
            open.peak(6500, .9, kOpenDb * std::min(1.2, now.open));
            breath = kBreath * std::clamp(now.breathy, 0.0, 1.2);
            gain = std::pow(10, (loudnessDb + kLoudnessDb * a) / 20);
        }
        const double edge = std::min({1.0, static_cast<double>(i + 1) / 200, static_cast<double>(n - i) / 400});
        double x = unit.samples[static_cast<std::size_t>(i)];
        envelope =
            .999 * envelope + .001 * std::abs(x) * 10; // breath follows the voice, so pauses within a unit stay quiet
        x = open.run(pressed.run(warm.run(bright.run(shelf.run(x))))) +
            breath * std::min(1.0, envelope) * random.normal();
        track[static_cast<std::size_t>(at)] += static_cast<float>(edge * gain * x);
    }
}

} // namespace

VoiceTrack makeVoice(const Person& person, const std::vector<TalkUnit>& units, const std::vector<FeelingLevels>& heard,
                     Random& random) {
    const int frames = static_cast<int>(heard.size());
    const double seconds = frames / kFrameRateHz;
    const std::vector<Affect> affect = affectCourse(person, heard, random);
    std::vector<SpeechRequest> requests;
    for (const TalkUnit& unit : units) requests.push_back(requestFor(person, unit, meanOver(affect, unit), random));
    const std::vector<SpokenUnit> spoken = speak(person.voice, requests);

    VoiceTrack track;
    track.samples.assign(static_cast<std::size_t>(frames) * kSamplesPerFrame, 0.f);
    std::vector<SpokenAt> placed;
    double free = 0;
    for (std::size_t u = 0; u < units.size(); ++u) {
        const double length = static_cast<double>(spoken[u].samples.size()) / kSoundRateHz,
                     start = std::max(units[u].start, free);
        const double loudness = random.normal(0, 1) - (units[u].feedback ? 4 : 0);
        if (length <= 0 || start + .15 > seconds) continue;
        mixUnit(track.samples, spoken[u], start, loudness, affect, random);
        placed.push_back({start, &spoken[u]});
        track.units.push_back({start, std::min(length, seconds - start), units[u].feedback});
        free = start + length + .06;
    }
    // A quiet room, and a limiter that rounds what would clip.
    double low = 0;
    const double room = random.uniform(1.5e-4, 4e-4);
    for (float& s : track.samples) {
        low = .9 * low + .1 * random.normal();
        const double x = s + room * (random.normal() + 4 * low);
        s = static_cast<float>(.98 * std::tanh(x / .98));
    }
    track.mouth = mouthCourse(placed, frames);
    return track;
}

} // namespace emc::corpus
