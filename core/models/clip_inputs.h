#pragma once
// What a host reads of a clip: features of face and speech, each modality once per clip and kept. Only the modality
// that is asked for is opened.
#include <torch/torch.h>

#include <deque>
#include <string>
#include <vector>

#include "core/api/clip.h"
#include "core/api/job_context.h"
#include "core/models/emc_network.h"
#include "core/models/face_reader.h"

namespace emc {

struct ClipTrack {
    std::string key;                 // of clip, length and missing frames
    torch::Tensor features, emotion; // (1,T,D), (1,T,25 or 10; undefined without EA); rows of missing frames are 0
};

// Files of other people's networks that a host reads instead of the built-in features, per frame.
struct FeatureFile {
    std::string name; // see officialFeatureFile; empty = built in
    int width = 0;
};

class ClipInputs {
public:
    // Built in: u^f of the network's frame encoder (the 58 coefficients where it has none), the 78 MFCC. For an online
    // host nothing in a row comes from a later window.
    ClipInputs(EmcNetwork& network, int videoSize, FeatureFile face = {}, FeatureFile speech = {})
        : m_net(network), m_faceFile(std::move(face)), m_speechFile(std::move(speech)), m_reader(videoSize) {}

    // `missing`: one flag per frame, not all set. Throws Error, Cancelled.
    const ClipTrack& face(const Clip& clip, const std::vector<bool>& missing, JobContext& job);
    const ClipTrack& speech(const Clip& clip, const std::vector<bool>& missing, JobContext& job);
    void forget();

private:
    const ClipTrack* known(const std::string& key) const;
    const ClipTrack& keep(ClipTrack track);
    int windowFrames() const; // of the face; 0 = the whole clip at once (compat encodes every prefix anew)
    torch::Tensor heardEmotion(const torch::Tensor& mfcc);

    EmcNetwork& m_net; // the owner's
    FeatureFile m_faceFile, m_speechFile;
    FaceReader m_reader;
    std::deque<ClipTrack> m_tracks; // newest first
};

// Where a clip's precomputed features lie: FOLDER/features/NAME.npy beside a clip, FOLDER/features/NAME/ID.npy in a
// REACT tree. NAME is "swin" (T,768) or "vggish" (T,128).
std::filesystem::path officialFeatureFile(const ClipInfo& info, const std::string& name);

} // namespace emc
