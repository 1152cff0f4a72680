#pragma once
// A clip whose sound, pictures and attributes are damaged on the way to whoever reads it.
#include <cstdint>
#include <memory>
#include <vector>

#include "core/api/clip.h"
#include "core/data/wav.h"
#include "core/study/damage.h"

namespace emc {

// The same clip when no damage of the list touches what is read (loss is told by damageAvailability). Its content hash
// is another one, so that nothing kept of the undamaged clip is taken for it. Noise is computed on the sound, and the
// speech numbers from that: it throws Error(Unsupported) on reading the speech of a clip without a sound file (a pack).
// Muted, late and noisy sound exists only in the speech numbers: soundFile() is empty then; videoFile() likewise.
std::shared_ptr<const Clip> damagedClip(std::shared_ptr<const Clip> clip, std::vector<Damage> damages,
                                        std::uint64_t clipSeed, SoundLoader sounds = {});

// size x size x 3 bytes in place. Box blur of `radius` pixels in both directions; a grey mask over the lower `share`.
void blurPicture(std::vector<std::uint8_t>& rgb, int width, int height, int radius);
void maskPicture(std::vector<std::uint8_t>& rgb, int width, int height, double share);
// White noise `decibel` below the mean power of the whole sound.
void addNoise(std::vector<float>& mono, double decibel, std::uint64_t seed);

} // namespace emc
