#pragma once
// The one clock of a window. Runs on a steady clock and, when sound is playing, is pulled towards the position of the
// sound device, so that pictures follow what is heard and nothing drifts.
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

#include "core/api/frame_span.h"

namespace emc {

class PlaybackClock : public QObject {
    Q_OBJECT
public:
    explicit PlaybackClock(QObject* parent = nullptr);

    void setLength(int frames, double rateHz);
    void setLoop(std::optional<FrameSpan> loop);
    void setSpeed(double speed); // 0.25 .. 4; negative plays backwards (no sound)
    // Seconds heard so far at the device, or a negative number when no sound is playing.
    void setSoundPosition(std::function<double()> heard) { m_heard = std::move(heard); }

    bool playing() const { return m_playing; }
    double speed() const { return m_speed; }
    int frames() const { return m_frames; }
    double rateHz() const { return m_rateHz; }
    double seconds() const { return m_seconds; }
    int frame() const;
    double driftMs() const { return m_driftMs; } // last measured distance to the sound

    void play();
    void pause();
    void seekFrame(int frame);
    void step(int frames) { pause(), seekFrame(frame() + frames); }
    // Advances by hand; the timer calls it with the time since the last call. Public for tests.
    void advance(double elapsedS);

signals:
    void frameChanged(int frame);
    void playingChanged(bool playing);
    void jumped(double seconds); // seek or loop: the sound must follow

private:
    void publish();
    QTimer m_timer;
    QElapsedTimer m_elapsed;
    std::function<double()> m_heard;
    std::optional<FrameSpan> m_loop;
    int m_frames = 0, m_lastFrame = -1;
    double m_rateHz = 25.0, m_seconds = 0, m_speed = 1.0, m_driftMs = 0;
    bool m_playing = false;
};

} // namespace emc
