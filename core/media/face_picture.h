#pragma once
// Cutting faces out of pictures for the networks. OpenCV types: included by .cpp files of core/media only.
#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include "core/media/face_tracker.h"

namespace emc {

inline cv::Mat asMat(const RgbPicture& picture) {
    return cv::Mat(picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.rgb.data()));
}

// A turned square: `angle` (radians, clockwise as seen) is the direction of the line from the right to the left eye.
struct FaceRegion {
    float centreX = 0, centreY = 0, side = 0, angle = 0;
};
// size x size RGB. u = (size / side) R(-angle) (x - centre) + size / 2, without a half-pixel term, zero outside: as the
// networks of this chain were made to see it (with half-pixel terms the landmarks' error is four times larger).
cv::Mat cropRegion(const RgbPicture& picture, const FaceRegion& region, int size);
// From crop pixels back to the picture.
cv::Point2f fromRegion(const FaceRegion& region, int size, float u, float v);
// CV_8UC3 -> 1x3xSxS float, value * scale + shift.
cv::Mat networkInput(const cv::Mat& rgb, float scale, float shift);
cv::dnn::Net loadNetwork(const char* assetName);

} // namespace emc
