#include "core/media/sound.h"

#include <algorithm>
#include <cmath>

#include "core/api/error.h"
#include "core/media/av_common.h"

namespace emc {
namespace {

constexpr double kMaxSeconds = 3 * 3600.0;
constexpr double kMaxGapSeconds = 60.0; // longer holes are broken timestamps, not silence

// Decoded frames of any layout in, interleaved float at the wanted rate out.
class Converter {
public:
    Converter(const std::filesystem::path& path, int rateHz, int channels)
        : m_path(path), m_rate(rateHz), m_wanted(channels) {}

    int rateHz() const { return m_rate; }
    int channels() const { return m_wanted == 1 ? 1 : m_channels; }

    // Opened by the first frame: only then the real format is known.
    void convert(const AVFrame* frame, std::vector<float>& out) {
        out.clear();
        if (frame) open(*frame);
        if (!m_resampler) return;
        const int room = swr_get_out_samples(m_resampler.get(), frame ? frame->nb_samples : 0);
        if (room <= 0) return;
        m_buffer.resize(static_cast<std::size_t>(room) * m_channels);
        auto* target = reinterpret_cast<std::uint8_t*>(m_buffer.data());
        const int made = swr_convert(m_resampler.get(), &target, room,
                                     frame ? const_cast<const std::uint8_t**>(frame->extended_data) : nullptr,
                                     frame ? frame->nb_samples : 0);
        if (made <= 0) return;
        if (m_wanted != 1 || m_channels == 1) {
            out.assign(m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(made) * m_channels);
        } else {
            out.resize(static_cast<std::size_t>(made));
            for (int i = 0; i < made; ++i) {
                float sum = 0;
                for (int c = 0; c < m_channels; ++c) sum += m_buffer[static_cast<std::size_t>(i) * m_channels + c];
                out[static_cast<std::size_t>(i)] = sum / static_cast<float>(m_channels);
            }
        }
        // Broken float files hold NaN; one of them would spoil everything computed from the sound.
        for (float& value : out)
            if (!std::isfinite(value)) value = 0;
    }

private:
    void open(const AVFrame& frame) {
        if (m_resampler && frame.sample_rate == m_sourceRate && frame.format == m_sourceFormat &&
            frame.ch_layout.nb_channels == m_sourceChannels)
            return;
        if (frame.sample_rate <= 0 || frame.ch_layout.nb_channels <= 0 || frame.ch_layout.nb_channels > 64)
            throw Error(ErrorKind::BadInput, "the sound has an impossible format", m_path.string());
        if (m_rate == 0) m_rate = frame.sample_rate;
        if (m_channels == 0) m_channels = frame.ch_layout.nb_channels;
        AVChannelLayout target{};
        av_channel_layout_default(&target, m_channels);
        AVChannelLayout source{};
        if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
            av_channel_layout_default(&source, frame.ch_layout.nb_channels);
        else av_channel_layout_copy(&source, &frame.ch_layout);
        if (frame.ch_layout.nb_channels == m_channels) { // same channels: no mixing, whatever they are called
            av_channel_layout_uninit(&target);
            av_channel_layout_copy(&target, &source);
        }
        SwrContext* raw = nullptr;
        int code = swr_alloc_set_opts2(&raw, &target, AV_SAMPLE_FMT_FLT, m_rate, &source,
                                       static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
        m_resampler.reset(raw);
        if (code >= 0) code = swr_init(raw);
        av_channel_layout_uninit(&target);
        av_channel_layout_uninit(&source);
        if (code < 0)
            throw Error(ErrorKind::Unsupported, "this sound format cannot be converted (" + av::errorText(code) + ")",
                        m_path.string());
        m_sourceRate = frame.sample_rate;
        m_sourceFormat = frame.format;
        m_sourceChannels = frame.ch_layout.nb_channels;
    }

    std::filesystem::path m_path;
    int m_rate, m_wanted, m_channels = 0;
    int m_sourceRate = 0, m_sourceFormat = -1, m_sourceChannels = 0;
    av::Resampler m_resampler;
    std::vector<float> m_buffer;
};

} // namespace

std::vector<std::string> decodeSound(const std::filesystem::path& path, int rateHz, int channels,
                                     const std::function<void(const SoundFormat&)>& begin,
                                     const std::function<void(std::span<const float>)>& piece) {
    if (rateHz != 0 && (rateHz < 1000 || rateHz > 384000))
        throw Error(ErrorKind::Usage, "a sound rate must lie between 1000 and 384000 Hz");
    const av::Input input = av::openInput(path);
    const int stream = av::findStream(*input, AVMEDIA_TYPE_AUDIO);
    if (stream < 0) throw Error(ErrorKind::BadInput, "there is no sound in this file", path.string());
    const av::Codec codec = av::openDecoder(*input, stream, path);
    for (unsigned i = 0; i < input->nb_streams; ++i)
        if (static_cast<int>(i) != stream) input->streams[i]->discard = AVDISCARD_ALL;
    const double timeBase = av_q2d(input->streams[stream]->time_base);

    Converter converter(path, rateHz, channels);
    const av::Packet packet = av::newPacket();
    const av::Frame frame = av::newFrame();
    std::vector<float> samples;
    std::vector<std::string> notes;
    int damaged = 0, gaps = 0;
    bool started = false;
    double startS = 0;
    double decodedS = 0; // length of what came out of the decoder so far

    const auto take = [&] {
        const double duration =
            frame->sample_rate > 0 ? static_cast<double>(frame->nb_samples) / frame->sample_rate : 0;
        const bool timed = frame->best_effort_timestamp != AV_NOPTS_VALUE;
        const double at = timed ? static_cast<double>(frame->best_effort_timestamp) * timeBase : startS + decodedS;
        converter.convert(frame.get(), samples);
        if (!started) {
            started = true;
            startS = timed ? at : 0;
            begin({converter.rateHz(), converter.channels(), startS});
        } else if (timed && at - (startS + decodedS) > 0.1 && at - (startS + decodedS) < kMaxGapSeconds) {
            const double gap = at - (startS + decodedS);
            ++gaps;
            decodedS += gap;
            piece(std::vector<float>(
                static_cast<std::size_t>(std::lround(gap * converter.rateHz())) * converter.channels(), 0.0f));
        }
        decodedS += duration;
        if (!samples.empty()) piece(samples);
    };
    const auto receiveAll = [&] {
        for (;;) {
            const int code = avcodec_receive_frame(codec.get(), frame.get());
            if (code < 0) {
                if (code != AVERROR(EAGAIN) && code != AVERROR_EOF) ++damaged;
                return;
            }
            take();
            av_frame_unref(frame.get());
        }
    };

    for (;;) {
        const int code = av_read_frame(input.get(), packet.get());
        if (code < 0) {
            if (code != AVERROR_EOF) notes.push_back("the sound breaks off; what could be read was used");
            break;
        }
        if (packet->stream_index == stream) {
            const int sent = avcodec_send_packet(codec.get(), packet.get());
            if (sent < 0 && sent != AVERROR(EAGAIN)) ++damaged;
            receiveAll();
        }
        av_packet_unref(packet.get());
    }
    avcodec_send_packet(codec.get(), nullptr);
    receiveAll();
    if (!started) throw Error(ErrorKind::BadInput, "the sound in this file cannot be decoded", path.string());
    converter.convert(nullptr, samples); // what the resampler still holds
    if (!samples.empty()) piece(samples);
    if (damaged) notes.push_back(std::to_string(damaged) + " damaged parts of the sound were left out");
    if (gaps) notes.push_back(std::to_string(gaps) + " gaps in the sound were filled with silence");
    return notes;
}

SoundTrack loadSoundTrack(const std::filesystem::path& path, int rateHz, int channels, JobContext* job) {
    SoundTrack track;
    track.notes = decodeSound(
        path, rateHz, channels,
        [&](const SoundFormat& format) {
            track.sound.rateHz = format.rateHz;
            track.sound.channels = format.channels;
            track.startS = format.startS;
        },
        [&](std::span<const float> samples) {
            if (job) job->checkpoint();
            const double limit = kMaxSeconds * track.sound.rateHz * track.sound.channels;
            if (static_cast<double>(track.sound.samples.size() + samples.size()) > limit)
                throw Error(ErrorKind::Unsupported, "the recording is longer than three hours", path.string(),
                            "Cut it into parts");
            track.sound.samples.insert(track.sound.samples.end(), samples.begin(), samples.end());
        });
    return track;
}

std::vector<float> loadSound(const std::filesystem::path& path, int rateHz) {
    return std::move(loadSoundTrack(path, rateHz, 1).sound.samples);
}

Waveform makeWaveform(const std::filesystem::path& path, double bucketsPerSecond, JobContext& job) {
    if (!(bucketsPerSecond > 0.01 && bucketsPerSecond <= 1000))
        throw Error(ErrorKind::Usage, "a waveform has 0.01 to 1000 buckets a second");
    Waveform wave;
    wave.rateHz = bucketsPerSecond;
    double perBucket = 0, squares = 0;
    std::int64_t position = 0, inBucket = 0;
    float low = 0, high = 0;
    const auto close = [&] {
        wave.low.push_back(low);
        wave.high.push_back(high);
        wave.rms.push_back(static_cast<float>(std::sqrt(squares / static_cast<double>(inBucket))));
        squares = 0;
        inBucket = 0;
    };
    decodeSound(
        path, 0, 1,
        [&](const SoundFormat& format) {
            perBucket = format.rateHz / bucketsPerSecond;
            if (perBucket < 1) throw Error(ErrorKind::Usage, "more buckets than samples were asked for", path.string());
        },
        [&](std::span<const float> samples) {
            job.checkpoint();
            for (const float value : samples) {
                // The edge is computed from the bucket's number, so that rounding does not add up over a long
                // recording.
                if (inBucket > 0 &&
                    static_cast<double>(position) >= perBucket * static_cast<double>(wave.low.size() + 1))
                    close();
                low = inBucket ? std::min(low, value) : value;
                high = inBucket ? std::max(high, value) : value;
                squares += static_cast<double>(value) * value;
                ++inBucket;
                ++position;
            }
        });
    if (inBucket > 0) close();
    return wave;
}

std::vector<float> frameRms(std::span<const float> mono, int soundRateHz, double rateHz, int frames) {
    std::vector<float> rms(static_cast<std::size_t>(std::max(0, frames)), 0.0f);
    for (int i = 0; i < frames; ++i) {
        const auto begin = static_cast<std::size_t>(std::llround(i * soundRateHz / rateHz));
        const auto end = std::min(mono.size(), static_cast<std::size_t>(std::llround((i + 1) * soundRateHz / rateHz)));
        double squares = 0;
        for (std::size_t k = begin; k < end; ++k) squares += static_cast<double>(mono[k]) * mono[k];
        if (end > begin)
            rms[static_cast<std::size_t>(i)] =
                static_cast<float>(std::sqrt(squares / static_cast<double>(end - begin)));
    }
    return rms;
}

} // namespace emc
