#pragma once
// A face in pictures: detector, 478 landmarks, 52 shapes, 7 expressions, head pose. Networks and rules: MediaPipe's
// face chain (face_detector full range 192, landmarks 256, blend shapes) and FER's mini-Xception, run by OpenCV.
#include <array>
#include <memory>
#include <span>
#include <vector>

#include "core/api/vectors.h"
#include "core/media/head_pose.h"
#include "core/media/video.h"

namespace emc {

inline constexpr int kFacePoints = 478;

struct FaceBox { // picture pixels
    float x = 0, y = 0, w = 0, h = 0;
    float centreX() const { return x + w / 2; }
    float centreY() const { return y + h / 2; }
    float side() const { return w > h ? w : h; }
};

struct FaceDetection {
    FaceBox box;
    float score = 0;
    std::array<float, 12> keyPoints{}; // x, y of right eye, left eye, nose, mouth, right ear, left ear
};

// Every face of one picture, best first. Not thread-safe.
class FaceDetector {
public:
    FaceDetector(); // throws Error(NotFound) without the networks
    ~FaceDetector();
    std::vector<FaceDetection> detect(const RgbPicture& picture);

private:
    struct State;
    std::unique_ptr<State> m;
};

struct FaceSighting {
    bool found = false;
    float confidence = 0;      // the landmark network's probability that it looks at a face
    FaceBox box;               // around the landmarks
    std::vector<float> points; // 478 x 3: x, y in picture pixels, z like x; steadied over time
};

// Follows one face from picture to picture: the detector runs on the first picture and after a loss only. Not
// thread-safe.
class FaceTracker {
public:
    FaceTracker();
    ~FaceTracker();
    // Look for the face near this box (and stay with it); without it the best of the largest faces is taken.
    // `only`: never jump to another face far away, however long this one is gone.
    void seek(const FaceBox& near, bool only);
    // `timeS` (rising) lets the landmarks be steadied; the track itself goes on from the raw ones.
    FaceSighting next(const RgbPicture& picture, double timeS);
    // Forget the track; the next picture is searched. For pictures that do not follow each other.
    void forget();

private:
    struct State;
    std::unique_ptr<State> m;
};

struct FaceMeasure {
    std::array<float, kShapeDims> shapes{};
    std::array<float, 7> expressions{}; // angry disgust fear happy sad surprise neutral
    HeadPose pose;
};

// What a found face expresses. Not thread-safe; may work beside a FaceTracker on another thread.
class FaceMeter {
public:
    FaceMeter();
    ~FaceMeter();
    FaceMeasure measure(const RgbPicture& picture, const FaceSighting& face);
    std::array<float, kShapeDims> shapes(std::span<const float> points);

private:
    struct State;
    std::unique_ptr<State> m;
};

// A square of the picture around a point, scaled to size x size; black outside the picture.
void squareCrop(const RgbPicture& picture, float centreX, float centreY, float side, int size,
                std::vector<std::uint8_t>& rgb);

} // namespace emc
