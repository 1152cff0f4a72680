#include <algorithm>
#include <cctype>
#include <fstream>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/api/error.h"
#include "core/media/video.h"

namespace emc {
namespace {

class VideoFileReader final : public FrameReader {
public:
    VideoFileReader(const std::filesystem::path& path, int size) : m_decoder(path), m_size(size) {}
    int width() const override { return m_size > 0 ? m_size : m_decoder.info().width; }
    int height() const override { return m_size > 0 ? m_size : m_decoder.info().height; }
    bool next(std::vector<std::uint8_t>& rgb) override {
        VideoFrame frame;
        if (!m_decoder.next(frame)) return false;
        m_decoder.toRgb(frame, m_picture, m_size, m_size);
        rgb = m_picture.rgb;
        return true;
    }

private:
    VideoDecoder m_decoder;
    RgbPicture m_picture;
    int m_size;
};

// "2.png" before "10.png".
bool naturalLess(const std::string& a, const std::string& b) {
    std::size_t i = 0, j = 0;
    const auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    while (i < a.size() && j < b.size()) {
        if (digit(a[i]) && digit(b[j])) {
            std::size_t p = i, q = j;
            while (p < a.size() && a[p] == '0') ++p;
            while (q < b.size() && b[q] == '0') ++q;
            std::size_t e = p, f = q;
            while (e < a.size() && digit(a[e])) ++e;
            while (f < b.size() && digit(b[f])) ++f;
            if (e - p != f - q) return e - p < f - q;
            const int order = a.compare(p, e - p, b, q, f - q);
            if (order != 0) return order < 0;
            i = e;
            j = f;
        } else {
            if (a[i] != b[j]) return a[i] < b[j];
            ++i, ++j;
        }
    }
    return a.size() - i < b.size() - j;
}

class PictureFolderReader final : public FrameReader {
public:
    PictureFolderReader(const std::filesystem::path& folder, int size) {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            std::string kind = entry.path().extension().string();
            std::transform(kind.begin(), kind.end(), kind.begin(), [](unsigned char c) { return std::tolower(c); });
            if (entry.is_regular_file() && (kind == ".png" || kind == ".jpg" || kind == ".jpeg"))
                m_files.push_back(entry.path());
        }
        if (m_files.empty()) throw Error(ErrorKind::BadInput, "there are no pictures in this folder", folder.string());
        std::sort(m_files.begin(), m_files.end(),
                  [](auto& a, auto& b) { return naturalLess(a.filename().string(), b.filename().string()); });
        m_width = m_height = size;
        if (size <= 0) {
            const cv::Mat first = read(m_files.front());
            m_width = first.cols;
            m_height = first.rows;
        }
    }
    int width() const override { return m_width; }
    int height() const override { return m_height; }
    bool next(std::vector<std::uint8_t>& rgb) override {
        if (m_next == m_files.size()) return false;
        const cv::Mat picture = read(m_files[m_next++]);
        rgb.resize(static_cast<std::size_t>(m_width) * m_height * 3);
        cv::Mat out(m_height, m_width, CV_8UC3, rgb.data());
        cv::Mat scaled;
        cv::resize(picture, scaled, {m_width, m_height}, 0, 0, cv::INTER_AREA);
        cv::cvtColor(scaled, out, cv::COLOR_BGR2RGB);
        return true;
    }

private:
    static cv::Mat read(const std::filesystem::path& file) {
        cv::Mat picture;
        try {
            picture = cv::imread(file.string(), cv::IMREAD_COLOR);
        } catch (const cv::Exception&) { // sizes beyond OpenCV's own limits
        }
        if (picture.empty()) throw Error(ErrorKind::BadInput, "this picture cannot be read", file.string());
        return picture;
    }
    std::vector<std::filesystem::path> m_files;
    std::size_t m_next = 0;
    int m_width = 0, m_height = 0;
};

} // namespace

std::unique_ptr<FrameReader> openVideo(const std::filesystem::path& path, int size) {
    if (size < 0 || size > 8192)
        throw Error(ErrorKind::Usage, "a picture size must lie between 0 and 8192", path.string());
    if (std::filesystem::is_directory(path)) return std::make_unique<PictureFolderReader>(path, size);
    return std::make_unique<VideoFileReader>(path, size);
}

} // namespace emc
