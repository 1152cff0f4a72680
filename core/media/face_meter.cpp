#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/api/error.h"
#include "core/media/assets.h"
#include "core/media/face_picture.h"

namespace emc {
namespace {

// The points the blend shape network looks at, in its order (its specification's list).
constexpr std::array<int, 146> kShapePoints = {
    0,   1,   4,   5,   6,   7,   8,   10,  13,  14,  17,  21,  33,  37,  39,  40,  46,  52,  53,  54,  55,
    58,  61,  63,  65,  66,  67,  70,  78,  80,  81,  82,  84,  87,  88,  91,  93,  95,  103, 105, 107, 109,
    127, 132, 133, 136, 144, 145, 146, 148, 149, 150, 152, 153, 154, 155, 157, 158, 159, 160, 161, 162, 163,
    168, 172, 173, 176, 178, 181, 185, 191, 195, 197, 234, 246, 249, 251, 263, 267, 269, 270, 276, 282, 283,
    284, 285, 288, 291, 293, 295, 296, 297, 300, 308, 310, 311, 312, 314, 317, 318, 321, 323, 324, 332, 334,
    336, 338, 356, 361, 362, 365, 373, 374, 375, 377, 378, 379, 380, 381, 382, 384, 385, 386, 387, 388, 389,
    390, 397, 398, 400, 402, 405, 409, 415, 454, 466, 468, 469, 470, 471, 472, 473, 474, 475, 476, 477};

constexpr int kGreySize = 64;

} // namespace

struct FaceMeter::State {
    cv::dnn::Net shapesNet = loadNetwork(asset::kBlendshapes);
    cv::dnn::Net expressionNet = loadNetwork(asset::kExpression);
    HeadPoseSolver pose{AssetManager::find(asset::kCanonicalFace), AssetManager::find(asset::kPoseWeights)};
    std::vector<std::uint8_t> crop;
};

FaceMeter::FaceMeter() : m(std::make_unique<State>()) {}
FaceMeter::~FaceMeter() = default;

std::array<float, kShapeDims> FaceMeter::shapes(std::span<const float> points) {
    if (points.size() != kFacePoints * 3) throw Error(ErrorKind::Internal, "the shapes need 478 points");
    const int size[4] = {1, 2, 1, static_cast<int>(kShapePoints.size())};
    cv::Mat input(4, size, CV_32F);
    float* xs = input.ptr<float>(0, 0);
    float* ys = input.ptr<float>(0, 1);
    double meanX = 0, meanY = 0, norm = 0;
    const auto count = static_cast<double>(kShapePoints.size());
    for (const int i : kShapePoints) {
        meanX += points[i * 3] / count;
        meanY += points[i * 3 + 1] / count;
    }
    for (const int i : kShapePoints) norm += std::hypot(points[i * 3] - meanX, points[i * 3 + 1] - meanY) / count;
    norm = std::max(norm, 1e-6);
    for (std::size_t k = 0; k < kShapePoints.size(); ++k) {
        const int i = kShapePoints[k];
        xs[k] = static_cast<float>((points[i * 3] - meanX) / norm);
        ys[k] = static_cast<float>((points[i * 3 + 1] - meanY) / norm);
    }
    m->shapesNet.setInput(input);
    const cv::Mat out = m->shapesNet.forward();
    std::array<float, kShapeDims> shapes{};
    // Output 0 is the neutral face; the network has no tongue.
    for (int i = 0; i + 1 < kShapeDims; ++i) shapes[i] = std::clamp(out.ptr<float>()[i + 1], 0.0f, 1.0f);
    return shapes;
}

FaceMeasure FaceMeter::measure(const RgbPicture& picture, const FaceSighting& face) {
    FaceMeasure measure;
    measure.shapes = shapes(face.points);
    measure.pose = m->pose.solve(face.points, picture.width, picture.height);

    // The expression network saw loose square crops in its training: the box grown by 15 % a side and moved up by 5 %.
    const float side = face.box.side() * 1.3f;
    squareCrop(picture, face.box.centreX(), face.box.centreY() - 0.05f * face.box.h, side, kGreySize, m->crop);
    cv::Mat grey;
    cv::cvtColor(cv::Mat(kGreySize, kGreySize, CV_8UC3, m->crop.data()), grey, cv::COLOR_RGB2GRAY);
    const int size[4] = {1, 1, kGreySize, kGreySize};
    cv::Mat input(4, size, CV_32F);
    cv::Mat plane(kGreySize, kGreySize, CV_32F, input.ptr<float>());
    grey.convertTo(plane, CV_32F, 1 / 127.5, -1);
    m->expressionNet.setInput(input);
    const cv::Mat out = m->expressionNet.forward();
    std::copy(out.ptr<float>(), out.ptr<float>() + 7, measure.expressions.begin());
    return measure;
}

} // namespace emc
