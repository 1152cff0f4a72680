#pragma once
// Pictures of the speaker's face for hosts that see: read once per clip and kept when they fit, encoded in pieces.
#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

#include "core/api/clip.h"
#include "core/api/job_context.h"
#include "core/models/picture_film.h"
#include "core/nn/frame_encoder.h"

namespace emc {

// Names a modality of a clip, its length and its gaps: equal keys, equal features.
std::string clipKey(const char* modality, const ClipInfo& info, const std::vector<bool>& missing);

class FaceReader {
public:
    explicit FaceReader(int videoSize) : m_videoSize(videoSize) {}

    // (1,T,128), rows of missing frames are 0. `missing`: one flag per frame, not all set; missing frames do not take
    // part in the statistics of the encoder's norms either. Throws Error, Cancelled.
    // `window` > 0: frames that an online host sees at once, nothing of a later window has a part in a row.
    torch::Tensor features(FrameEncoder& encoder, const Clip& clip, const std::vector<bool>& missing,
                           torch::Device device, JobContext& job, int window = 0);
    void forget();

private:
    std::unique_ptr<PictureFilm> openFilm(const Clip& clip, int frames);

    int m_videoSize;
    std::string m_key;
    torch::Tensor m_pictures; // (T,3,S,S) uint8 of the clip that m_key names
};

} // namespace emc
