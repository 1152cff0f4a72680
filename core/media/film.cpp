#include "core/media/film.h"

#include <algorithm>
#include <cmath>
#include <system_error>

#include <unistd.h>

#include "core/api/error.h"
#include "core/media/av_common.h"
#include "core/media/sound.h"
#include "core/media/video.h"

namespace emc {
namespace {

struct OutputCloser {
    void operator()(AVFormatContext* p) const {
        if (p->pb) avio_closep(&p->pb);
        avformat_free_context(p);
    }
};
using Output = std::unique_ptr<AVFormatContext, OutputCloser>;

} // namespace

struct FilmWriter::State {
    std::filesystem::path path, temporary;
    int width = 0, height = 0; // of the frames that come in
    int filmWidth = 0, filmHeight = 0;
    FilmOptions options;
    SoundBuffer sound;
    Output output;
    av::Codec video, audio;
    AVStream *videoStream = nullptr, *audioStream = nullptr;
    av::Scaler scaler;
    av::Frame picture = av::newFrame(), soundFrame = av::newFrame();
    av::Packet packet = av::newPacket();
    int frames = 0;
    std::size_t soundAt = 0; // samples per channel already written

    ~State() {
        output.reset();
        if (!temporary.empty()) {
            std::error_code ignored;
            std::filesystem::remove(temporary, ignored);
        }
    }
    void check(int code, const char* what) const {
        if (code < 0) throw Error(ErrorKind::Io, std::string(what) + " (" + av::errorText(code) + ")", path.string());
    }
    void openVideo();
    void openSound();
    void drain(AVCodecContext* codec, AVStream* stream);
    void writeSoundUntil(double seconds);
};

FilmWriter::FilmWriter() = default;
FilmWriter::~FilmWriter() = default;
int FilmWriter::frames() const {
    return m ? m->frames : 0;
}

void FilmWriter::State::openVideo() {
    const AVCodec* encoder = avcodec_find_encoder_by_name("libx264");
    if (!encoder) encoder = avcodec_find_encoder(AV_CODEC_ID_H264);
    if (!encoder)
        throw Error(ErrorKind::Unsupported, "this system's libavcodec has no H.264 encoder", {},
                    "Install libavcodec with x264");
    video.reset(avcodec_alloc_context3(encoder));
    AVCodecContext& c = *video;
    const AVRational rate = av_d2q(options.rateHz, 100000);
    c.width = filmWidth;
    c.height = filmHeight;
    c.pix_fmt = AV_PIX_FMT_YUV420P;
    c.time_base = av_inv_q(rate);
    c.framerate = rate;
    c.gop_size = options.keyFrameEvery;
    c.thread_count = 1; // the same bytes on every machine, and the other core stays free for what makes the frames
    c.colorspace = AVCOL_SPC_SMPTE170M;
    c.color_range = AVCOL_RANGE_MPEG;
    c.flags |= AV_CODEC_FLAG_BITEXACT;
    if (output->oformat->flags & AVFMT_GLOBALHEADER) c.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    AVDictionary* settings = nullptr;
    av_dict_set(&settings, "preset", "veryfast", 0);
    av_dict_set_int(&settings, "crf", options.quality, 0);
    const int code = avcodec_open2(&c, encoder, &settings);
    av_dict_free(&settings);
    check(code, "the H.264 encoder does not start");
    videoStream = avformat_new_stream(output.get(), nullptr);
    videoStream->time_base = c.time_base;
    videoStream->avg_frame_rate = rate;
    check(avcodec_parameters_from_context(videoStream->codecpar, &c), "the film cannot be set up");
    videoStream->codecpar->codec_tag = MKTAG('a', 'v', 'c', '1');

    picture->format = AV_PIX_FMT_YUV420P;
    picture->width = filmWidth;
    picture->height = filmHeight;
    check(av_frame_get_buffer(picture.get(), 0), "no memory for a picture");
    scaler.reset(sws_getContext(filmWidth, filmHeight, AV_PIX_FMT_RGB24, filmWidth, filmHeight, AV_PIX_FMT_YUV420P,
                                SWS_BICUBIC | SWS_ACCURATE_RND, nullptr, nullptr, nullptr));
    if (!scaler) throw Error(ErrorKind::Unsupported, "pictures of this size cannot be converted", path.string());
}

void FilmWriter::State::openSound() {
    const AVCodec* encoder = avcodec_find_encoder(AV_CODEC_ID_AAC);
    if (!encoder) throw Error(ErrorKind::Unsupported, "this system's libavcodec has no AAC encoder");
    audio.reset(avcodec_alloc_context3(encoder));
    AVCodecContext& c = *audio;
    c.sample_rate = sound.rateHz;
    c.sample_fmt = AV_SAMPLE_FMT_FLTP;
    c.bit_rate = options.soundBitRate;
    c.time_base = {1, sound.rateHz};
    c.flags |= AV_CODEC_FLAG_BITEXACT;
    av_channel_layout_default(&c.ch_layout, sound.channels);
    if (output->oformat->flags & AVFMT_GLOBALHEADER) c.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    check(avcodec_open2(&c, encoder, nullptr), "the AAC encoder does not take this sound");
    audioStream = avformat_new_stream(output.get(), nullptr);
    audioStream->time_base = c.time_base;
    check(avcodec_parameters_from_context(audioStream->codecpar, &c), "the film's sound cannot be set up");
}

void FilmWriter::open(const std::filesystem::path& path, int width, int height, double rateHz, SoundBuffer sound) {
    FilmOptions options;
    options.rateHz = rateHz;
    open(path, width, height, options, std::move(sound));
}

void FilmWriter::open(const std::filesystem::path& path, int width, int height, const FilmOptions& options,
                      SoundBuffer sound) {
    av::silenceLibav();
    if (width < 2 || height < 2 || width > 8192 || height > 8192)
        throw Error(ErrorKind::Usage, "a film needs a size between 2 and 8192 pixels", path.string());
    if (!(options.rateHz >= 0.1 && options.rateHz <= 1000))
        throw Error(ErrorKind::Usage, "a film needs a rate between 0.1 and 1000 frames a second", path.string());
    if (!sound.samples.empty() &&
        (sound.channels < 1 || sound.channels > 2 || sound.rateHz < 7000 || sound.rateHz > 96000))
        throw Error(ErrorKind::Usage, "a film's sound needs one or two channels and a rate between 7000 and 96000 Hz",
                    path.string());
    m = std::make_unique<State>();
    m->path = path;
    m->width = width;
    m->height = height;
    m->filmWidth = width & ~1;
    m->filmHeight = height & ~1;
    m->options = options;
    m->sound = std::move(sound);
    std::error_code failure;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), failure);
    m->temporary = path;
    m->temporary += ".part" + std::to_string(::getpid());

    // The name is known to the writer too: to put the index in front it opens the file a second time.
    const std::string url = "file:" + m->temporary.string();
    AVFormatContext* raw = nullptr;
    m->check(avformat_alloc_output_context2(&raw, nullptr, "mp4", url.c_str()), "no mp4 writer");
    m->output.reset(raw);
    raw->flags |= AVFMT_FLAG_BITEXACT;
    m->openVideo();
    if (!m->sound.samples.empty()) m->openSound();
    m->check(avio_open(&raw->pb, url.c_str(), AVIO_FLAG_WRITE), "the film cannot be written here");
    AVDictionary* settings = nullptr;
    av_dict_set(&settings, "movflags", "+faststart", 0);
    const int code = avformat_write_header(raw, &settings);
    av_dict_free(&settings);
    m->check(code, "the film cannot be started");
}

void FilmWriter::State::drain(AVCodecContext* codec, AVStream* stream) {
    for (;;) {
        const int code = avcodec_receive_packet(codec, packet.get());
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return;
        check(code, "a frame cannot be encoded");
        if (codec == video.get() && packet->duration <= 0) packet->duration = 1;
        av_packet_rescale_ts(packet.get(), codec->time_base, stream->time_base);
        packet->stream_index = stream->index;
        check(av_interleaved_write_frame(output.get(), packet.get()), "the film cannot be written");
    }
}

void FilmWriter::add(std::span<const std::uint8_t> rgb) {
    if (!m || !m->output) throw Error(ErrorKind::Internal, "a frame was added to a film that is not open");
    if (rgb.size() != static_cast<std::size_t>(m->width) * m->height * 3)
        throw Error(ErrorKind::Internal, "a frame has not the film's size", m->path.string());
    m->check(av_frame_make_writable(m->picture.get()), "no memory for a picture");
    const std::uint8_t* source[1] = {rgb.data()};
    const int stride[1] = {m->width * 3};
    sws_scale(m->scaler.get(), source, stride, 0, m->filmHeight, m->picture->data, m->picture->linesize);
    m->picture->pts = m->frames++;
    m->check(avcodec_send_frame(m->video.get(), m->picture.get()), "a frame cannot be encoded");
    m->drain(m->video.get(), m->videoStream);
    m->writeSoundUntil(m->frames / m->options.rateHz);
}

void FilmWriter::State::writeSoundUntil(double seconds) {
    if (!audio) return;
    const auto channels = static_cast<std::size_t>(sound.channels);
    const std::size_t end =
        std::min(sound.samples.size() / channels, static_cast<std::size_t>(std::llround(seconds * sound.rateHz)));
    const auto step = static_cast<std::size_t>(audio->frame_size > 0 ? audio->frame_size : 1024);
    while (soundAt < end) {
        const std::size_t count = std::min(step, end - soundAt);
        // Only the very last piece may be short, so a short one waits until close() asks with a later time.
        if (count < step && seconds < 1e9) return;
        av_frame_unref(soundFrame.get());
        soundFrame->format = AV_SAMPLE_FMT_FLTP;
        soundFrame->sample_rate = sound.rateHz;
        soundFrame->nb_samples = static_cast<int>(count);
        av_channel_layout_copy(&soundFrame->ch_layout, &audio->ch_layout);
        check(av_frame_get_buffer(soundFrame.get(), 0), "no memory for sound");
        for (std::size_t c = 0; c < channels; ++c)
            for (std::size_t i = 0; i < count; ++i)
                reinterpret_cast<float*>(soundFrame->extended_data[c])[i] = sound.samples[(soundAt + i) * channels + c];
        soundFrame->pts = static_cast<std::int64_t>(soundAt);
        check(avcodec_send_frame(audio.get(), soundFrame.get()), "the sound cannot be encoded");
        drain(audio.get(), audioStream);
        soundAt += count;
    }
}

void FilmWriter::close() {
    if (!m || !m->output) throw Error(ErrorKind::Internal, "a film was closed that is not open");
    if (m->frames == 0) {
        const std::string name = m->path.string();
        m.reset();
        throw Error(ErrorKind::Usage, "a film needs at least one frame", name);
    }
    m->check(avcodec_send_frame(m->video.get(), nullptr), "the film cannot be ended");
    m->drain(m->video.get(), m->videoStream);
    if (m->audio) {
        const auto channels = static_cast<std::size_t>(m->sound.channels);
        const auto filmed = static_cast<std::size_t>(std::llround(m->frames / m->options.rateHz * m->sound.rateHz));
        m->sound.samples.resize(std::min(m->sound.samples.size(), filmed * channels));
        m->writeSoundUntil(1e9);
        m->check(avcodec_send_frame(m->audio.get(), nullptr), "the film's sound cannot be ended");
        m->drain(m->audio.get(), m->audioStream);
    }
    m->check(av_write_trailer(m->output.get()), "the film cannot be ended");
    const int closed = avio_closep(&m->output->pb);
    m->check(closed, "the film cannot be written");
    const double soundSeconds = m->audio ? static_cast<double>(m->soundAt) / m->sound.rateHz : 0;
    m->output.reset();

    const FilmCheck check = checkFilm(m->temporary);
    if (check.frames != m->frames || check.width != m->filmWidth || check.height != m->filmHeight ||
        std::abs(check.soundSeconds - soundSeconds) > 0.1)
        throw Error(ErrorKind::Io, "the film did not read back as it was written", m->path.string(),
                    "Is the disk full?");
    std::error_code failure;
    std::filesystem::rename(m->temporary, m->path, failure);
    if (failure)
        throw Error(ErrorKind::Io, "the film cannot be put in its place (" + failure.message() + ")", m->path.string());
    m->temporary.clear();
    m.reset();
}

FilmCheck checkFilm(const std::filesystem::path& path) {
    FilmCheck check;
    VideoDecoder decoder(path);
    check.width = decoder.info().width;
    check.height = decoder.info().height;
    VideoFrame frame;
    std::int64_t first = 0;
    while (decoder.next(frame)) {
        if (check.frames++ == 0) first = frame.pts;
        check.seconds = static_cast<double>(frame.pts - first + decoder.lastDuration()) * decoder.timeBaseNum() /
                        decoder.timeBaseDen();
    }
    if (decoder.info().hasSound) {
        std::size_t samples = 0;
        int rate = 1;
        decodeSound(
            path, 0, 1, [&](const SoundFormat& format) { rate = format.rateHz; },
            [&](std::span<const float> piece) { samples += piece.size(); });
        check.soundSeconds = static_cast<double>(samples) / rate;
    }
    return check;
}

} // namespace emc
