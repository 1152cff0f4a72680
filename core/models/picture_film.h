#pragma once
// The pictures of a clip's face, read from its film once. With more than one thread to compute with, a thread of its
// own reads ahead, so that decoding and encoding overlap; with one, pictures are read when they are asked for.
#include <torch/torch.h>

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/api/clip.h"
#include "core/api/job_context.h"

namespace emc {

class PictureFilm {
public:
    // Centre crops of `videoSize` pixels of the first `frames` frames. Throws Error (no film, wrong size).
    PictureFilm(const Clip& clip, int frames, int videoSize);
    ~PictureFilm(); // stops reading

    // (T,3,S,S) uint8 of which the first `end` frames are there when this returns. A film that ends a little early (2 %
    // or two frames) goes on with its last frame, since films often have a frame less than their table has rows; one
    // that ends earlier throws Error(BadInput). Throws Cancelled.
    const torch::Tensor& upTo(int end, JobContext& job);

private:
    void readAhead();
    bool readNext(); // false: there is nothing more to read

    std::unique_ptr<FrameReader> m_reader;
    int m_size, m_readSize;
    std::string m_id;
    torch::Tensor m_pictures;
    std::vector<std::uint8_t> m_rgb, m_planes;
    int m_next = 0; // of the reading side

    std::mutex m_mutex;
    std::condition_variable m_more;
    int m_have = 0; // frames that may be looked at
    bool m_ended = false, m_stop = false;
    std::exception_ptr m_fault;
    std::thread m_thread; // not running: whoever asks reads
};

} // namespace emc
