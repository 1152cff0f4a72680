#include "core/media/picture.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/api/error.h"
#include "core/data/atomic_file.h"

namespace emc {

void writePng(const std::filesystem::path& path, int width, int height, std::span<const std::uint8_t> rgb) {
    if (width <= 0 || height <= 0 || rgb.size() != static_cast<std::size_t>(width) * height * 3)
        throw Error(ErrorKind::Usage, "the pixels do not fit the picture's size", path.string());
    const cv::Mat picture(height, width, CV_8UC3, const_cast<std::uint8_t*>(rgb.data()));
    cv::Mat bgr;
    cv::cvtColor(picture, bgr, cv::COLOR_RGB2BGR);
    std::vector<std::uint8_t> bytes;
    if (!cv::imencode(".png", bgr, bytes)) throw Error(ErrorKind::Io, "the picture cannot be encoded", path.string());
    writeFileAtomically(path, std::as_bytes(std::span(bytes)));
}

RgbPicture readPicture(const std::filesystem::path& path) {
    if (!std::filesystem::exists(path)) throw Error(ErrorKind::NotFound, "the file does not exist", path.string());
    cv::Mat picture;
    try {
        picture = cv::imread(path.string(), cv::IMREAD_COLOR);
    } catch (const cv::Exception&) { // sizes beyond OpenCV's own limits
    }
    if (picture.empty()) throw Error(ErrorKind::BadInput, "this picture cannot be read", path.string());
    RgbPicture out;
    out.width = picture.cols;
    out.height = picture.rows;
    out.rgb.resize(picture.total() * 3);
    cv::cvtColor(picture, cv::Mat(picture.rows, picture.cols, CV_8UC3, out.rgb.data()), cv::COLOR_BGR2RGB);
    return out;
}

} // namespace emc
