#include "core/media/av_common.h"

#include <mutex>
#include <new>

#include "core/api/error.h"

namespace emc::av {
namespace {

constexpr const char* kContainers =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,mpegvideo,flv,asf,wav,w64,aiff,au,flac,mp3,ogg,"
    "aac,ac3,amr,caf,dv,gif,ivf,nut,mxf,m4v,h264,hevc,wv,tta,ape";
constexpr std::int64_t kMaxPixels = 64LL << 20; // a picture of 8K fits; a header that claims more is broken

} // namespace

std::string errorText(int code) {
    char text[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, text, sizeof text);
    return text;
}

void silenceLibav() {
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_level(AV_LOG_FATAL); });
}

Input openInput(const std::filesystem::path& path) {
    silenceLibav();
    std::error_code failure;
    const auto status = std::filesystem::status(path, failure);
    if (!std::filesystem::exists(status)) throw Error(ErrorKind::NotFound, "the file does not exist", path.string());
    if (!std::filesystem::is_regular_file(status))
        throw Error(ErrorKind::BadInput, "this is not a file", path.string());
    if (std::filesystem::file_size(path, failure) == 0)
        throw Error(ErrorKind::BadInput, "the file is empty", path.string());

    AVFormatContext* raw = avformat_alloc_context();
    if (!raw) throw std::bad_alloc();
    AVDictionary* options = nullptr;
    av_dict_set(&options, "protocol_whitelist", "file", 0);
    av_dict_set(&options, "format_whitelist", kContainers, 0);
    // The prefix keeps names such as "concat:a|b" from being read as another protocol.
    const int opened = avformat_open_input(&raw, ("file:" + path.string()).c_str(), nullptr, &options);
    av_dict_free(&options);
    if (opened < 0) // the context is freed by the failed call
        throw Error(ErrorKind::BadInput, "this cannot be read as video or sound (" + errorText(opened) + ")",
                    path.string(), "Known kinds: mp4, mov, mkv, webm, avi, mpg, wav, flac, mp3, ogg");
    Input input(raw);
    const int found = avformat_find_stream_info(input.get(), nullptr);
    if (found < 0 || input->nb_streams == 0)
        throw Error(ErrorKind::BadInput, "there is no readable stream in this file", path.string());
    return input;
}

int findStream(const AVFormatContext& input, AVMediaType type) {
    for (unsigned i = 0; i < input.nb_streams; ++i) {
        const AVStream& stream = *input.streams[i];
        if (stream.codecpar->codec_type == type && !(stream.disposition & AV_DISPOSITION_ATTACHED_PIC) &&
            stream.codecpar->codec_id != AV_CODEC_ID_NONE)
            return static_cast<int>(i);
    }
    return -1;
}

Codec openDecoder(const AVFormatContext& input, int stream, const std::filesystem::path& path) {
    const AVCodecParameters& parameters = *input.streams[stream]->codecpar;
    const AVCodec* decoder = avcodec_find_decoder(parameters.codec_id);
    if (!decoder)
        throw Error(ErrorKind::Unsupported,
                    std::string("there is no decoder for ") + avcodec_get_name(parameters.codec_id), path.string());
    Codec codec(avcodec_alloc_context3(decoder));
    if (!codec) throw std::bad_alloc();
    int code = avcodec_parameters_to_context(codec.get(), &parameters);
    codec->max_pixels = kMaxPixels;
    codec->pkt_timebase = input.streams[stream]->time_base;
    codec->thread_count = 1; // the cores belong to the networks; decoding is the small part
    if (code >= 0) code = avcodec_open2(codec.get(), decoder, nullptr);
    if (code < 0)
        throw Error(ErrorKind::BadInput,
                    std::string(avcodec_get_name(parameters.codec_id)) + " cannot be decoded (" + errorText(code) + ")",
                    path.string());
    return codec;
}

Frame newFrame() {
    Frame frame(av_frame_alloc());
    if (!frame) throw std::bad_alloc();
    return frame;
}

Packet newPacket() {
    Packet packet(av_packet_alloc());
    if (!packet) throw std::bad_alloc();
    return packet;
}

} // namespace emc::av
