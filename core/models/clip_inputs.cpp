#include "core/models/clip_inputs.h"

#include <algorithm>

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/data/npy.h"

namespace emc {

namespace {
constexpr std::size_t kKeptTracks = 12;

// Rows of `width` numbers, one per frame: those of missing frames are 0, those beyond the track repeat its last one.
torch::Tensor rowsOf(const std::vector<float>& values, int width, int have, const std::vector<bool>& missing,
                     const std::string& what, const std::string& where) {
    if (have <= 0 || values.size() < static_cast<std::size_t>(have) * static_cast<std::size_t>(width))
        throw Error(ErrorKind::BadInput, "the clip has no " + what, where);
    const int frames = static_cast<int>(missing.size());
    torch::Tensor table = torch::zeros({1, frames, width});
    float* out = table.data_ptr<float>();
    for (int t = 0; t < frames; ++t) {
        if (missing[static_cast<std::size_t>(t)]) continue;
        const auto from = values.begin() + static_cast<std::ptrdiff_t>(std::min(t, have - 1)) * width;
        std::copy(from, from + width, out + static_cast<std::ptrdiff_t>(t) * width);
    }
    return table;
}

torch::Tensor featuresInFile(const ClipInfo& info, const FeatureFile& wanted, const std::vector<bool>& missing) {
    const auto& [name, width] = wanted;
    const std::filesystem::path file = officialFeatureFile(info, name);
    if (!std::filesystem::exists(file))
        throw Error(ErrorKind::NotFound, "this checkpoint reads " + name + " features, and the clip has none",
                    file.string(),
                    "Make them with `emc features CLIP --kinds " + name +
                        "` (emc features --help), or put them there as (frames, " + std::to_string(width) +
                        ") numbers; models trained here on the built-in features need none");
    std::vector<std::int64_t> shape;
    const std::vector<float> values = readNpyF32(file, &shape);
    const auto frames = static_cast<std::int64_t>(missing.size());
    if (shape.size() != 2 || shape[1] != width || shape[0] < frames - std::max<std::int64_t>(2, frames / 50))
        throw Error(ErrorKind::BadInput,
                    "the features are not (" + std::to_string(frames) + ", " + std::to_string(width) + ")",
                    file.string());
    return rowsOf(values, width, static_cast<int>(shape[0]), missing, name + " features", info.id);
}
} // namespace

std::filesystem::path officialFeatureFile(const ClipInfo& info, const std::string& name) {
    const std::filesystem::path beside = info.path / "features" / (name + ".npy");
    if (std::filesystem::exists(beside)) return beside;
    const std::filesystem::path inTree = info.path / "features" / name / (info.id + ".npy");
    return std::filesystem::exists(inTree) ? inTree : beside;
}

void ClipInputs::forget() {
    m_tracks.clear();
    m_reader.forget();
}

const ClipTrack* ClipInputs::known(const std::string& key) const {
    for (const ClipTrack& track : m_tracks)
        if (track.key == key) return &track;
    return nullptr;
}

const ClipTrack& ClipInputs::keep(ClipTrack track) {
    m_tracks.push_front(std::move(track));
    if (m_tracks.size() > kKeptTracks) m_tracks.pop_back();
    return m_tracks.front();
}

int ClipInputs::windowFrames() const {
    return m_net.emc().compat ? 0 : m_net.emc().window * m_net.emc().stride;
}

torch::Tensor ClipInputs::heardEmotion(const torch::Tensor& mfcc) {
    const int64_t window = m_net.emc().window * m_net.emc().stride, frames = mfcc.size(1);
    if (window == 0) return m_net.speechEmotion()->forward(mfcc);
    std::vector<torch::Tensor> parts; // the head looks both ways: each window is heard as if the speech ended there
    for (int64_t begin = 0; begin < frames; begin += window) {
        const int64_t from = std::max<int64_t>(0, begin - kSpeechEmotionReach), end = std::min(frames, begin + window);
        parts.push_back(m_net.speechEmotion()->forward(mfcc.slice(1, from, end)).slice(1, begin - from));
    }
    return torch::cat(parts, 1);
}

const ClipTrack& ClipInputs::face(const Clip& clip, const std::vector<bool>& missing, JobContext& job) {
    ClipTrack track{clipKey("face", clip.info(), missing), {}, {}};
    if (const ClipTrack* same = known(track.key)) return *same;
    job.checkpoint();
    const torch::Device device = m_net.device();
    const bool coefficients = m_faceFile.name.empty() && !m_net.frameEncoder();
    if (m_net.emc().ea || coefficients) {
        const auto measured = clip.face();
        const auto rows = [&](const std::vector<float>& values, int width, const char* what) {
            return rowsOf(values, width, measured->frames, missing, what, clip.info().id).to(device);
        };
        if (m_net.emc().ea) track.emotion = rows(measured->emotion, kEmotionDims, "facial emotion");
        if (coefficients) track.features = rows(measured->coeffs, kCoeffDims, "facial coefficients");
    }
    if (!coefficients)
        track.features = m_faceFile.name.empty()
                             ? m_reader.features(m_net.frameEncoder(), clip, missing, device, job, windowFrames())
                             : featuresInFile(clip.info(), m_faceFile, missing).to(device);
    return keep(std::move(track));
}

const ClipTrack& ClipInputs::speech(const Clip& clip, const std::vector<bool>& missing, JobContext& job) {
    ClipTrack track{clipKey("speech", clip.info(), missing), {}, {}};
    if (const ClipTrack* same = known(track.key)) return *same;
    job.checkpoint();
    const bool builtIn = m_speechFile.name.empty();
    torch::Tensor mfcc;
    if (builtIn || m_net.emc().ea) {
        const auto heard = clip.speech();
        mfcc = rowsOf(heard->mfcc, kMfccDims, heard->frames, missing, "speech features", clip.info().id)
                   .to(m_net.device());
    }
    track.features = builtIn ? mfcc : featuresInFile(clip.info(), m_speechFile, missing).to(m_net.device());
    if (m_net.emc().ea) track.emotion = heardEmotion(mfcc);
    return keep(std::move(track));
}

} // namespace emc
