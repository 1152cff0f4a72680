#pragma once
// The pictures of a recording as ingest uses them: brought to 25 a second or kept, with notes on what was done. Used by
// ingest_face.cpp.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/error.h"
#include "core/media/face_tracker.h"
#include "core/media/frame_grid.h"
#include "core/media/video.h"

namespace emc {

struct Looked { // a source picture on its way
    RgbPicture picture;
    int copies = 1; // frames of the clip it makes
    double atS = 0; // after the first frame
    FaceSighting face;
};

// Reads the video and decides which pictures are used and how often.
class FrameSource {
public:
    FrameSource(const std::filesystem::path& path, bool sourceRate)
        : m_decoder(path), m_grid(m_decoder.timeBaseNum(), m_decoder.timeBaseDen(), static_cast<int>(kFrameRateHz)),
          m_sourceRate(sourceRate) {}

    // False at the end.
    bool next(Looked& out) {
        for (;;) {
            if (m_ended) return false;
            VideoFrame following;
            const bool more = m_decoder.next(following);
            if (more) {
                ++m_read;
                mendGap(following);
            }
            if (!m_have) {
                if (!more) {
                    m_ended = true;
                    return false;
                }
                m_have = true;
                m_first = following.pts;
                m_waiting = following;
                continue;
            }
            const VideoFrame current = m_waiting;
            int copies = 1;
            if (more) {
                if (!m_sourceRate) copies = m_grid.take(current.pts, following.pts);
                noteInterval(following.pts - current.pts);
                m_waiting = following;
            } else {
                m_ended = true;
                if (!m_sourceRate) copies = m_grid.takeLast(current.pts, m_decoder.lastDuration());
                m_endS = seconds(current.pts + m_decoder.lastDuration() - m_first);
            }
            if (seconds(current.pts - m_first) > kMaxRecordingS)
                throw Error(ErrorKind::Unsupported, "the recording is longer than three hours", {},
                            "Cut it into parts");
            if (copies == 0) {
                ++m_dropped;
                continue;
            }
            m_repeated += copies - 1;
            out.copies = copies;
            out.atS = seconds(current.pts - m_first);
            m_decoder.toRgb(current, out.picture);
            return true;
        }
    }
    double startS() const { return static_cast<double>(m_first) * m_decoder.timeBaseNum() / m_decoder.timeBaseDen(); }
    double lengthS() const { return m_endS; }
    int read() const { return m_read; }
    const MediaInfo& info() const { return m_decoder.info(); }

    std::vector<std::string> notes() const {
        std::vector<std::string> notes = m_decoder.notes();
        if (m_gaps)
            notes.push_back(std::to_string(m_gaps) +
                            " steps of more than a minute between frames were taken for wrong times and closed");
        const double mean = m_intervals ? seconds(m_sum) / static_cast<double>(m_intervals) : 0;
        const bool variable = m_intervals > 1 && seconds(m_longest - m_shortest) > std::max(0.25 * mean, 0.0025);
        if (m_sourceRate) {
            if (variable)
                notes.push_back("variable frame rate (mean " + shortNumber(1 / mean) +
                                " frames a second), frames kept as they are");
        } else if (m_dropped || m_repeated || variable) {
            notes.push_back((variable ? "variable frame rate (mean " : "frame rate (") +
                            shortNumber(mean > 0 ? 1 / mean : 0) +
                            " a second) brought to 25 a second by nearest time: " + std::to_string(m_dropped) +
                            " frames left out, " + std::to_string(m_repeated) + " repeated");
        }
        return notes;
    }

private:
    static constexpr double kMaxRecordingS = 3 * 3600.0;
    static constexpr double kMaxGapSeconds = 60; // a longer step of time is a broken timestamp

    static std::string shortNumber(double value) {
        char text[32];
        std::snprintf(text, sizeof text, "%.6g", value);
        return text;
    }
    double seconds(std::int64_t ticks) const {
        return static_cast<double>(ticks) * m_decoder.timeBaseNum() / m_decoder.timeBaseDen();
    }
    void mendGap(VideoFrame& frame) {
        frame.pts -= m_shift;
        if (m_have && seconds(frame.pts - m_waiting.pts) > kMaxGapSeconds) {
            const std::int64_t wanted = m_waiting.pts + std::max<std::int64_t>(1, m_decoder.lastDuration());
            m_shift += frame.pts - wanted;
            frame.pts = wanted;
            ++m_gaps;
        }
    }
    void noteInterval(std::int64_t ticks) {
        m_shortest = m_intervals ? std::min(m_shortest, ticks) : ticks;
        m_longest = std::max(m_longest, ticks);
        m_sum += ticks;
        ++m_intervals;
    }

    VideoDecoder m_decoder;
    FrameGrid m_grid;
    bool m_sourceRate, m_have = false, m_ended = false;
    VideoFrame m_waiting;
    std::int64_t m_first = 0, m_shift = 0, m_shortest = 0, m_longest = 0, m_sum = 0, m_intervals = 0;
    double m_endS = 0;
    int m_read = 0, m_dropped = 0, m_repeated = 0, m_gaps = 0;
};

} // namespace emc
