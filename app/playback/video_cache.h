#pragma once
// Frames of a video for scrubbing. The backend's reader only goes forward, so a worker decodes once, keeps the frames
// compressed (about 20 KB each, bounded) and answers the newest request; older requests are dropped.
#include <QImage>
#include <QObject>

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "core/api/clip.h"

namespace emc {

class VideoCache : public QObject {
    Q_OBJECT
public:
    explicit VideoCache(QObject* parent = nullptr);
    ~VideoCache() override;

    // `open` is called on the worker's thread, again whenever it must go back to a frame that is no longer kept.
    // sourceFrames/frames: frames of the video shown at frame i of the clip = round(i * sourceRate / clipRate).
    void setVideo(FrameOpener open, std::filesystem::path path, double sourcePerClipFrame = 1.0);
    void clear();
    void request(int frame); // answered by ready(), with the newest request only

signals:
    void ready(int frame, const QImage& image);
    void failed(const QString& problem);

private:
    void work(const std::stop_token& stop);
    bool decodeTo(int target, const std::stop_token& stop);
    void store(int index, const QByteArray& jpeg, int near);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    FrameOpener m_open;
    std::filesystem::path m_path;
    double m_ratio = 1;
    int m_wanted = -1;
    bool m_changed = false;

    // of the worker alone
    std::unique_ptr<FrameReader> m_reader;
    std::map<int, QByteArray> m_frames;
    qint64 m_bytes = 0;
    int m_next = 0, m_end = -1;
    std::jthread m_thread;
};

} // namespace emc
