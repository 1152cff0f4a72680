#pragma once
// A film of a speaker and the listeners who react to him, side by side, with his sound.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/api/clip.h"
#include "core/api/job_context.h"
#include "core/api/reactions.h"

namespace emc {

struct FilmPane {
    std::string label;               // "Trans-VAE + EMC"
    std::string note;                // "speech imagined", may be empty
    std::vector<float> coeffs;       // T x 58
    std::vector<FrameSpan> imagined; // frames whose reaction rests on imagined input
};

struct ReactionFilm {
    std::shared_ptr<const Clip> clip; // may be null: no speaker pane, no sound
    std::vector<FilmPane> panes;
    std::string footer;   // one line under the panes: models, seed, "synthetic demo data"
    bool showFace = true; // false: the speaker's pane says that the face is missing, and the video is not opened
    bool sound = true;    // false: the sound is not opened
    double rateHz = 25;
    int paneSize = 384; // pixels, even
};

// Coefficients of one sample. Throws Error(Unsupported) when the model gives none.
std::vector<float> sampleCoeffs(const Reactions& reactions, int sample);

// H.264 and AAC. Appears whole or not at all.
void writeReactionFilm(const std::filesystem::path& mp4, const ReactionFilm& film, JobContext& job);

} // namespace emc
