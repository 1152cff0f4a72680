#include "app/playback/playback_clock.h"

#include <algorithm>
#include <cmath>

namespace emc {

namespace {
constexpr double kHardSyncS = 0.25;   // farther apart than this: jump to the sound
constexpr double kPullPerTick = 0.15; // else approach it smoothly, so that no frame is shown twice
} // namespace

PlaybackClock::PlaybackClock(QObject* parent) : QObject(parent) {
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(10);
    connect(&m_timer, &QTimer::timeout, this,
            [this] { advance(static_cast<double>(m_elapsed.nsecsElapsed()) * 1e-9), m_elapsed.restart(); });
}

void PlaybackClock::setLength(int frames, double rateHz) {
    m_frames = std::max(0, frames);
    m_rateHz = rateHz > 0 ? rateHz : 25.0;
    seekFrame(std::min(frame(), std::max(0, m_frames - 1)));
}

void PlaybackClock::setLoop(std::optional<FrameSpan> loop) {
    m_loop = loop && loop->length() > 0 ? loop : std::nullopt;
}

void PlaybackClock::setSpeed(double speed) {
    m_speed = speed;
    emit jumped(m_seconds);
}

int PlaybackClock::frame() const {
    // The small term keeps a position that was set from a frame in that frame.
    return std::clamp(static_cast<int>(std::floor(m_seconds * m_rateHz + 1e-6)), 0, std::max(0, m_frames - 1));
}

void PlaybackClock::play() {
    if (m_playing || m_frames <= 0) return;
    if (m_speed > 0 && frame() >= m_frames - 1) seekFrame(m_loop ? m_loop->begin : 0);
    m_playing = true;
    m_elapsed.start();
    m_timer.start();
    emit playingChanged(true);
    emit jumped(m_seconds);
}

void PlaybackClock::pause() {
    if (!m_playing) return;
    m_playing = false;
    m_timer.stop();
    m_seconds = frame() / m_rateHz; // rests on a whole frame
    emit playingChanged(false);
}

void PlaybackClock::seekFrame(int frame) {
    m_seconds = std::clamp(frame, 0, std::max(0, m_frames - 1)) / m_rateHz;
    emit jumped(m_seconds);
    publish();
}

void PlaybackClock::advance(double elapsedS) {
    if (!m_playing) return;
    m_seconds += elapsedS * m_speed;
    const double heard = m_heard ? m_heard() : -1;
    if (heard >= 0) {
        const double drift = heard - m_seconds;
        m_driftMs = drift * 1000;
        m_seconds += std::abs(drift) > kHardSyncS ? drift : drift * kPullPerTick;
    }
    const double begin = m_loop ? m_loop->begin / m_rateHz : 0;
    const double end = m_loop ? m_loop->end / m_rateHz : m_frames / m_rateHz;
    if (m_speed > 0 && m_seconds >= end) {
        if (m_loop) m_seconds = begin, emit jumped(m_seconds);
        else m_seconds = (m_frames - 1) / m_rateHz, publish(), pause();
    } else if (m_speed < 0 && m_seconds <= begin) {
        m_seconds = begin, publish(), pause();
    }
    publish();
}

void PlaybackClock::publish() {
    const int now = frame();
    if (now == m_lastFrame) return;
    m_lastFrame = now;
    emit frameChanged(now);
}

} // namespace emc
