#pragma once
// Plays the sound of a clip and says what is heard. Silent inside missing spans. Without a sound device it does
// nothing, quietly.
#include <QObject>
#include <QString>

#include <memory>

#include "core/api/backend.h"

namespace emc {

class SoundPlayer : public QObject {
    Q_OBJECT
public:
    static constexpr int kRateHz = 48000;

    explicit SoundPlayer(QObject* parent = nullptr);
    ~SoundPlayer() override;

    void setSound(SoundBuffer sound, double frameRateHz);
    void setMuted(std::vector<FrameSpan> spans, bool everything);
    void play(double fromSeconds, double speed); // speed changes the pitch; at or below 0 nothing sounds
    void stop();
    void setVolume(double volume); // 0..1
    double heardSeconds() const;   // negative when nothing is playing
    QString deviceText() const;    // "48 kHz", empty without a device

private:
    class Source;
    struct Impl;
    std::unique_ptr<Impl> m;
};

} // namespace emc
