#pragma once
// What happens in a conversation before anybody plays it: the hidden course of the speaker's feelings and who talks
// when. Source of the numbers: design page data.md 4 and emc_effect.md 1.
#include <array>
#include <cstdint>
#include <vector>

namespace emc::corpus {

enum class Feeling { Smile, Surprise, Worry, Frustration };
inline constexpr int kFeelings = 4;
using FeelingLevels = std::array<double, kFeelings>;

// Place of each feeling in the circle of valence and arousal.
inline constexpr std::array<double, kFeelings> kFeelingValence = {.85, .20, -.55, -.75};
inline constexpr std::array<double, kFeelings> kFeelingArousal = {.35, .90, -.45, .65};

struct Episode {
    Feeling feeling = Feeling::Smile;
    double start = 0, length = 0; // seconds
    double strength = 1;
    bool inFace = true, inVoice = true;
    // 0..strength; rises and falls in about a third of a second.
    double level(double time) const;
};

struct TalkUnit { // one stretch of talk of one person
    double start = 0, length = 0;
    bool feedback = false; // "mhm": does not take the floor
    double end() const { return start + length; }
};

struct Script {
    int id = 0;
    double seconds = 0;
    std::vector<Episode> episodes;
    std::vector<TalkUnit> speaker, listener;
};

Script makeScript(std::uint64_t seed, int id, double seconds);
// The same course as another pair of people plays it: onsets, lengths, strengths and pauses move a little.
Script jittered(const Script& script, std::uint64_t seed, int performance);

// Sum of the episodes at a time, each weighted; `weight` decides what is seen or heard.
enum class Channel { Hidden, Face, Voice };
inline constexpr double kLeak = 0.1; // of a feeling in the channel that does not show it
FeelingLevels feelingsAt(const Script& script, double time, Channel channel);
bool talksAt(const std::vector<TalkUnit>& units, double time);

} // namespace emc::corpus
