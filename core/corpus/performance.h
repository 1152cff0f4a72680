#pragma once
// One script played once: a speaker with face and voice, and a listener who answers the hidden course.
#include <cstdint>
#include <vector>

#include "core/corpus/face.h"
#include "core/corpus/voice_track.h"

namespace emc::corpus {

inline constexpr int kHiddenColumns = 14; // 4 hidden, 4 in the face, 4 in the voice, number of the speaker's unit (0 =
                                          // silent), of the listener's (feedback < 0)

struct Side {
    Person person;
    FaceResult face;
    std::vector<float> sound;
};
struct Performance {
    int frames = 0;
    Side speaker, listener;
    std::vector<float> hidden; // T x 14
};

// Depends on nothing but its arguments.
Performance perform(std::uint64_t seed, int scriptId, int performance, int frames);

} // namespace emc::corpus
