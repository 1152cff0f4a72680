#pragma once
// Speech by espeak-ng. Its output depends on everything it said before and a second initialisation in one process hangs
// (1.51), so every clip is spoken by a process of its own: the same request gives the same sound, clips can be spoken
// at the same time, and a synthesiser that hangs is ended and reported.
#include <string>
#include <vector>

namespace emc::corpus {

struct SpeechRequest {
    std::string text;
    double seconds = 0;         // wanted length; the rate is adapted within human limits
    int pitch = 50, range = 50; // espeak's 0..100
    int rate = 175;             // words a minute to begin with
};
struct Phoneme {
    double start = 0; // seconds after the start of the unit
    std::string name; // espeak's mnemonic
};
struct SpokenUnit {
    std::vector<float> samples; // 44.1 kHz, loudness made equal (RMS .1)
    std::vector<Phoneme> phonemes;
};

inline constexpr int kSoundRateHz = 44100;

const std::vector<std::string>& voiceNames();
// One answer per request, in order. Throws Error(Unsupported) when espeak-ng or the voice is missing, Error(Internal)
// when it hangs.
std::vector<SpokenUnit> speak(const std::string& voice, const std::vector<SpeechRequest>& requests);

} // namespace emc::corpus
