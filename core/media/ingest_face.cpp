#include "core/media/ingest_face.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <thread>

#include <opencv2/core/utility.hpp>

#include "core/api/error.h"
#include "core/media/affect.h"
#include "core/media/bounded_queue.h"
#include "core/media/face_choice.h"
#include "core/media/film.h"
#include "core/media/frame_source.h"

namespace emc {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kQueueRoom = 4;

double millisecondsSince(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// OpenCV's thread number is one for the whole program. The landmark network bounds the speed and gains up to two
// threads (a fifth faster than one); more only wake and wait, because its layers are small.
class NetworkThreads {
public:
    NetworkThreads() : m_before(cv::getNumThreads()) { cv::setNumThreads(2); }
    ~NetworkThreads() { cv::setNumThreads(m_before); }

private:
    int m_before;
};

// The film's square follows the face slowly, so that the head moves in the picture and not the picture around the head.
class FilmSquare {
public:
    void follow(const FaceBox& box) {
        const float side = 1.5f * box.side();
        if (m_side <= 0) {
            m_x = box.centreX();
            m_y = box.centreY();
            m_side = side;
            return;
        }
        const float away = std::hypot(box.centreX() - m_x, box.centreY() - m_y) / m_side;
        const float pull = std::clamp(away * 2.0f, 0.06f, 0.6f); // faster when the face would leave the square
        m_x += pull * (box.centreX() - m_x);
        m_y += pull * (box.centreY() - m_y);
        m_side += 0.06f * (side - m_side);
    }
    void crop(const RgbPicture& picture, int size, std::vector<std::uint8_t>& rgb) const {
        if (m_side > 0) squareCrop(picture, m_x, m_y, m_side, size, rgb);
        else
            squareCrop(picture, static_cast<float>(picture.width) / 2, static_cast<float>(picture.height) / 2,
                       static_cast<float>(std::min(picture.width, picture.height)), size, rgb);
    }

private:
    float m_x = 0, m_y = 0, m_side = 0;
};

// Third stage: everything that depends on the landmarks of its own frame only.
struct Collector {
    FaceMeter meter;
    FilmWriter film;
    FilmSquare square;
    std::vector<float> shapes, expressions, poses, confidence, boxes;
    std::vector<bool> found;
    std::vector<double> frameS;
    std::vector<std::uint8_t> rgb;
    bool sourceRate = false;
    double measureMs = 0;

    void take(const Looked& item, int size) {
        const auto start = Clock::now();
        FaceMeasure measure;
        if (item.face.found) {
            measure = meter.measure(item.picture, item.face);
            square.follow(item.face.box);
        }
        square.crop(item.picture, size, rgb);
        const std::array<float, 6> pose = {static_cast<float>(measure.pose.pitch), static_cast<float>(measure.pose.yaw),
                                           static_cast<float>(measure.pose.roll),  static_cast<float>(measure.pose.x),
                                           static_cast<float>(measure.pose.y),     static_cast<float>(measure.pose.z)};
        const FaceBox& box = item.face.box;
        for (int i = 0; i < item.copies; ++i) {
            film.add(rgb);
            shapes.insert(shapes.end(), measure.shapes.begin(), measure.shapes.end());
            expressions.insert(expressions.end(), measure.expressions.begin(), measure.expressions.end());
            poses.insert(poses.end(), pose.begin(), pose.end());
            confidence.push_back(item.face.found ? item.face.confidence : 0);
            for (const float value : {box.x, box.y, box.w, box.h}) boxes.push_back(item.face.found ? value : 0);
            found.push_back(item.face.found);
            frameS.push_back(sourceRate ? item.atS : static_cast<double>(frameS.size()) / kFrameRateHz);
        }
        measureMs += millisecondsSince(start);
    }
};

// Frames without a face take the numbers of the nearest frame with one, at confidence 0.
void fillMissing(Collector& all) {
    const int frames = static_cast<int>(all.found.size());
    std::vector<int> nearest(static_cast<std::size_t>(frames), -1);
    int last = -1;
    for (int i = 0; i < frames; ++i) {
        if (all.found[i]) last = i;
        nearest[i] = last;
    }
    last = -1;
    for (int i = frames - 1; i >= 0; --i) {
        if (all.found[i]) last = i;
        if (last >= 0 && (nearest[i] < 0 || last - i < i - nearest[i])) nearest[i] = last;
    }
    const auto copy = [](std::vector<float>& values, int dims, int from, int to) {
        std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(from) * dims, dims,
                    values.begin() + static_cast<std::ptrdiff_t>(to) * dims);
    };
    for (int i = 0; i < frames; ++i) {
        if (all.found[i] || nearest[i] < 0) continue;
        copy(all.shapes, kShapeDims, nearest[i], i);
        copy(all.expressions, kExpressionNet, nearest[i], i);
        copy(all.poses, 6, nearest[i], i);
        copy(all.boxes, 4, nearest[i], i);
    }
}

FaceTrack makeTrack(Collector& all) {
    FaceTrack track;
    track.frames = static_cast<int>(all.found.size());
    std::vector<float> seen; // the resting level comes from real frames only
    for (int i = 0; i < track.frames; ++i)
        if (all.found[i])
            seen.insert(seen.end(), all.shapes.begin() + static_cast<std::ptrdiff_t>(i) * kShapeDims,
                        all.shapes.begin() + static_cast<std::ptrdiff_t>(i + 1) * kShapeDims);
    const RestingFace rest = restingFace(seen);
    fillMissing(all);
    for (int i = 0; i < track.frames; ++i) {
        const std::span shapes(all.shapes.data() + static_cast<std::size_t>(i) * kShapeDims, kShapeDims);
        const std::span expressions(all.expressions.data() + static_cast<std::size_t>(i) * kExpressionNet,
                                    kExpressionNet);
        const auto attributes = attributesOf(shapes, expressions, rest);
        track.emotion.insert(track.emotion.end(), attributes.begin(), attributes.end());
        track.coeffs.insert(track.coeffs.end(), shapes.begin(), shapes.end());
        track.coeffs.insert(track.coeffs.end(), all.poses.begin() + i * 6, all.poses.begin() + (i + 1) * 6);
    }
    track.confidence = std::move(all.confidence);
    track.box = std::move(all.boxes);
    return track;
}

// Sets the tracker on the wanted person and tells what was chosen.
void choosePerson(const std::filesystem::path& video, int wanted, FaceTracker& tracker, JobContext& job,
                  std::vector<std::string>& notes) {
    FaceDetector detector;
    const std::vector<FaceCandidate> faces = findFaces(video, detector, job);
    if (wanted >= static_cast<int>(faces.size()))
        throw Error(ErrorKind::Usage,
                    "there is no face number " + std::to_string(wanted) + "; " + std::to_string(faces.size()) +
                        (faces.size() == 1 ? " face was" : " faces were") + " found at the beginning",
                    video.string(), faces.empty() ? "" : "Faces are counted from 0, left to right");
    const int chosen = wanted >= 0 ? wanted : mainFace(faces);
    if (chosen < 0) return; // the tracker goes on looking
    tracker.seek(faces[static_cast<std::size_t>(chosen)].first, wanted >= 0 || faces.size() > 1);
    if (faces.size() > 1)
        notes.push_back(std::to_string(faces.size()) + " faces; " +
                        (wanted >= 0 ? "number " : "the largest steady one was taken, number ") +
                        std::to_string(chosen) + " from the left" + (wanted >= 0 ? " was taken" : ""));
}

} // namespace

FaceHarvest harvestFace(const std::filesystem::path& video, const std::filesystem::path& film,
                        const IngestOptions& options, JobContext& job, IngestTimes* times) {
    const auto begin = Clock::now();
    const NetworkThreads threads;
    FaceHarvest harvest;
    FrameSource source(video, options.sourceRate);
    FaceTracker tracker;
    choosePerson(video, options.face, tracker, job, harvest.notes);
    Collector collector;
    collector.sourceRate = options.sourceRate;

    const double sourceRate =
        source.info().videoRateHz > 0 ? std::clamp(source.info().videoRateHz, 1.0, 240.0) : kFrameRateHz;
    FilmOptions filmOptions;
    filmOptions.rateHz = options.sourceRate ? sourceRate : kFrameRateHz;
    collector.film.open(film, options.cropSize, options.cropSize, filmOptions);
    const double expected = source.info().seconds * filmOptions.rateHz;

    BoundedQueue<Looked> decoded(kQueueRoom), tracked(kQueueRoom);
    std::exception_ptr decodeFailure, measureFailure;
    double decodeMs = 0, trackMs = 0;
    int looked = 0;
    std::thread decoding([&] {
        try {
            for (;;) {
                const auto start = Clock::now();
                Looked item;
                if (!source.next(item)) break;
                decodeMs += millisecondsSince(start);
                if (!decoded.push(std::move(item))) return;
            }
        } catch (...) { decodeFailure = std::current_exception(); }
        decoded.finish();
    });
    std::thread measuring([&] {
        try {
            while (std::optional<Looked> item = tracked.pop()) collector.take(*item, options.cropSize);
        } catch (...) {
            measureFailure = std::current_exception();
            decoded.stop();
            tracked.stop();
        }
    });
    std::exception_ptr failure;
    try {
        int frames = 0;
        while (std::optional<Looked> item = decoded.pop()) {
            const auto start = Clock::now();
            item->face = tracker.next(item->picture, item->atS);
            trackMs += millisecondsSince(start);
            frames += item->copies;
            harvest.faceFrames += item->face.found ? item->copies : 0;
            ++looked;
            job.progress(frames, std::max(expected, static_cast<double>(frames) + 1),
                         "frame " + std::to_string(frames));
            if (!tracked.push(std::move(*item))) break;
        }
    } catch (...) { // cancelled, or a network failed
        failure = std::current_exception();
        decoded.stop();
        tracked.stop();
    }
    tracked.finish();
    decoding.join();
    measuring.join();
    for (const std::exception_ptr& thrown : {failure, decodeFailure, measureFailure})
        if (thrown) std::rethrow_exception(thrown);

    harvest.frames = static_cast<int>(collector.found.size());
    if (harvest.frames == 0)
        throw Error(ErrorKind::BadInput, "not one frame of the video can be decoded", video.string());
    harvest.startS = source.startS();
    harvest.seconds = source.lengthS();
    harvest.frameS = collector.frameS;
    if (options.sourceRate) harvest.rateHz = harvest.seconds > 0 ? harvest.frames / harvest.seconds : sourceRate;
    for (std::string& note : source.notes()) harvest.notes.push_back(std::move(note));
    std::vector<bool> missing = collector.found;
    missing.flip();
    harvest.missing = spansOf(missing);
    if (harvest.faceFrames > 0) {
        collector.film.close();
        harvest.track = makeTrack(collector);
    }
    if (times) {
        const double frames = harvest.frames;
        *times = {decodeMs / frames, trackMs / frames, collector.measureMs / frames, millisecondsSince(begin) / frames,
                  looked};
    }
    return harvest;
}

} // namespace emc
