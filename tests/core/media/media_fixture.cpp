#include "tests/core/media/media_fixture.h"

#include <cmath>
#include <stdexcept>

#include "core/media/av_common.h"
#include "core/media/film.h"

namespace emc::test {

std::vector<std::uint8_t> madeFrame(int width, int height, int index) {
    std::vector<std::uint8_t> rgb(static_cast<std::size_t>(width) * height * 3,
                                  static_cast<std::uint8_t>(20 + index % 100));
    const int side = std::max(1, std::min(width, height) / 4);
    const int left = (index * 2) % std::max(1, width - side);
    for (int y = 0; y < side; ++y)
        for (int x = left; x < std::min(width, left + side); ++x)
            for (int c = 0; c < 3; ++c) rgb[(static_cast<std::size_t>(y) * width + x) * 3 + c] = c == 0 ? 250 : 40;
    return rgb;
}

SoundBuffer madeTone(int rateHz, int channels, double seconds, double hertz) {
    SoundBuffer sound{rateHz, channels, {}};
    for (int i = 0; i < static_cast<int>(seconds * rateHz); ++i)
        for (int c = 0; c < channels; ++c)
            sound.samples.push_back(static_cast<float>(0.4 * std::sin(2 * 3.14159265358979 * hertz * i / rateHz)));
    return sound;
}

void makeFilm(const std::filesystem::path& path, int width, int height, int frames, double rateHz, SoundBuffer sound) {
    FilmWriter film;
    film.open(path, width, height, rateHz, std::move(sound));
    for (int i = 0; i < frames; ++i) film.add(madeFrame(width, height, i));
    film.close();
}

void rewriteMedia(const std::filesystem::path& from, const std::filesystem::path& to, const Rewrite& change) {
    const auto check = [](int code) {
        if (code < 0) throw std::runtime_error(av::errorText(code));
    };
    const av::Input input = av::openInput(from);
    AVFormatContext* out = nullptr;
    check(avformat_alloc_output_context2(&out, nullptr, nullptr, to.string().c_str()));
    std::vector<int> target(input->nb_streams, -1);
    for (unsigned i = 0; i < input->nb_streams; ++i) {
        const bool video = input->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
        if (!video && change.dropSound) continue;
        AVStream* stream = avformat_new_stream(out, nullptr);
        check(avcodec_parameters_copy(stream->codecpar, input->streams[i]->codecpar));
        stream->codecpar->codec_tag = 0;
        stream->time_base = {1, 1000};
        target[i] = stream->index;
        if (video && change.rotateClockwise != 0) {
            std::uint8_t* matrix = av_stream_new_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(std::int32_t));
            av_display_rotation_set(reinterpret_cast<std::int32_t*>(matrix), change.rotateClockwise);
        }
    }
    check(avio_open(&out->pb, to.string().c_str(), AVIO_FLAG_WRITE));
    check(avformat_write_header(out, nullptr));
    const av::Packet packet = av::newPacket();
    while (av_read_frame(input.get(), packet.get()) >= 0) {
        const int index = target[static_cast<std::size_t>(packet->stream_index)];
        const bool video = input->streams[packet->stream_index]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
        if (index >= 0) {
            const AVRational ms{1, 1000};
            av_packet_rescale_ts(packet.get(), input->streams[packet->stream_index]->time_base, ms);
            if (video && change.videoPts) {
                packet->pts = change.videoPts(packet->pts);
                packet->dts = packet->pts; // made films have no reordered frames when every frame is a key frame
                packet->duration = 0;
            }
            if (!video) {
                packet->pts += change.soundShiftMs;
                packet->dts += change.soundShiftMs;
            }
            av_packet_rescale_ts(packet.get(), ms, out->streams[index]->time_base);
            packet->stream_index = index;
            check(av_interleaved_write_frame(out, packet.get()));
        }
        av_packet_unref(packet.get());
    }
    check(av_write_trailer(out));
    avio_closep(&out->pb);
    avformat_free_context(out);
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    const std::size_t n = std::min(a.size(), b.size());
    double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < n; ++i) {
        ma += a[i] / static_cast<double>(n);
        mb += b[i] / static_cast<double>(n);
    }
    for (std::size_t i = 0; i < n; ++i) {
        ab += (a[i] - ma) * (b[i] - mb);
        aa += (a[i] - ma) * (a[i] - ma);
        bb += (b[i] - mb) * (b[i] - mb);
    }
    return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

} // namespace emc::test
