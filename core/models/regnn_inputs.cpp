#include "core/models/regnn_inputs.h"

#include <algorithm>

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/data/npy.h"

namespace emc {

namespace {
constexpr std::size_t kKeptTracks = 12;
constexpr std::int64_t kKeptPictureBytes = 256 << 20;
constexpr int kFrameChunk = 32;

std::string keyOf(const char* modality, const ClipInfo& info, const std::vector<bool>& missing) {
    std::string key = std::string(modality) + "|" +
                      (info.contentHash.empty() ? info.path.string() + "#" + info.id : info.contentHash) + "|" +
                      std::to_string(missing.size());
    for (const FrameSpan& span : spansOf(missing))
        key += "|" + std::to_string(span.begin) + "-" + std::to_string(span.end);
    return key;
}

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

torch::Tensor officialFeatures(const ClipInfo& info, const char* name, int width, const std::vector<bool>& missing) {
    const std::filesystem::path file = officialFeatureFile(info, name);
    if (!std::filesystem::exists(file))
        throw Error(ErrorKind::NotFound,
                    std::string("this checkpoint reads ") + name + " features, and the clip has none", file.string(),
                    "Put them there as (frames, " + std::to_string(width) +
                        ") numbers, or use a model that was trained here on the built-in features");
    std::vector<std::int64_t> shape;
    const std::vector<float> values = readNpyF32(file, &shape);
    const auto frames = static_cast<std::int64_t>(missing.size());
    if (shape.size() != 2 || shape[1] != width || shape[0] < frames - std::max<std::int64_t>(2, frames / 50))
        throw Error(ErrorKind::BadInput,
                    "the features are not (" + std::to_string(frames) + ", " + std::to_string(width) + ")",
                    file.string());
    return rowsOf(values, width, static_cast<int>(shape[0]), missing, std::string(name) + " features", info.id);
}
} // namespace

std::filesystem::path officialFeatureFile(const ClipInfo& info, const std::string& name) {
    const std::filesystem::path beside = info.path / "features" / (name + ".npy");
    if (std::filesystem::exists(beside)) return beside;
    const std::filesystem::path inTree = info.path / "features" / name / (info.id + ".npy");
    return std::filesystem::exists(inTree) ? inTree : beside;
}

void RegnnInputs::forget() {
    m_tracks.clear();
    m_picturesKey.clear();
    m_pictures.reset();
}

const RegnnTrack& RegnnInputs::keep(RegnnTrack track) {
    m_tracks.push_front(std::move(track));
    if (m_tracks.size() > kKeptTracks) m_tracks.pop_back();
    return m_tracks.front();
}

torch::Tensor RegnnInputs::pictures(const Clip& clip, int frames, JobContext& job) {
    const std::int64_t size = m_videoSize, bytes = 3 * size * size * frames;
    const std::string key = keyOf("pictures", clip.info(), std::vector<bool>(static_cast<std::size_t>(frames)));
    if (key == m_picturesKey) return m_pictures;
    m_picturesKey.clear();
    m_pictures.reset();
    if (bytes > 4 * kKeptPictureBytes)
        throw Error(ErrorKind::Unsupported, "the clip is too long for faces of " + std::to_string(size) + " pixels",
                    clip.info().id, "Use a smaller video size");
    const int readSize = readSizeFor(m_videoSize);
    const auto reader = clip.faceFrames(readSize);
    if (reader->width() != readSize || reader->height() != readSize)
        throw Error(ErrorKind::BadInput,
                    "the face frames are not " + std::to_string(readSize) + " pixels wide and high", clip.info().id);
    std::vector<std::uint8_t> planes, rgb;
    planes.reserve(static_cast<std::size_t>(bytes));
    int have = 0;
    for (; have < frames; ++have) {
        job.progress(have, frames, "reading the face");
        if (!reader->next(rgb)) break;
        appendCentreCrop(rgb, readSize, m_videoSize, planes);
    }
    if (have == 0 || have < frames - std::max(2, frames / 50))
        throw Error(ErrorKind::BadInput,
                    "the face video has " + std::to_string(have) + " of " + std::to_string(frames) + " frames",
                    clip.info().id);
    const torch::Tensor read = torch::from_blob(planes.data(), {have, 3, size, size}, torch::kUInt8);
    torch::Tensor all = torch::empty({frames, 3, size, size}, torch::kUInt8);
    all.narrow(0, 0, have).copy_(read);
    for (int t = have; t < frames; ++t) all[t].copy_(read[have - 1]); // a frame less than rows is common
    if (bytes <= kKeptPictureBytes) {
        m_pictures = all;
        m_picturesKey = key;
    }
    return all;
}

torch::Tensor RegnnInputs::frameFeatures(const Clip& clip, const std::vector<bool>& missing, JobContext& job) {
    const int frames = static_cast<int>(missing.size());
    const torch::Tensor bytes = pictures(clip, frames, job);
    // Missing frames do not take part in the statistics of the norms either.
    std::vector<std::int64_t> present;
    for (int t = 0; t < frames; ++t)
        if (!missing[static_cast<std::size_t>(t)]) present.push_back(t);
    const torch::Tensor index = torch::tensor(present, torch::kLong);
    const int count = static_cast<int>(present.size());
    const torch::Device device = m_net->coeffMean().device();
    const torch::Tensor u = m_net->frameEncoder()->encode(
        count,
        [&](int begin, int end) {
            job.progress(begin, count, "encoding the face");
            const torch::Tensor part =
                count == frames ? bytes.slice(0, begin, end) : bytes.index_select(0, index.slice(0, begin, end));
            return normalisedFrames(part.to(device));
        },
        job, kFrameChunk);
    torch::Tensor all = torch::zeros({1, frames, kFeatureDims}, u.options());
    all[0].index_copy_(0, index.to(device), u);
    return all;
}

const RegnnTrack& RegnnInputs::face(const Clip& clip, const std::vector<bool>& missing, JobContext& job) {
    const std::string key = keyOf("face", clip.info(), missing);
    for (const RegnnTrack& known : m_tracks)
        if (known.key == key) return known;
    job.checkpoint();
    const torch::Device device = m_net->coeffMean().device();
    RegnnTrack track{key, {}, {}};
    if (m_net->config().ea) {
        const auto measured = clip.face();
        track.emotion =
            rowsOf(measured->emotion, kEmotionDims, measured->frames, missing, "facial emotion", clip.info().id)
                .to(device);
    }
    track.features = m_net->config().features == RegnnFeatures::BuiltIn
                         ? frameFeatures(clip, missing, job)
                         : officialFeatures(clip.info(), "swin", kSwinDims, missing).to(device);
    return keep(std::move(track));
}

const RegnnTrack& RegnnInputs::speech(const Clip& clip, const std::vector<bool>& missing, JobContext& job) {
    const std::string key = keyOf("speech", clip.info(), missing);
    for (const RegnnTrack& known : m_tracks)
        if (known.key == key) return known;
    job.checkpoint();
    const torch::Device device = m_net->coeffMean().device();
    const bool builtIn = m_net->config().features == RegnnFeatures::BuiltIn;
    RegnnTrack track{key, {}, {}};
    torch::Tensor mfcc;
    if (builtIn || m_net->config().ea) {
        const auto heard = clip.speech();
        mfcc = rowsOf(heard->mfcc, kMfccDims, heard->frames, missing, "speech features", clip.info().id).to(device);
    }
    track.features = builtIn ? mfcc : officialFeatures(clip.info(), "vggish", kVggishDims, missing).to(device);
    if (m_net->config().ea) track.emotion = m_net->speechEmotion()->forward(mfcc);
    return keep(std::move(track));
}

} // namespace emc
