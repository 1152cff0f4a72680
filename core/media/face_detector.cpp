#include <algorithm>
#include <cmath>

#include "core/media/assets.h"
#include "core/media/face_picture.h"

namespace emc {
namespace {

constexpr int kSize = 192, kCells = 48, kNumbers = 16;
constexpr float kBest = 0.6f, kMember = 0.5f,
                kOverlap = 0.3f; // a face must reach kBest; boxes down to kMember refine it

float overlap(const FaceBox& a, const FaceBox& b) {
    const float w = std::min(a.x + a.w, b.x + b.w) - std::max(a.x, b.x),
                h = std::min(a.y + a.h, b.y + b.h) - std::max(a.y, b.y);
    if (w <= 0 || h <= 0) return 0;
    return w * h / (a.w * a.h + b.w * b.h - w * h);
}

} // namespace

struct FaceDetector::State {
    cv::dnn::Net net = loadNetwork(asset::kDetector);
    std::vector<cv::String> outputs{"regressors", "scores"};
};

FaceDetector::FaceDetector() : m(std::make_unique<State>()) {}
FaceDetector::~FaceDetector() = default;

std::vector<FaceDetection> FaceDetector::detect(const RgbPicture& picture) {
    // The whole picture, letterboxed into a square.
    const FaceRegion whole{picture.width / 2.0f, picture.height / 2.0f,
                           static_cast<float>(std::max(picture.width, picture.height)), 0};
    m->net.setInput(networkInput(cropRegion(picture, whole, kSize), 1 / 127.5f, -1));
    std::vector<cv::Mat> out;
    m->net.forward(out, m->outputs);
    const float* numbers = out[0].ptr<float>();
    const float* logits = out[1].ptr<float>();

    std::vector<FaceDetection> boxes;
    for (int i = 0; i < kCells * kCells; ++i) {
        const float score = 1 / (1 + std::exp(-std::clamp(logits[i], -100.0f, 100.0f)));
        if (!(score > kMember)) continue;
        const float* r = numbers + i * kNumbers;
        // Offsets are in network pixels from the cell's centre.
        const float cellX = (static_cast<float>(i % kCells) + 0.5f) * kSize / kCells,
                    cellY = (static_cast<float>(i / kCells) + 0.5f) * kSize / kCells;
        FaceDetection found;
        found.score = score;
        const cv::Point2f corner = fromRegion(whole, kSize, cellX + r[0] - r[2] / 2, cellY + r[1] - r[3] / 2);
        const float k = whole.side / kSize;
        found.box = {corner.x, corner.y, r[2] * k, r[3] * k};
        if (!(found.box.w > 1 && found.box.h > 1)) continue;
        for (int p = 0; p < 6; ++p) {
            const cv::Point2f at = fromRegion(whole, kSize, cellX + r[4 + 2 * p], cellY + r[5 + 2 * p]);
            found.keyPoints[2 * p] = at.x;
            found.keyPoints[2 * p + 1] = at.y;
        }
        boxes.push_back(found);
    }
    std::sort(boxes.begin(), boxes.end(), [](auto& a, auto& b) { return a.score > b.score; });

    std::vector<FaceDetection> faces;
    while (!boxes.empty() && boxes.front().score >= kBest) {
        const FaceBox best = boxes.front().box;
        FaceDetection mean;
        mean.score = boxes.front().score;
        float total = 0;
        std::vector<FaceDetection> others;
        for (const FaceDetection& box : boxes) {
            if (overlap(best, box.box) <= kOverlap) {
                others.push_back(box);
                continue;
            }
            total += box.score;
            mean.box.x += box.score * box.box.x;
            mean.box.y += box.score * box.box.y;
            mean.box.w += box.score * box.box.w;
            mean.box.h += box.score * box.box.h;
            for (int p = 0; p < 12; ++p) mean.keyPoints[p] += box.score * box.keyPoints[p];
        }
        for (float* value : {&mean.box.x, &mean.box.y, &mean.box.w, &mean.box.h}) *value /= total;
        for (float& value : mean.keyPoints) value /= total;
        faces.push_back(mean);
        boxes = std::move(others);
    }
    return faces;
}

} // namespace emc
