#include "core/corpus/speech.h"

#include <espeak-ng/speak_lib.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numbers>
#include <optional>

#include "core/api/error.h"

namespace emc::corpus {

namespace {

constexpr int kSilenceMs = 30000; // of a child before it counts as hung

struct RawUnit {
    std::vector<short> samples;
    std::vector<Phoneme> phonemes;
};
RawUnit* g_unit = nullptr; // of the child: espeak's callback carries no pointer

int receive(short* samples, int count, espeak_EVENT* events) {
    if (samples && count > 0) g_unit->samples.insert(g_unit->samples.end(), samples, samples + count);
    for (; events && events->type != espeakEVENT_LIST_TERMINATED; ++events)
        if (events->type == espeakEVENT_PHONEME)
            g_unit->phonemes.push_back(
                {events->audio_position / 1000.0, std::string(events->id.string, strnlen(events->id.string, 8))});
    return 0;
}

// Without the silence around it: a unit begins and ends with sound.
void trim(RawUnit& unit, int rate) {
    const auto loud = [](short s) { return s > 250 || s < -250; };
    const auto first = std::find_if(unit.samples.begin(), unit.samples.end(), loud);
    if (first == unit.samples.end()) return;
    const auto last = std::find_if(unit.samples.rbegin(), unit.samples.rend(), loud).base();
    const double shift = static_cast<double>(first - unit.samples.begin()) / rate;
    unit.samples = std::vector<short>(first, last);
    for (Phoneme& p : unit.phonemes) p.start = std::max(0.0, p.start - shift);
}

RawUnit synthesise(const SpeechRequest& request, int rate, int soundRate) {
    RawUnit unit;
    g_unit = &unit;
    espeak_SetParameter(espeakRATE, rate, 0);
    espeak_SetParameter(espeakPITCH, request.pitch, 0);
    espeak_SetParameter(espeakRANGE, request.range, 0);
    espeak_Synth(request.text.c_str(), request.text.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr,
                 nullptr);
    trim(unit, soundRate);
    return unit;
}

bool writeAll(int fd, const void* data, std::size_t size) {
    const char* at = static_cast<const char*>(data);
    while (size > 0) {
        const ssize_t n = ::write(fd, at, size);
        if (n <= 0) return false;
        at += n;
        size -= static_cast<std::size_t>(n);
    }
    return true;
}

// In the child. Answer: int32 rate (or -1 no espeak, -2 no voice), then per unit counts, samples and phonemes.
void speakToPipe(int fd, const std::string& voice, const std::vector<SpeechRequest>& requests) {
    const int rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 200, nullptr,
                                       espeakINITIALIZE_PHONEME_EVENTS | espeakINITIALIZE_DONT_EXIT);
    std::int32_t head = rate > 0 ? rate : -1;
    if (rate > 0) {
        espeak_SetSynthCallback(receive);
        if (espeak_SetVoiceByName(voice.c_str()) != EE_OK) head = -2;
    }
    if (!writeAll(fd, &head, sizeof head) || head < 0) return;
    for (const SpeechRequest& request : requests) {
        RawUnit unit = synthesise(request, request.rate, rate);
        const double ratio = static_cast<double>(unit.samples.size()) / rate / std::max(.1, request.seconds);
        if (ratio > 1.06 || ratio < .94)
            unit = synthesise(request, static_cast<int>(std::lround(std::clamp(request.rate * ratio, 105.0, 330.0))),
                              rate);
        const std::int32_t counts[2] = {static_cast<std::int32_t>(unit.samples.size()),
                                        static_cast<std::int32_t>(unit.phonemes.size())};
        if (!writeAll(fd, counts, sizeof counts) ||
            !writeAll(fd, unit.samples.data(), unit.samples.size() * sizeof(short)))
            return;
        for (const Phoneme& p : unit.phonemes) {
            char name[8] = {};
            std::memcpy(name, p.name.data(), std::min<std::size_t>(p.name.size(), 8));
            if (!writeAll(fd, &p.start, sizeof p.start) || !writeAll(fd, name, sizeof name)) return;
        }
    }
}

// False at the end of the stream, when the child died or stopped answering.
bool readAll(int fd, void* data, std::size_t size) {
    char* at = static_cast<char*>(data);
    while (size > 0) {
        pollfd wait{fd, POLLIN, 0};
        const int ready = ::poll(&wait, 1, kSilenceMs);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return false;
        const ssize_t n = ::read(fd, at, size);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        at += n;
        size -= static_cast<std::size_t>(n);
    }
    return true;
}

// espeak speaks at 22.05 kHz: double it with a windowed-sinc half-band filter.
std::vector<float> doubled(const std::vector<short>& samples) {
    constexpr int kHalf = 16;
    static const std::vector<double> taps = [] {
        std::vector<double> t(2 * kHalf);
        double sum = 0;
        for (int i = 0; i < 2 * kHalf; ++i) {
            const double x = i - kHalf + .5;
            t[static_cast<std::size_t>(i)] = std::sin(std::numbers::pi * x) / (std::numbers::pi * x) *
                                             (.5 + .5 * std::cos(std::numbers::pi * x / kHalf));
            sum += t[static_cast<std::size_t>(i)];
        }
        for (double& v : t) v /= sum;
        return t;
    }();
    const int n = static_cast<int>(samples.size());
    std::vector<float> out(samples.size() * 2);
    for (int i = 0; i < n; ++i) {
        double between = 0;
        for (int k = 0; k < 2 * kHalf; ++k) {
            const int at = i + k - kHalf + 1;
            if (at >= 0 && at < n) between += taps[static_cast<std::size_t>(k)] * samples[static_cast<std::size_t>(at)];
        }
        out[static_cast<std::size_t>(2 * i)] = samples[static_cast<std::size_t>(i)] / 32768.0f;
        out[static_cast<std::size_t>(2 * i + 1)] = static_cast<float>(between / 32768.0);
    }
    return out;
}

SpokenUnit finished(const RawUnit& raw) {
    SpokenUnit unit{doubled(raw.samples), raw.phonemes};
    double power = 0;
    for (const float s : unit.samples) power += static_cast<double>(s) * s;
    const double rms = unit.samples.empty() ? 0 : std::sqrt(power / static_cast<double>(unit.samples.size()));
    if (rms > 1e-5)
        for (float& s : unit.samples) s = static_cast<float>(s * .1 / rms);
    return unit;
}

// Closes the pipe and ends the child whatever happens.
struct Child {
    pid_t pid = -1;
    int fd = -1;
    ~Child() {
        if (fd >= 0) ::close(fd);
        if (pid > 0) {
            ::kill(pid, SIGKILL);
            ::waitpid(pid, nullptr, 0);
        }
    }
};

std::optional<std::vector<SpokenUnit>> trySpeak(const std::string& voice, const std::vector<SpeechRequest>& requests) {
    int ends[2];
    if (::pipe(ends) != 0) throw Error(ErrorKind::Io, "cannot make a pipe to the speech synthesiser");
    Child child;
    child.fd = ends[0];
    child.pid = ::fork();
    if (child.pid == 0) {
        ::signal(SIGPIPE, SIG_IGN);
        ::close(ends[0]);
        speakToPipe(ends[1], voice, requests);
        ::_exit(0);
    }
    ::close(ends[1]);
    if (child.pid < 0) throw Error(ErrorKind::Io, "cannot start a process for the speech synthesiser");
    std::int32_t head = 0;
    if (!readAll(child.fd, &head, sizeof head)) return std::nullopt;
    if (head == -1)
        throw Error(ErrorKind::Unsupported, "the speech synthesiser does not start", "espeak-ng",
                    "Install espeak-ng-data");
    if (head == -2)
        throw Error(ErrorKind::Unsupported, "unknown voice", "espeak-ng voice " + voice, "Install espeak-ng-data");
    if (head != kSoundRateHz / 2)
        throw Error(ErrorKind::Unsupported, "unexpected sound rate " + std::to_string(head), "espeak-ng");
    std::vector<SpokenUnit> units;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        std::int32_t counts[2];
        if (!readAll(child.fd, counts, sizeof counts) || counts[0] < 0 || counts[0] > 60 * kSoundRateHz ||
            counts[1] < 0 || counts[1] > 10000)
            return std::nullopt;
        RawUnit raw;
        raw.samples.resize(static_cast<std::size_t>(counts[0]));
        if (!readAll(child.fd, raw.samples.data(), raw.samples.size() * sizeof(short))) return std::nullopt;
        for (std::int32_t p = 0; p < counts[1]; ++p) {
            double start = 0;
            char name[8];
            if (!readAll(child.fd, &start, sizeof start) || !readAll(child.fd, name, sizeof name)) return std::nullopt;
            raw.phonemes.push_back({start, std::string(name, strnlen(name, 8))});
        }
        units.push_back(finished(raw));
    }
    return units;
}

} // namespace

const std::vector<std::string>& voiceNames() {
    static const std::vector<std::string> names = {
        "en-us+m1",      "en-us+f1",      "en-us+m3",          "en-us+f2",          "en-us+m7", "en-us+f3",
        "en-gb-x-rp+m2", "en-gb-x-rp+f4", "en-gb-scotland+m4", "en-gb-scotland+f5", "en-us+m5", "en-gb-x-rp+f2"};
    return names;
}

std::vector<SpokenUnit> speak(const std::string& voice, const std::vector<SpeechRequest>& requests) {
    if (requests.empty()) return {};
    // A second attempt: a process that copies a busy one can, rarely, find a lock of the C library taken.
    for (int attempt = 0; attempt < 2; ++attempt)
        if (auto units = trySpeak(voice, requests)) return *units;
    throw Error(ErrorKind::Internal, "the speech synthesiser did not answer", "espeak-ng voice " + voice);
}

} // namespace emc::corpus
