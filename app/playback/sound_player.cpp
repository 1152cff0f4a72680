#include "app/playback/sound_player.h"

#include <QAudioDevice>
#include <QAudioSink>
#include <QIODevice>
#include <QMediaDevices>
#include <QMutex>

#include <algorithm>
#include <cmath>

namespace emc {

// Gives the device mono 16 bit samples from any position on; the device may ask from its own thread.
class SoundPlayer::Source : public QIODevice {
public:
    Source() { open(QIODevice::ReadOnly); }
    void setSound(SoundBuffer sound, double frameRateHz) {
        const QMutexLocker lock(&m_mutex);
        m_sound = std::move(sound), m_frameRateHz = frameRateHz;
    }
    void setMuted(std::vector<FrameSpan> spans, bool everything) {
        const QMutexLocker lock(&m_mutex);
        m_muted = normalisedSpans(std::move(spans), 1 << 28), m_mutedAll = everything;
    }
    void start(double fromSeconds, double speed) {
        const QMutexLocker lock(&m_mutex);
        m_position = fromSeconds, m_speed = speed;
    }
    bool hasSound() const {
        const QMutexLocker lock(&m_mutex);
        return !m_sound.samples.empty();
    }
    qint64 readData(char* data, qint64 bytes) override {
        const QMutexLocker lock(&m_mutex);
        const qint64 count = bytes / 2;
        auto* out = reinterpret_cast<qint16*>(data);
        const int channels = std::max(1, m_sound.channels);
        const auto length = static_cast<qint64>(m_sound.samples.size()) / channels;
        for (qint64 i = 0; i < count; ++i) {
            const double at = m_position * m_sound.rateHz;
            const auto index = static_cast<qint64>(std::floor(at));
            double value = 0;
            if (index >= 0 && index + 1 < length && !silentAt(m_position)) {
                const double f = at - static_cast<double>(index);
                value = m_sound.samples[static_cast<std::size_t>(index * channels)] * (1 - f) +
                        m_sound.samples[static_cast<std::size_t>((index + 1) * channels)] * f;
            }
            out[i] = static_cast<qint16>(std::lround(std::clamp(value, -1.0, 1.0) * 32767));
            m_position += m_speed / kRateHz;
        }
        return count * 2;
    }
    qint64 writeData(const char*, qint64) override { return -1; }
    qint64 bytesAvailable() const override { return 1 << 20; }
    bool isSequential() const override { return true; }

private:
    bool silentAt(double seconds) const {
        if (m_mutedAll) return true;
        const int frame = static_cast<int>(seconds * m_frameRateHz);
        return std::any_of(m_muted.begin(), m_muted.end(), [&](const FrameSpan& span) { return span.contains(frame); });
    }
    mutable QMutex m_mutex;
    SoundBuffer m_sound;
    std::vector<FrameSpan> m_muted;
    double m_frameRateHz = 25, m_position = 0, m_speed = 1;
    bool m_mutedAll = false;
};

struct SoundPlayer::Impl {
    Source source;
    std::unique_ptr<QAudioSink> sink;
    double startedAt = 0, speed = 1, volume = 1;
    bool triedDevice = false;
    QString device;
};

SoundPlayer::SoundPlayer(QObject* parent) : QObject(parent), m(std::make_unique<Impl>()) {}
SoundPlayer::~SoundPlayer() {
    stop();
}

void SoundPlayer::setSound(SoundBuffer sound, double frameRateHz) {
    stop();
    m->source.setSound(std::move(sound), frameRateHz);
}

void SoundPlayer::setMuted(std::vector<FrameSpan> spans, bool everything) {
    m->source.setMuted(std::move(spans), everything);
}

void SoundPlayer::play(double fromSeconds, double speed) {
    stop();
    if (speed <= 0 || !m->source.hasSound()) return;
    if (!m->triedDevice) {
        m->triedDevice = true;
        const QAudioDevice device = QMediaDevices::defaultAudioOutput();
        QAudioFormat format;
        format.setSampleRate(kRateHz);
        format.setChannelCount(1);
        format.setSampleFormat(QAudioFormat::Int16);
        if (!device.isNull() && device.isFormatSupported(format)) {
            m->sink = std::make_unique<QAudioSink>(device, format);
            m->sink->setBufferSize(kRateHz * 2 / 12); // about 80 ms
            m->device = QStringLiteral("48 kHz");
        }
    }
    if (!m->sink) return;
    m->source.start(fromSeconds, speed);
    m->startedAt = fromSeconds, m->speed = speed;
    m->sink->setVolume(m->volume);
    m->sink->start(&m->source);
}

void SoundPlayer::stop() {
    if (m->sink && m->sink->state() != QAudio::StoppedState) m->sink->reset();
}

void SoundPlayer::setVolume(double volume) {
    m->volume = std::clamp(volume, 0.0, 1.0);
    if (m->sink) m->sink->setVolume(m->volume);
}

double SoundPlayer::heardSeconds() const {
    if (!m->sink || m->sink->state() != QAudio::ActiveState) return -1;
    const qint64 used = m->sink->processedUSecs();
    if (used <= 0) return -1;
    // What lies in the device's buffer has been taken but not heard yet.
    const double waiting = static_cast<double>(m->sink->bufferSize() - m->sink->bytesFree()) / (2.0 * kRateHz);
    return m->startedAt + std::max(0.0, static_cast<double>(used) * 1e-6 - waiting) * m->speed;
}

QString SoundPlayer::deviceText() const {
    return m->device;
}

} // namespace emc
