#pragma once
// What can happen to a speaker's recording on its way to a model. A damage is a plain value with a text form; where it
// strikes follows from a seed and the clip alone, so that every model meets the same damage.
#include <cstdint>
#include <string>
#include <vector>

#include "core/api/reactions.h"

namespace emc {

enum class DamageKind {
    FaceLoss,    // level: share of frames without the face, exactly; burst: mean length of a gap in frames
    SpeechLoss,  // the same for the voice
    FaceChain,   // Gilbert-Elliott: a two-state chain, so that the share is `level` on average only
    SpeechChain, //
    Noise,       // level: signal-to-noise ratio of white noise in dB; needs the sound
    Mute,        // level: share of frames whose sound is digital silence; burst
    Blur,        // level: radius as a share of the picture's side; the attributes stay as they were measured
    Mask,        // level: share of the picture's height, from below, behind a grey mask; what it hides of the
                 // attributes is 0: action units, jaw and mouth
    Freeze,      // level: share of frames that repeat the last good picture, attributes too; burst
    Desync,      // level: frames by which the sound is late (negative: early)
    LowRate      // level: pictures a second; each is held until the next one
};

struct Damage {
    DamageKind kind = DamageKind::FaceLoss;
    double level = 0, burst = 25;
    friend bool operator==(const Damage&, const Damage&) = default;
};

// "face-loss:0.3:25", "noise:5", "low-rate:5", ...
std::string damageText(const Damage& damage);
// Throws Error(Usage) that names the known kinds, or the range of the level.
Damage parseDamage(const std::string& text);
// Presets of the failure simulator, mild to severe.
std::vector<Damage> failurePresets();
std::string damageLabel(const Damage& damage); // for people: "sound noise, 5 dB"

// Exactly round(share * frames) frames in round(that / burst) gaps (as many as fit), every such arrangement equally
// likely: the Gilbert-Elliott chain under the condition of its share. 0 gives nothing, 1 the whole clip.
std::vector<FrameSpan> lostSpans(int frames, double share, double burst, std::uint64_t seed);
// Gilbert-Elliott loss from its stationary state: gaps of mean length `burst`, `share` of the frames lost on average.
// A share that no chain with such gaps has (above burst / (1 + burst)) gets longer gaps.
std::vector<FrameSpan> gilbertElliottSpans(int frames, double share, double burst, std::uint64_t seed);

// What is missing of a clip with that many frames. Damages that only spoil add nothing.
Availability damageAvailability(const std::vector<Damage>& damages, int frames, std::uint64_t clipSeed);
// Seed of the i-th damage of a clip.
std::uint64_t damageSeed(std::uint64_t clipSeed, std::size_t i, DamageKind kind);

} // namespace emc
