#pragma once
// Where the head is and how it is turned, and what the six last coefficients mean.
//
// Frame of the numbers: x to the right of the picture (the person's left), y up, z towards the camera; right-handed.
// The head at rest looks along +z. Rotation R = Ry(yaw) * Rx(-pitch) * Rz(roll), radians:
//   coefficient 52 pitch: positive = the face turns up
//   coefficient 53 yaw:   positive = the face turns to the person's own left (right in the picture)
//   coefficient 54 roll:  positive = the top of the head leans to the person's own right (left in the picture)
// Translation in metres, for an assumed vertical field of view of 63 degrees (no calibration, so only changes mean
// much):
//   coefficient 55 right in the picture, 56 up, 57 distance from the camera (positive).
// REACT's files have pitch offset by pi; the loader of such files says so, this extractor has no offset.
#include <array>
#include <filesystem>
#include <span>
#include <vector>

namespace emc {

struct HeadPose {
    double pitch = 0, yaw = 0, roll = 0; // radians
    double x = 0, y = 0, z = 0;          // metres
};

using Matrix3 = std::array<double, 9>; // row by row
Matrix3 rotationOfPose(const HeadPose& pose);
HeadPose anglesOfRotation(const Matrix3& rotation); // x, y, z stay 0

// Fits the canonical face to landmarks. Source: weighted orthogonal Procrustes; perspective as MediaPipe's face
// geometry has it.
class HeadPoseSolver {
public:
    // canonical_face.npy (468 x 5) and procrustes_weights.npy (33 x 2). Throws Error(NotFound | BadInput).
    HeadPoseSolver(const std::filesystem::path& canonicalFace, const std::filesystem::path& weights);
    // points: at least 468 x 3 in picture pixels (y down, z like x). `rotation` receives R if not null.
    HeadPose solve(std::span<const float> points, int width, int height, Matrix3* rotation = nullptr) const;

private:
    struct Weighted {
        int index;
        double weight;
    };
    std::vector<std::array<double, 3>> m_canonical; // cm
    std::vector<Weighted> m_weights;
};

} // namespace emc
