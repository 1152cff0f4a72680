#pragma once
// Owners and errors for libav. Included by .cpp files of core/media only.
#include <filesystem>
#include <memory>
#include <string>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

namespace emc::av {

struct InputCloser {
    void operator()(AVFormatContext* p) const { avformat_close_input(&p); }
};
struct CodecCloser {
    void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
};
struct FrameCloser {
    void operator()(AVFrame* p) const { av_frame_free(&p); }
};
struct PacketCloser {
    void operator()(AVPacket* p) const { av_packet_free(&p); }
};
struct ScalerCloser {
    void operator()(SwsContext* p) const { sws_freeContext(p); }
};
struct ResamplerCloser {
    void operator()(SwrContext* p) const { swr_free(&p); }
};
using Input = std::unique_ptr<AVFormatContext, InputCloser>;
using Codec = std::unique_ptr<AVCodecContext, CodecCloser>;
using Frame = std::unique_ptr<AVFrame, FrameCloser>;
using Packet = std::unique_ptr<AVPacket, PacketCloser>;
using Scaler = std::unique_ptr<SwsContext, ScalerCloser>;
using Resampler = std::unique_ptr<SwrContext, ResamplerCloser>;

std::string errorText(int code);
// Libraries say what goes wrong by their return values; what they print on standard error is for their own developers.
void silenceLibav();
// Local files in known containers only: playlists that name other files or the network are not opened.
// Throws Error(NotFound | BadInput).
Input openInput(const std::filesystem::path& path);
// Index of the first real stream of a type (cover pictures do not count), -1 when there is none.
int findStream(const AVFormatContext& input, AVMediaType type);
// Throws Error(Unsupported | BadInput).
Codec openDecoder(const AVFormatContext& input, int stream, const std::filesystem::path& path);
Frame newFrame();
Packet newPacket();

} // namespace emc::av
