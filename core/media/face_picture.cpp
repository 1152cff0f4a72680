#include "core/media/face_picture.h"

#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/api/error.h"
#include "core/media/assets.h"

namespace emc {

cv::Mat cropRegion(const RgbPicture& picture, const FaceRegion& region, int size) {
    const double k = region.side / size, c = std::cos(region.angle) * k, s = std::sin(region.angle) * k;
    const cv::Matx23d toPicture(c, -s, region.centreX - (c - s) * size / 2.0, s, c,
                                region.centreY - (s + c) * size / 2.0);
    cv::Mat crop;
    cv::warpAffine(asMat(picture), crop, toPicture, {size, size}, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                   cv::BORDER_CONSTANT);
    return crop;
}

cv::Point2f fromRegion(const FaceRegion& region, int size, float u, float v) {
    const float k = region.side / static_cast<float>(size), half = static_cast<float>(size) / 2;
    const float c = std::cos(region.angle) * k, s = std::sin(region.angle) * k;
    return {region.centreX + c * (u - half) - s * (v - half), region.centreY + s * (u - half) + c * (v - half)};
}

cv::Mat networkInput(const cv::Mat& rgb, float scale, float shift) {
    const int size[4] = {1, 3, rgb.rows, rgb.cols};
    cv::Mat blob(4, size, CV_32F);
    std::vector<cv::Mat> planes;
    for (int c = 0; c < 3; ++c) planes.emplace_back(rgb.rows, rgb.cols, CV_32F, blob.ptr<float>(0, c));
    cv::Mat values;
    rgb.convertTo(values, CV_32F, scale, shift);
    cv::split(values, planes);
    return blob;
}

cv::dnn::Net loadNetwork(const char* assetName) {
    const std::filesystem::path file = AssetManager::find(assetName);
    try {
        cv::dnn::Net net = cv::dnn::readNetFromONNX(file.string());
        net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
        return net;
    } catch (const cv::Exception& failure) {
        throw Error(ErrorKind::BadInput, "this network cannot be loaded (" + failure.err + ")", file.string(),
                    "Run `./studio setup` again");
    }
}

void squareCrop(const RgbPicture& picture, float centreX, float centreY, float side, int size,
                std::vector<std::uint8_t>& rgb) {
    rgb.resize(static_cast<std::size_t>(size) * size * 3);
    cv::Mat out(size, size, CV_8UC3, rgb.data());
    side = std::max(side, 2.0f);
    const double k = side / size;
    // Half-pixel centres here: this crop is for people and for encoders that see ordinary resized pictures.
    const cv::Matx23d toPicture(k, 0, centreX - side / 2 + k / 2 - 0.5, 0, k, centreY - side / 2 + k / 2 - 0.5);
    if (k <= 1.5) {
        cv::warpAffine(asMat(picture), out, toPicture, out.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                       cv::BORDER_CONSTANT);
        return;
    }
    // Shrinking: take a larger crop first and average it, otherwise fine structure flickers.
    const int factor = std::min(8, static_cast<int>(std::ceil(k)));
    const int large = size * factor;
    const double kl = side / large;
    const cv::Matx23d toLarge(kl, 0, centreX - side / 2 + kl / 2 - 0.5, 0, kl, centreY - side / 2 + kl / 2 - 0.5);
    cv::Mat crop;
    cv::warpAffine(asMat(picture), crop, toLarge, {large, large}, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                   cv::BORDER_CONSTANT);
    cv::resize(crop, out, out.size(), 0, 0, cv::INTER_AREA);
}

} // namespace emc
