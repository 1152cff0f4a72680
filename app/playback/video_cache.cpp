#include "app/playback/video_cache.h"

#include <QBuffer>
#include <QMetaObject>

#include <cmath>

#include "app/jobs/job_runner.h"

namespace emc {

namespace {
constexpr qint64 kMostBytes = 96 << 20; // of compressed frames
constexpr int kMostHeight = 432;        // larger pictures are not shown in a pane
} // namespace

VideoCache::VideoCache(QObject* parent) : QObject(parent) {
    m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

VideoCache::~VideoCache() {
    m_thread.request_stop();
    m_wake.notify_all();
}

void VideoCache::setVideo(FrameOpener open, std::filesystem::path path, double sourcePerClipFrame) {
    {
        const std::lock_guard lock(m_mutex);
        m_open = std::move(open), m_path = std::move(path), m_ratio = sourcePerClipFrame;
        m_changed = true, m_wanted = -1;
    }
    m_wake.notify_all();
}

void VideoCache::clear() {
    setVideo({}, {});
}

void VideoCache::request(int frame) {
    {
        const std::lock_guard lock(m_mutex);
        m_wanted = frame;
    }
    m_wake.notify_all();
}

void VideoCache::store(int index, const QByteArray& jpeg, int near) {
    m_frames[index] = jpeg;
    m_bytes += jpeg.size();
    while (m_bytes > kMostBytes && m_frames.size() > 2) {
        // The frame farthest from where the user is goes first.
        const auto victim = near - m_frames.begin()->first > m_frames.rbegin()->first - near
                                ? m_frames.begin()
                                : std::prev(m_frames.end());
        m_bytes -= victim->second.size();
        m_frames.erase(victim);
    }
}

bool VideoCache::decodeTo(int target, const std::stop_token& stop) {
    FrameOpener open;
    std::filesystem::path path;
    {
        const std::lock_guard lock(m_mutex);
        open = m_open, path = m_path;
    }
    if (!open) return false;
    if (!m_reader || m_next > target) m_reader = open(path, 0), m_next = 0;
    std::vector<std::uint8_t> rgb;
    while (m_next <= target && !stop.stop_requested()) {
        if (!m_reader->next(rgb)) {
            m_end = m_next;
            return false;
        }
        const int index = m_next++;
        if (!m_frames.contains(index)) {
            const int width = m_reader->width(), height = m_reader->height();
            if (rgb.size() < static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3) return false;
            QImage image(rgb.data(), width, height, width * 3, QImage::Format_RGB888);
            if (height > kMostHeight) image = image.scaledToHeight(kMostHeight, Qt::SmoothTransformation);
            QByteArray jpeg;
            QBuffer buffer(&jpeg);
            buffer.open(QIODevice::WriteOnly);
            image.save(&buffer, "JPG", 88);
            store(index, jpeg, target);
        }
        const std::lock_guard lock(m_mutex);
        if (m_changed) return false;
        // A newer request that needs a restart or is already kept is served at once.
        if (m_wanted >= 0 && m_frames.contains(static_cast<int>(std::lround(m_wanted * m_ratio)))) break;
    }
    return true;
}

void VideoCache::work(const std::stop_token& stop) {
    int answered = -1;
    while (!stop.stop_requested()) {
        int wanted = -1, source = -1;
        {
            std::unique_lock lock(m_mutex);
            const auto something = [&] { return m_changed || (m_wanted >= 0 && m_wanted != answered); };
            // Reading ahead while nobody waits, so that the first scrub back and forth is quick.
            const bool idleWork = m_open && m_end < 0 && m_bytes < kMostBytes / 2;
            if (!something() && !idleWork) m_wake.wait(lock, stop, something);
            if (stop.stop_requested()) return;
            if (m_changed) {
                m_changed = false;
                m_reader.reset(), m_frames.clear();
                m_bytes = 0, m_next = 0, m_end = -1, answered = -1;
            }
            if (m_wanted >= 0 && m_wanted != answered)
                wanted = m_wanted, source = static_cast<int>(std::lround(m_wanted * m_ratio));
        }
        try {
            if (wanted < 0) {
                if (m_end < 0) decodeTo(m_next, stop);
                continue;
            }
            if (m_end > 0) source = std::min(source, m_end - 1);
            if (!m_frames.contains(source)) decodeTo(source, stop);
            auto found = m_frames.find(source);
            if (found == m_frames.end() && m_end > 0) found = m_frames.find(m_end - 1);
            {
                const std::lock_guard lock(m_mutex);
                if (m_changed || (found == m_frames.end() && m_wanted != wanted)) continue;
            }
            answered = wanted;
            if (found == m_frames.end()) continue;
            const QImage image = QImage::fromData(found->second, "JPG");
            QMetaObject::invokeMethod(
                this, [this, wanted, image] { emit ready(wanted, image); }, Qt::QueuedConnection);
        } catch (...) {
            const Failure failure = Failure::current();
            {
                const std::lock_guard lock(m_mutex);
                m_open = nullptr, m_wanted = -1;
            }
            QMetaObject::invokeMethod(
                this, [this, failure] { emit failed(failure.problem); }, Qt::QueuedConnection);
        }
    }
}

} // namespace emc
