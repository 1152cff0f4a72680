#include "core/models/picture_film.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <chrono>
#include <cstring>

#include "core/api/error.h"
#include "core/nn/frame_encoder.h"

namespace emc {

PictureFilm::PictureFilm(const Clip& clip, int frames, int videoSize)
    : m_size(videoSize), m_readSize(readSizeFor(videoSize)), m_id(clip.info().id) {
    m_reader = clip.faceFrames(m_readSize);
    if (m_reader->width() != m_readSize || m_reader->height() != m_readSize)
        throw Error(ErrorKind::BadInput,
                    "the face frames are not " + std::to_string(m_readSize) + " pixels wide and high", m_id);
    m_pictures = torch::empty({frames, 3, m_size, m_size}, torch::kUInt8);
    // Where the networks were given one core, the film takes no second one.
    if (at::get_num_threads() > 1) m_thread = std::thread([this] { readAhead(); });
}

PictureFilm::~PictureFilm() {
    {
        std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    if (m_thread.joinable()) m_thread.join();
}

bool PictureFilm::readNext() {
    const int frames = static_cast<int>(m_pictures.size(0));
    if (m_next == frames) return false;
    const auto bytes = static_cast<std::size_t>(3 * m_size * m_size);
    std::uint8_t* place = m_pictures.data_ptr<std::uint8_t>() + static_cast<std::size_t>(m_next) * bytes;
    if (m_reader->next(m_rgb)) {
        m_planes.clear();
        appendCentreCrop(m_rgb, m_readSize, m_size, m_planes);
        std::memcpy(place, m_planes.data(), bytes);
    } else if (m_next == 0 || m_next < frames - std::max(2, frames / 50)) {
        throw Error(ErrorKind::BadInput,
                    "the face video has " + std::to_string(m_next) + " of " + std::to_string(frames) + " frames", m_id);
    } else {
        std::memcpy(place, place - bytes, bytes);
    }
    ++m_next;
    return true;
}

void PictureFilm::readAhead() {
    for (bool more = true; more;) {
        std::exception_ptr fault;
        try {
            more = readNext();
        } catch (...) {
            fault = std::current_exception();
            more = false;
        }
        std::lock_guard lock(m_mutex);
        m_have = m_next;
        m_fault = fault;
        m_ended = !more;
        more = more && !m_stop;
        m_more.notify_all();
    }
}

const torch::Tensor& PictureFilm::upTo(int end, JobContext& job) {
    if (!m_thread.joinable()) {
        while (m_next < end) {
            job.checkpoint();
            readNext();
        }
        return m_pictures;
    }
    std::unique_lock lock(m_mutex);
    while (m_have < end && !m_ended) {
        m_more.wait_for(lock, std::chrono::milliseconds(50));
        lock.unlock();
        job.checkpoint();
        lock.lock();
    }
    if (m_have < end && m_fault) std::rethrow_exception(m_fault);
    return m_pictures;
}

} // namespace emc
