#pragma once
// What REGNN reads of a clip: features of face and speech, each modality once per clip and kept. Only the modality that
// is asked for is opened.
#include <torch/torch.h>

#include <deque>
#include <string>
#include <vector>

#include "core/api/clip.h"
#include "core/api/job_context.h"
#include "core/models/regnn_network.h"

namespace emc {

struct RegnnTrack {
    std::string key;                 // of clip, length and missing frames
    torch::Tensor features, emotion; // (1,T,D), (1,T,25 or 10; undefined without EA); rows of missing frames are 0
};

class RegnnInputs {
public:
    RegnnInputs(RegnnNet net, int videoSize) : m_net(std::move(net)), m_videoSize(videoSize) {}

    // `missing`: one flag per frame, not all set. Throws Error, Cancelled.
    const RegnnTrack& face(const Clip& clip, const std::vector<bool>& missing, JobContext& job);
    const RegnnTrack& speech(const Clip& clip, const std::vector<bool>& missing, JobContext& job);
    void forget();

private:
    const RegnnTrack& keep(RegnnTrack track);
    torch::Tensor frameFeatures(const Clip& clip, const std::vector<bool>& missing, JobContext& job);
    torch::Tensor pictures(const Clip& clip, int frames, JobContext& job); // (T,3,S,S) uint8

    RegnnNet m_net;
    int m_videoSize;
    std::deque<RegnnTrack> m_tracks; // newest first
    std::string m_picturesKey;
    torch::Tensor m_pictures;
};

// Where a clip's precomputed official features lie: FOLDER/features/NAME.npy beside a clip, FOLDER/features/NAME/ID.npy
// in a REACT tree. NAME is "swin" (T,768) or "vggish" (T,128).
std::filesystem::path officialFeatureFile(const ClipInfo& info, const std::string& name);

} // namespace emc
