#include "core/nn/frame_features.h"

#include <algorithm>
#include <cctype>
#include <limits>

#include "core/api/error.h"
#include "core/nn/checkpoint.h"
#include "core/nn/device.h"
#include "core/nn/inception_fid.h"

namespace emc {
namespace fs = std::filesystem;
namespace {

constexpr int kLastFrame = 750, kBatch = 8;

bool isVideo(const fs::path& path) {
    std::string kind = path.extension().string();
    std::transform(kind.begin(), kind.end(), kind.begin(), [](unsigned char c) { return std::tolower(c); });
    return kind == ".mp4" || kind == ".avi" || kind == ".mov" || kind == ".mkv" || kind == ".webm";
}

std::vector<fs::path> videosIn(const fs::path& folder) {
    std::vector<fs::path> videos;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && isVideo(entry.path())) videos.push_back(entry.path());
    std::sort(videos.begin(), videos.end());
    return videos;
}

} // namespace

struct FrameFeatureNet::Impl {
    InceptionFid net;
    FrameOpener open;

    // Pictures first, first + stride, ... of one reader.
    void append(const fs::path& path, int stride, int end, FrameFeatures& out, JobContext& job) {
        const auto reader = open(path, 0);
        const std::int64_t height = reader->height(), width = reader->width();
        std::vector<torch::Tensor> batch;
        const auto flush = [&] {
            if (batch.empty()) return;
            job.checkpoint();
            const torch::Tensor rows = net->forward(torch::stack(batch)).contiguous();
            out.values.insert(out.values.end(), rows.data_ptr<float>(), rows.data_ptr<float>() + rows.numel());
            out.pictures += static_cast<int>(batch.size());
            batch.clear();
        };
        std::vector<std::uint8_t> rgb;
        for (int t = 0; t < end && reader->next(rgb); ++t) {
            if (t % stride) continue;
            batch.push_back(torch::from_blob(rgb.data(), {height, width, 3}, torch::kUInt8).permute({2, 0, 1}).clone());
            if (batch.size() == kBatch) flush();
        }
        flush();
    }
};

FrameFeatureNet::FrameFeatureNet(const fs::path& weights, FrameOpener frames, int threads)
    : m_impl(std::make_unique<Impl>()) {
    setComputeThreads(threads);
    loadModule(*m_impl->net, weights, {{}, {}, {"fc."}});
    m_impl->net->eval();
    m_impl->open = std::move(frames);
}

FrameFeatureNet::~FrameFeatureNet() = default;

FrameFeatures FrameFeatureNet::features(const fs::path& frames, int stride, JobContext& job) {
    if (stride < 1) throw Error(ErrorKind::Usage, "the stride of the frames must be 1 or more");
    if (!fs::exists(frames)) throw Error(ErrorKind::NotFound, "there are no frames", frames.string());
    const torch::InferenceMode on;
    FrameFeatures out;
    const std::vector<fs::path> videos = fs::is_directory(frames) ? videosIn(frames) : std::vector<fs::path>{frames};
    if (videos.empty()) { // single pictures were chosen by whoever wrote them
        job.progress(0, 1, "pictures of " + frames.string());
        m_impl->append(frames, 1, std::numeric_limits<int>::max(), out, job);
    }
    for (std::size_t i = 0; i < videos.size(); ++i) {
        job.progress(static_cast<double>(i), static_cast<double>(videos.size()),
                     "frames of " + videos[i].filename().string());
        m_impl->append(videos[i], stride, kLastFrame, out, job);
    }
    return out;
}

} // namespace emc
