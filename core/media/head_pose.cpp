#include "core/media/head_pose.h"

#include <algorithm>
#include <cmath>

#include <opencv2/core.hpp>

#include "core/api/error.h"
#include "core/data/npy.h"

namespace emc {
namespace {

using Point = std::array<double, 3>;

struct Similarity {
    cv::Matx33d rotation;
    double scale = 1;
    cv::Vec3d translation;
};

// Least squares of weight * |target - (scale R source + t)|^2. Source: the orthogonal Procrustes problem with weights
// and scale.
Similarity fit(const std::vector<Point>& source, const std::vector<Point>& target, const std::vector<double>& weights,
               bool withScale) {
    double total = 0;
    cv::Vec3d sourceMean, targetMean;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        total += weights[i];
        sourceMean += weights[i] * cv::Vec3d(source[i].data());
        targetMean += weights[i] * cv::Vec3d(target[i].data());
    }
    sourceMean *= 1 / total;
    targetMean *= 1 / total;
    cv::Matx33d product = cv::Matx33d::zeros();
    double spread = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const cv::Vec3d s = cv::Vec3d(source[i].data()) - sourceMean, t = cv::Vec3d(target[i].data()) - targetMean;
        product += weights[i] * (t * s.t());
        spread += weights[i] * s.dot(s);
    }
    cv::Matx33d u, vt;
    cv::Matx31d w;
    cv::SVD::compute(product, w, u, vt);
    cv::Matx33d sign = cv::Matx33d::eye();
    if (cv::determinant(u) * cv::determinant(vt) < 0) sign(2, 2) = -1; // no mirror images
    Similarity out;
    out.rotation = u * sign * vt;
    if (withScale && spread > 0) out.scale = cv::trace(out.rotation.t() * product) / spread;
    out.translation = targetMean - out.scale * (out.rotation * sourceMean);
    return out;
}

} // namespace

Matrix3 rotationOfPose(const HeadPose& pose) {
    const double cy = std::cos(pose.yaw), sy = std::sin(pose.yaw), cp = std::cos(pose.pitch), sp = std::sin(pose.pitch);
    const double cr = std::cos(pose.roll), sr = std::sin(pose.roll);
    const cv::Matx33d yaw(cy, 0, sy, 0, 1, 0, -sy, 0, cy), pitch(1, 0, 0, 0, cp, sp, 0, -sp, cp),
        roll(cr, -sr, 0, sr, cr, 0, 0, 0, 1);
    const cv::Matx33d r = yaw * pitch * roll;
    Matrix3 out;
    std::copy(r.val, r.val + 9, out.begin());
    return out;
}

HeadPose anglesOfRotation(const Matrix3& r) {
    HeadPose pose;
    // The third column is where the face looks: (sin yaw cos pitch, sin pitch, cos yaw cos pitch).
    pose.pitch = std::asin(std::clamp(r[5], -1.0, 1.0));
    pose.yaw = std::atan2(r[2], r[8]);
    pose.roll = std::atan2(r[3], r[4]);
    return pose;
}

HeadPoseSolver::HeadPoseSolver(const std::filesystem::path& canonicalFace, const std::filesystem::path& weights) {
    std::vector<std::int64_t> shape;
    const std::vector<float> points = readNpyF32(canonicalFace, &shape);
    if (shape != std::vector<std::int64_t>{468, 5})
        throw Error(ErrorKind::BadInput, "this is not the canonical face", canonicalFace.string());
    for (int i = 0; i < 468; ++i) m_canonical.push_back({points[i * 5], points[i * 5 + 1], points[i * 5 + 2]});
    const std::vector<float> table = readNpyF32(weights, &shape);
    if (shape.size() != 2 || shape[1] != 2 || shape[0] < 3)
        throw Error(ErrorKind::BadInput, "this is not the table of pose weights", weights.string());
    for (std::int64_t i = 0; i < shape[0]; ++i) {
        const int index = static_cast<int>(table[i * 2]);
        if (index < 0 || index >= 468)
            throw Error(ErrorKind::BadInput, "a pose weight names no point", weights.string());
        m_weights.push_back({index, table[i * 2 + 1]});
    }
}

HeadPose HeadPoseSolver::solve(std::span<const float> points, int width, int height, Matrix3* rotation) const {
    if (points.size() < 468 * 3) throw Error(ErrorKind::Internal, "the pose needs 468 points");
    // The picture on a plane at distance 1: pixels become tangents of the viewing angle.
    constexpr double kHalfField = 63.0 / 2 * 3.14159265358979323846 / 180;
    const double perPixel = 2 * std::tan(kHalfField) / height;
    std::vector<Point> source, screen;
    std::vector<double> weights;
    double depth = 0;
    for (int i = 0; i < 468; ++i) depth += points[i * 3 + 2] * perPixel / 468;
    for (const Weighted& w : m_weights) {
        const float* p = points.data() + w.index * 3;
        source.push_back(m_canonical[static_cast<std::size_t>(w.index)]);
        screen.push_back({(p[0] - width / 2.0) * perPixel, (height / 2.0 - p[1]) * perPixel, p[2] * perPixel});
        weights.push_back(w.weight);
    }
    // Size on the plane gives the distance; points nearer to the camera are then drawn together and the size is taken
    // once more.
    const auto unproject = [&](double scale) {
        std::vector<Point> metric = screen;
        for (Point& p : metric) {
            const double z = (p[2] - depth + 1) / scale; // distance from the camera, cm
            p = {p[0] * z, p[1] * z, -z};
        }
        return metric;
    };
    std::vector<Point> flat = screen;
    for (Point& p : flat) p[2] = -p[2];
    const double first = fit(source, flat, weights, true).scale;
    if (!(first > 1e-9)) return {};
    const double second = fit(source, unproject(first), weights, true).scale;
    const double scale = first * second;
    if (!(scale > 1e-9)) return {};
    const Similarity pose = fit(source, unproject(scale), weights, false);
    Matrix3 r;
    std::copy(pose.rotation.val, pose.rotation.val + 9, r.begin());
    if (rotation) *rotation = r;
    HeadPose out = anglesOfRotation(r);
    out.x = pose.translation[0] / 100;
    out.y = pose.translation[1] / 100;
    out.z = -pose.translation[2] / 100;
    return out;
}

} // namespace emc
