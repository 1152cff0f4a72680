#include "core/media/face_tracker.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/media/assets.h"
#include "core/media/face_picture.h"
#include "core/media/steady_points.h"

namespace emc {
namespace {

constexpr int kSize = 256;
constexpr float kPresent = 0.5f;
constexpr float kMargin = 1.5f;               // of the region around the longer side of a face's box
constexpr int kRightEye = 33, kLeftEye = 263; // outer corners
constexpr int kPatience = 12;                 // frames before another face may take over

FaceRegion regionOf(const FaceDetection& face) {
    const auto& k = face.keyPoints;
    return {face.box.centreX(), face.box.centreY(), kMargin * face.box.side(), std::atan2(k[3] - k[1], k[2] - k[0])};
}

FaceRegion regionOf(const FaceSighting& face) {
    const float* r = face.points.data() + kRightEye * 3;
    const float* l = face.points.data() + kLeftEye * 3;
    return {face.box.centreX(), face.box.centreY(), kMargin * face.box.side(), std::atan2(l[1] - r[1], l[0] - r[0])};
}

} // namespace

struct FaceTracker::State {
    FaceDetector detector;
    cv::dnn::Net net = loadNetwork(asset::kLandmarks);
    std::vector<cv::String> outputs{"landmarks", "presence"};
    std::optional<FaceBox> last; // where the face was seen, or where to seek it
    FaceSighting previous;
    SteadyPoints steady;
    bool only = false;
    int lost = 0; // pictures since the face was seen

    FaceSighting landmarks(const RgbPicture& picture, const FaceRegion& region);
    const FaceDetection* choose(const std::vector<FaceDetection>& faces) const;
};

FaceTracker::FaceTracker() : m(std::make_unique<State>()) {}
FaceTracker::~FaceTracker() = default;

void FaceTracker::seek(const FaceBox& near, bool only) {
    forget();
    m->last = near;
    m->only = only;
}

void FaceTracker::forget() {
    m->previous = {};
    m->last.reset();
    m->steady.forget();
    m->only = false;
    m->lost = 0;
}

FaceSighting FaceTracker::State::landmarks(const RgbPicture& picture, const FaceRegion& region) {
    FaceSighting face;
    // A region far outside the picture or without size comes from broken numbers.
    if (!std::isfinite(region.side) || !std::isfinite(region.centreX) || !std::isfinite(region.centreY) ||
        region.side < 4 || region.side > 20.0f * static_cast<float>(std::max(picture.width, picture.height)))
        return face;
    net.setInput(networkInput(cropRegion(picture, region, kSize), 1 / 255.0f, 0));
    std::vector<cv::Mat> out;
    net.forward(out, outputs);
    face.confidence = 1 / (1 + std::exp(-out[1].ptr<float>()[0]));
    if (!(face.confidence > kPresent)) return face;
    const float* points = out[0].ptr<float>();
    const float k = region.side / kSize;
    float left = 1e30f, top = 1e30f, right = -1e30f, bottom = -1e30f;
    face.points.resize(kFacePoints * 3);
    for (int i = 0; i < kFacePoints; ++i) {
        const cv::Point2f at = fromRegion(region, kSize, points[i * 3], points[i * 3 + 1]);
        face.points[i * 3] = at.x;
        face.points[i * 3 + 1] = at.y;
        face.points[i * 3 + 2] = points[i * 3 + 2] * k;
        left = std::min(left, at.x);
        right = std::max(right, at.x);
        top = std::min(top, at.y);
        bottom = std::max(bottom, at.y);
    }
    face.box = {left, top, right - left, bottom - top};
    face.found = std::isfinite(face.box.w) && std::isfinite(face.box.h) && face.box.w > 1 && face.box.h > 1;
    return face;
}

const FaceDetection* FaceTracker::State::choose(const std::vector<FaceDetection>& faces) const {
    const FaceDetection* chosen = nullptr;
    if (last) { // the nearest of about the same size; the longer it is gone, the farther it may have moved
        const float reach = last->side() * (1.0f + 0.05f * static_cast<float>(std::min(lost, 20)));
        float nearest = reach;
        for (const FaceDetection& face : faces) {
            const float distance =
                std::hypot(face.box.centreX() - last->centreX(), face.box.centreY() - last->centreY());
            const float ratio = face.box.side() / std::max(1.0f, last->side());
            if (distance < nearest && ratio > 0.4f && ratio < 2.5f) {
                nearest = distance;
                chosen = &face;
            }
        }
        if (chosen || only || lost < kPatience) return chosen;
    }
    for (const FaceDetection& face : faces)
        if (!chosen || face.box.w * face.box.h > chosen->box.w * chosen->box.h) chosen = &face;
    return chosen;
}

FaceSighting FaceTracker::next(const RgbPicture& picture, double timeS) {
    FaceSighting face;
    if (m->previous.found) face = m->landmarks(picture, regionOf(m->previous));
    if (!face.found) {
        m->steady.forget();
        const std::vector<FaceDetection> faces = m->detector.detect(picture);
        if (const FaceDetection* chosen = m->choose(faces)) face = m->landmarks(picture, regionOf(*chosen));
    }
    if (face.found) {
        m->last = face.box;
        m->lost = 0;
    } else {
        ++m->lost;
        face.confidence = 0;
    }
    m->previous = face;
    if (face.found) m->steady.apply(face.points, timeS, (face.box.w + face.box.h) / 2);
    return face;
}

} // namespace emc
