#pragma once
// A clip whose face film is decoded once and read from memory afterwards, so that a measurement can leave reading and
// decoding out.
#include <memory>

#include "core/api/clip.h"

namespace emc {

// `clip` in all but faceFrames(), which reads the film of each size once, whole, when it is first asked for: 3·size²
// bytes a frame stay in memory. To be asked by one thread at a time.
std::shared_ptr<const Clip> withFilmInMemory(std::shared_ptr<const Clip> clip);

} // namespace emc
