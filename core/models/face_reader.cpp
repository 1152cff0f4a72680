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

std::unique_ptr<PictureFilm> FaceReader::openFilm(const Clip& clip, int frames) {
    const std::int64_t size = m_videoSize, bytes = 3 * size * size * frames;
    if (bytes > 4 * kKeptPictureBytes)
        throw Error(ErrorKind::Unsupported, "the clip is too long for faces of " + std::to_string(size) + " pixels",
                    clip.info().id, "Use a smaller video size");
    return std::make_unique<PictureFilm>(clip, frames, m_videoSize);
}

torch::Tensor FaceReader::features(FrameEncoder& encoder, const Clip& clip, const std::vector<bool>& missing,
                                   torch::Device device, JobContext& job, int window) {
    const int frames = static_cast<int>(missing.size());
    const std::string key = clipKey("pictures", clip.info(), {});
    std::unique_ptr<PictureFilm> film;
    if (key != m_key || m_pictures.size(0) < frames) { // the pictures of a longer part hold those of a shorter one
        forget();
        film = openFilm(clip, frames);
    }
    std::vector<std::int64_t> present;
    for (int t = 0; t < frames; ++t)
        if (!missing[static_cast<std::size_t>(t)]) present.push_back(t);
    const torch::Tensor index = torch::tensor(present, torch::kLong);
    const int count = static_cast<int>(present.size());
    const auto read = [&](int begin, int end) {
        job.progress(begin, count, "encoding the face");
        const int needed = static_cast<int>(present[static_cast<std::size_t>(end - 1)]) + 1;
        const torch::Tensor& bytes = film ? film->upTo(needed, job) : m_pictures;
        const torch::Tensor part =
            count == frames ? bytes.slice(0, begin, end) : bytes.index_select(0, index.slice(0, begin, end));
        return normalisedFrames(part.to(device));
    };
    std::vector<int> ends; // of the windows, counted in present frames
    for (int end = window; window > 0 && end < frames + window; end += window)
        ends.push_back(static_cast<int>(std::lower_bound(present.begin(), present.end(), end) - present.begin()));
    const torch::Tensor u =
        window > 0 ? encoder->encodeInWindows(ends, read, job) : encoder->encode(count, read, job, kFrameChunk);
    if (film) {
        const torch::Tensor all = film->upTo(frames, job);
        if (all.numel() <= kKeptPictureBytes) m_pictures = all, m_key = key;
    }
    torch::Tensor all = torch::zeros({1, frames, kFeatureDims}, u.options());
    all[0].index_copy_(0, index.to(device), u);
    return all;
}

} // namespace emc
