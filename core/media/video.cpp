#include "core/media/video.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <opencv2/core.hpp>

#include "core/api/error.h"
#include "core/media/av_common.h"

namespace emc {
namespace {

constexpr int kMaxSide = 16384;  // of a picture
constexpr int kMaxDamage = 1000; // packets in a row that cannot be decoded before the rest is given up

int rotationOf(const AVStream& stream) {
    const std::uint8_t* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr);
    if (!matrix) return 0;
    const double counterClockwise = av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));
    if (!std::isfinite(counterClockwise)) return 0;
    const int quarter = static_cast<int>(std::lround(-counterClockwise / 90.0));
    return ((quarter % 4) + 4) % 4 * 90;
}

// Width for square pixels.
int squareWidth(int width, AVRational aspect) {
    if (aspect.num <= 0 || aspect.den <= 0) return width;
    const double ratio = av_q2d(aspect);
    if (ratio < 0.2 || ratio > 5 || std::abs(ratio - 1) < 0.005) return width;
    return std::max(1, static_cast<int>(std::lround(width * ratio)));
}

MediaInfo describe(const AVFormatContext& input) {
    MediaInfo info;
    info.container = input.iformat->name;
    if (input.duration > 0) info.seconds = static_cast<double>(input.duration) / AV_TIME_BASE;
    if (const int index = av::findStream(input, AVMEDIA_TYPE_VIDEO); index >= 0) {
        const AVStream& stream = *input.streams[index];
        info.hasVideo = true;
        info.rotation = rotationOf(stream);
        const AVRational aspect =
            stream.sample_aspect_ratio.num ? stream.sample_aspect_ratio : stream.codecpar->sample_aspect_ratio;
        info.width = squareWidth(stream.codecpar->width, aspect);
        info.height = stream.codecpar->height;
        if (info.rotation % 180) std::swap(info.width, info.height);
        if (stream.avg_frame_rate.num > 0 && stream.avg_frame_rate.den > 0)
            info.videoRateHz = av_q2d(stream.avg_frame_rate);
        if (stream.start_time != AV_NOPTS_VALUE)
            info.videoStartS = static_cast<double>(stream.start_time) * av_q2d(stream.time_base);
        info.videoCodec = avcodec_get_name(stream.codecpar->codec_id);
    }
    if (const int index = av::findStream(input, AVMEDIA_TYPE_AUDIO); index >= 0) {
        const AVStream& stream = *input.streams[index];
        info.hasSound = true;
        info.soundRateHz = stream.codecpar->sample_rate;
        info.soundChannels = stream.codecpar->ch_layout.nb_channels;
        if (stream.start_time != AV_NOPTS_VALUE)
            info.soundStartS = static_cast<double>(stream.start_time) * av_q2d(stream.time_base);
        info.soundCodec = avcodec_get_name(stream.codecpar->codec_id);
    }
    return info;
}

// Turns a picture clockwise by a multiple of 90 degrees.
void turn(RgbPicture& picture, int degrees) {
    if (degrees == 0) return;
    cv::Mat source(picture.height, picture.width, CV_8UC3, picture.rgb.data()), turned;
    cv::rotate(source, turned,
               degrees == 90    ? cv::ROTATE_90_CLOCKWISE
               : degrees == 180 ? cv::ROTATE_180
                                : cv::ROTATE_90_COUNTERCLOCKWISE);
    picture.width = turned.cols;
    picture.height = turned.rows;
    std::memcpy(picture.rgb.data(), turned.data, picture.rgb.size());
}

} // namespace

MediaInfo probeMedia(const std::filesystem::path& path) {
    return describe(*av::openInput(path));
}

struct VideoDecoder::State {
    std::filesystem::path path;
    av::Input input;
    av::Codec codec;
    int stream = -1;
    MediaInfo info;
    AVRational timeBase{1, 1};
    av::Packet packet = av::newPacket();
    av::Frame frame = av::newFrame();
    bool draining = false, ended = false, any = false;
    std::int64_t lastPts = 0, lastDuration = 0, usualDuration = 1;
    int damaged = 0, mendedTimes = 0;
    bool readFailed = false;
    av::Scaler scaler;
    av::Frame scaled = av::newFrame();

    bool receive(); // one frame of the decoder into `frame`; false when it wants more or is empty
    bool feed();    // one more packet; false when nothing is left
};

VideoDecoder::VideoDecoder(const std::filesystem::path& path) : m(std::make_unique<State>()) {
    m->path = path;
    m->input = av::openInput(path);
    m->stream = av::findStream(*m->input, AVMEDIA_TYPE_VIDEO);
    if (m->stream < 0)
        throw Error(ErrorKind::BadInput, "there is no video in this file", path.string(),
                    "It may be a recording of sound only");
    m->info = describe(*m->input);
    if (m->info.width > kMaxSide || m->info.height > kMaxSide)
        throw Error(ErrorKind::Unsupported, "the pictures are larger than " + std::to_string(kMaxSide) + " pixels",
                    path.string());
    m->codec = av::openDecoder(*m->input, m->stream, path);
    const AVStream& stream = *m->input->streams[m->stream];
    m->timeBase = stream.time_base;
    if (m->timeBase.num <= 0 || m->timeBase.den <= 0) m->timeBase = {1, 90000};
    const AVRational rate =
        stream.avg_frame_rate.num > 0 && stream.avg_frame_rate.den > 0 ? stream.avg_frame_rate : AVRational{25, 1};
    m->usualDuration = std::max<std::int64_t>(1, av_rescale_q(1, av_inv_q(rate), m->timeBase));
    for (unsigned i = 0; i < m->input->nb_streams; ++i)
        if (static_cast<int>(i) != m->stream) m->input->streams[i]->discard = AVDISCARD_ALL;
}

VideoDecoder::~VideoDecoder() = default;
const MediaInfo& VideoDecoder::info() const {
    return m->info;
}
int VideoDecoder::timeBaseNum() const {
    return m->timeBase.num;
}
int VideoDecoder::timeBaseDen() const {
    return m->timeBase.den;
}
std::int64_t VideoDecoder::lastDuration() const {
    return m->lastDuration > 0 ? m->lastDuration : m->usualDuration;
}

bool VideoDecoder::State::receive() {
    const int code = avcodec_receive_frame(codec.get(), frame.get());
    if (code == 0) {
        if (frame->width > 0 && frame->height > 0 && frame->width <= kMaxSide && frame->height <= kMaxSide &&
            frame->format >= 0)
            return true;
        ++damaged;
        return false;
    }
    if (code == AVERROR_EOF) ended = true;
    else if (code != AVERROR(EAGAIN)) {
        ++damaged;
        if (draining || damaged > kMaxDamage) ended = true;
    }
    return false;
}

bool VideoDecoder::State::feed() {
    if (draining) return false;
    for (;;) {
        const int code = av_read_frame(input.get(), packet.get());
        if (code < 0) { // the end, or a file that breaks off here
            if (code != AVERROR_EOF) readFailed = true;
            draining = true;
            avcodec_send_packet(codec.get(), nullptr);
            return true;
        }
        if (packet->stream_index == stream) break;
        av_packet_unref(packet.get());
    }
    if (packet->flags & AV_PKT_FLAG_CORRUPT) ++damaged;
    const int code = avcodec_send_packet(codec.get(), packet.get());
    av_packet_unref(packet.get());
    if (code < 0 && code != AVERROR(EAGAIN)) {
        ++damaged;
        if (damaged > kMaxDamage) {
            draining = true;
            avcodec_send_packet(codec.get(), nullptr);
        }
    }
    return true;
}

bool VideoDecoder::next(VideoFrame& out) {
    while (!m->ended) {
        if (!m->receive()) {
            if (m->ended) break;
            if (!m->feed()) {
                m->ended = true;
                break;
            }
            continue;
        }
        std::int64_t pts = m->frame->best_effort_timestamp;
        if (pts == AV_NOPTS_VALUE || (m->any && pts <= m->lastPts)) {
            if (m->any) {
                if (pts != AV_NOPTS_VALUE) ++m->mendedTimes;
                pts = m->lastPts + m->usualDuration;
            } else if (pts == AV_NOPTS_VALUE) {
                pts = 0;
            }
        }
        m->any = true;
        m->lastPts = pts;
        m->lastDuration = m->frame->pkt_duration;
        AVFrame* kept = av_frame_clone(m->frame.get());
        if (!kept) throw std::bad_alloc();
        out.pts = pts;
        out.picture = std::shared_ptr<void>(kept, [](void* p) {
            auto* frame = static_cast<AVFrame*>(p);
            av_frame_free(&frame);
        });
        av_frame_unref(m->frame.get());
        return true;
    }
    return false;
}

void VideoDecoder::toRgb(const VideoFrame& frame, RgbPicture& out, int width, int height) {
    const auto* source = static_cast<const AVFrame*>(frame.picture.get());
    // All pictures of a file come out at one size, the first one's, even if the stream changes its size on the way.
    int w = width > 0 ? width : m->info.width, h = height > 0 ? height : m->info.height;
    if (w <= 0 || h <= 0) {
        w = source->width;
        h = source->height;
    }
    const int turned = m->info.rotation;
    if (turned % 180) std::swap(w, h);
    const bool smaller =
        static_cast<std::int64_t>(w) * h * 2 < static_cast<std::int64_t>(source->width) * source->height;
    m->scaler.reset(sws_getCachedContext(m->scaler.release(), source->width, source->height,
                                         static_cast<AVPixelFormat>(source->format), w, h, AV_PIX_FMT_RGB24,
                                         smaller ? SWS_AREA : SWS_BICUBIC, nullptr, nullptr, nullptr));
    if (!m->scaler) throw Error(ErrorKind::Unsupported, "this pixel format cannot be converted", m->path.string());
    // An HD file that does not name its matrix is BT.709 in practice; a smaller one BT.601.
    int matrix = SWS_CS_ITU601;
    if (source->colorspace == AVCOL_SPC_BT709 || (source->colorspace == AVCOL_SPC_UNSPECIFIED && source->height >= 720))
        matrix = SWS_CS_ITU709;
    else if (source->colorspace == AVCOL_SPC_BT2020_NCL || source->colorspace == AVCOL_SPC_BT2020_CL)
        matrix = SWS_CS_BT2020;
    const bool full = source->color_range == AVCOL_RANGE_JPEG || source->format == AV_PIX_FMT_YUVJ420P ||
                      source->format == AV_PIX_FMT_YUVJ422P || source->format == AV_PIX_FMT_YUVJ444P;
    const int* coefficients = sws_getCoefficients(matrix);
    sws_setColorspaceDetails(m->scaler.get(), coefficients, full, coefficients, 1, 0, 1 << 16, 1 << 16);

    // libswscale may write past the end of a row, so it gets its own padded picture.
    AVFrame* target = m->scaled.get();
    if (target->width != w || target->height != h || !target->data[0]) {
        av_frame_unref(target);
        target->width = w;
        target->height = h;
        target->format = AV_PIX_FMT_RGB24;
        if (av_frame_get_buffer(target, 64) < 0) throw std::bad_alloc();
    }
    sws_scale(m->scaler.get(), source->data, source->linesize, 0, source->height, target->data, target->linesize);
    out.width = w;
    out.height = h;
    const std::size_t row = static_cast<std::size_t>(w) * 3;
    out.rgb.resize(row * static_cast<std::size_t>(h));
    for (int y = 0; y < h; ++y)
        std::memcpy(out.rgb.data() + row * y, target->data[0] + static_cast<std::ptrdiff_t>(target->linesize[0]) * y,
                    row);
    turn(out, turned);
}

std::vector<std::string> VideoDecoder::notes() const {
    std::vector<std::string> notes;
    if (m->info.rotation)
        notes.push_back("the recording was turned by " + std::to_string(m->info.rotation) +
                        " degrees, as the file asks");
    if (m->damaged) notes.push_back(std::to_string(m->damaged) + " damaged parts of the video were left out");
    if (m->readFailed) notes.push_back("the file breaks off; what could be read was used");
    if (m->mendedTimes)
        notes.push_back(std::to_string(m->mendedTimes) + " frames had wrong times and follow the frame before them");
    return notes;
}

} // namespace emc
