#include "core/models/face_reader.h"

#include <algorithm>

#include "core/api/error.h"
#include "core/api/vectors.h"

namespace emc {

namespace {
constexpr std::int64_t kKeptPictureBytes = 256 << 20;
constexpr int kFrameChunk = 32;
} // namespace

std::string clipKey(const char* modality, const ClipInfo& info, const std::vector<bool>& missing) {
    std::string key = std::string(modality) + "|" +
                      (info.contentHash.empty() ? info.path.string() + "#" + info.id : info.contentHash) + "|" +
                      std::to_string(missing.size());
    for (const FrameSpan& span : spansOf(missing))
        key += "|" + std::to_string(span.begin) + "-" + std::to_string(span.end);
    return key;
}

void FaceReader::forget() {
    m_key.clear();
    m_pictures.reset();
}

torch::Tensor FaceReader::pictures(const Clip& clip, int frames, JobContext& job) {
    const std::int64_t size = m_videoSize, bytes = 3 * size * size * frames;
    const std::string key = clipKey("pictures", clip.info(), std::vector<bool>(static_cast<std::size_t>(frames)));
    if (key == m_key) return m_pictures;
    forget();
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
        m_key = key;
    }
    return all;
}

torch::Tensor FaceReader::features(FrameEncoder& encoder, const Clip& clip, const std::vector<bool>& missing,
                                   torch::Device device, JobContext& job) {
    const int frames = static_cast<int>(missing.size());
    const torch::Tensor bytes = pictures(clip, frames, job);
    std::vector<std::int64_t> present;
    for (int t = 0; t < frames; ++t)
        if (!missing[static_cast<std::size_t>(t)]) present.push_back(t);
    const torch::Tensor index = torch::tensor(present, torch::kLong);
    const int count = static_cast<int>(present.size());
    const torch::Tensor u = encoder->encode(
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

} // namespace emc
