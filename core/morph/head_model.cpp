#include "core/morph/head_model.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/data/npy.h"
#include "core/data/resource_places.h"

namespace emc {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void broken(const fs::path& file, const std::string& what) {
    throw Error(ErrorKind::BadInput, what, file.string(), "Make the head again with tools/make_head.py");
}

template <class T>
std::vector<T> readInts(const fs::path& file, std::size_t size, double limit) {
    const NpyArray array = readNpy(file);
    if (size && array.values.size() != size)
        broken(file, "the array has " + std::to_string(array.values.size()) + " numbers, " + std::to_string(size) +
                         " are needed");
    std::vector<T> out;
    out.reserve(array.values.size());
    for (double value : array.values) {
        if (!(value >= 0 && value < limit)) broken(file, "a number is out of range");
        out.push_back(static_cast<T>(value));
    }
    return out;
}

float weightOf(float value) {
    return std::isfinite(value) ? std::clamp(value, -0.5f, 1.5f) : 0.f;
}

using Matrix = std::array<double, 9>;

// Ry(yaw) Rx(-pitch) Rz(roll): the same as core/media/head_pose.h, which measures these angles.
Matrix rotation(double pitch, double yaw, double roll) {
    const double cx = std::cos(-pitch), sx = std::sin(-pitch), cy = std::cos(yaw), sy = std::sin(yaw),
                 cz = std::cos(roll), sz = std::sin(roll);
    return {cy * cz + sy * sx * sz,  -cy * sz + sy * sx * cz, sy * cx, cx * sz, cx * cz, -sx,
            -sy * cz + cy * sx * sz, sy * sz + cy * sx * cz,  cy * cx};
}

Matrix rotationOf(std::span<const float> coeffs) {
    const auto angle = [&](std::size_t i) {
        return std::isfinite(coeffs[i]) ? std::clamp(double(coeffs[i]), -1.5, 1.5) : 0.0;
    };
    return rotation(angle(52), angle(53), angle(54));
}

} // namespace

HeadModel::Sparse HeadModel::loadSparse(const fs::path& folder, const std::string& name, int vertices) {
    Sparse table;
    table.offsets = readInts<std::int32_t>(folder / (name + "_offsets.npy"), 0, 1e9);
    if (table.offsets.size() < 2 || table.offsets[0] != 0 ||
        !std::is_sorted(table.offsets.begin(), table.offsets.end()))
        broken(folder / (name + "_offsets.npy"), "the offsets do not rise from 0");
    table.index = readInts<std::uint16_t>(folder / (name + "_index.npy"),
                                          static_cast<std::size_t>(table.offsets.back()), vertices);
    table.delta = readNpyF32(folder / (name + "_delta.npy"));
    if (table.delta.size() != table.index.size() * 3)
        broken(folder / (name + "_delta.npy"), "the array does not fit its index");
    return table;
}

std::shared_ptr<const HeadModel> HeadModel::load(const fs::path& folder) {
    auto head = std::make_shared<HeadModel>();
    const fs::path description = folder / "head.json";
    nlohmann::json json;
    std::vector<std::string> shapes;
    try {
        json = nlohmann::json::parse(readTextFile(description, 1u << 20));
        shapes = json.at("expression").get<std::vector<std::string>>();
        head->m_identityNames = json.at("identity").get<std::vector<std::string>>();
        for (int i = 0; i < 3; ++i) head->m_pivot[i] = json.at("pivot").at(i).get<float>();
    } catch (const nlohmann::json::exception&) { broken(description, "the description cannot be read"); }
    if (!std::equal(shapes.begin(), shapes.end(), kShapeNames.begin(), kShapeNames.end()))
        broken(description, "the 52 shapes are not the ARKit names in alphabetical order");
    std::vector<std::int64_t> shape;
    head->m_mean = readNpyF32(folder / "vertices.npy", &shape);
    if (shape.size() != 2 || shape[1] != 3 || shape[0] < 3 || shape[0] > 65535)
        broken(folder / "vertices.npy", "the array is not (vertices, 3)");
    const auto count = static_cast<std::size_t>(shape[0]);
    head->m_triangles = readInts<std::int32_t>(folder / "triangles.npy", 0, double(count));
    if (head->m_triangles.empty() || head->m_triangles.size() % 3 != 0)
        broken(folder / "triangles.npy", "the array is not (triangles, 3)");
    head->m_colours = readInts<std::uint8_t>(folder / "colours.npy", count * 3, 256);
    head->m_eyeball = readInts<std::uint8_t>(folder / "eyeball.npy", count, 2);
    head->m_follow = readNpyF32(folder / "follow.npy");
    if (head->m_follow.size() != count) broken(folder / "follow.npy", "the array does not fit the vertices");
    head->m_expression = loadSparse(folder, "expression", static_cast<int>(count));
    head->m_identity = loadSparse(folder, "identity", static_cast<int>(count));
    if (head->m_expression.rows() != kShapeDims ||
        head->m_identity.rows() != static_cast<int>(head->m_identityNames.size()))
        broken(folder, "the number of shapes does not fit head.json");
    return head;
}

std::shared_ptr<const HeadModel> HeadModel::loadDefault() {
    std::error_code unreadable;
    for (const fs::path& place : resourcePlaces())
        if (fs::exists(place / "head" / "head.json", unreadable)) return load(place / "head");
    throw Error(ErrorKind::NotFound, "the head's files are nowhere", "head/head.json",
                "Set EMC_RESOURCES to the resources folder of the source tree");
}

std::vector<float> HeadModel::neutral(std::span<const float> identity) const {
    std::vector<float> xyz = m_mean;
    const int rows = std::min(m_identity.rows(), static_cast<int>(identity.size()));
    for (int r = 0; r < rows; ++r) {
        const float weight = std::isfinite(identity[r]) ? identity[r] : 0.f;
        if (weight == 0) continue;
        for (auto i = m_identity.offsets[r]; i < m_identity.offsets[r + 1]; ++i)
            for (int c = 0; c < 3; ++c) xyz[m_identity.index[i] * 3 + c] += weight * m_identity.delta[i * 3 + c];
    }
    return xyz;
}

void HeadModel::verticesFromNeutral(std::span<const float> neutral, std::span<const float> coeffs,
                                    std::vector<float>& xyz) const {
    if (neutral.size() != m_mean.size() || coeffs.size() != kCoeffDims)
        throw Error(ErrorKind::Internal, "a mesh needs 58 coefficients and a neutral face of its own size");
    xyz.assign(neutral.begin(), neutral.end());
    for (int r = 0; r < kShapeDims; ++r) {
        const float weight = weightOf(coeffs[r]);
        if (std::abs(weight) < 1e-4f) continue; // below a micrometre
        const float* delta = m_expression.delta.data() + std::size_t(m_expression.offsets[r]) * 3;
        for (auto i = m_expression.offsets[r]; i < m_expression.offsets[r + 1]; ++i, delta += 3) {
            float* v = xyz.data() + std::size_t(m_expression.index[i]) * 3;
            v[0] += weight * delta[0], v[1] += weight * delta[1], v[2] += weight * delta[2];
        }
    }
    turn(coeffs, xyz);
}

void HeadModel::turn(std::span<const float> coeffs, std::vector<float>& xyz) const {
    const Matrix turn = rotationOf(coeffs);
    float m[9];
    for (int i = 0; i < 9; ++i)
        m[i] = static_cast<float>(turn[i] - (i % 4 == 0 ? 1 : 0)); // R - I: scaled by how much a vertex follows
    for (std::size_t v = 0; v < m_follow.size(); ++v) {
        float* p = xyz.data() + v * 3;
        const float x = p[0] - m_pivot[0], y = p[1] - m_pivot[1], z = p[2] - m_pivot[2], f = m_follow[v];
        p[0] += f * (m[0] * x + m[1] * y + m[2] * z);
        p[1] += f * (m[3] * x + m[4] * y + m[5] * z);
        p[2] += f * (m[6] * x + m[7] * y + m[8] * z);
    }
}

void HeadModel::verticesFromCoeffs(std::span<const float> coeffs, std::vector<float>& xyz,
                                   std::span<const float> identity) const {
    if (identity.empty()) verticesFromNeutral(m_mean, coeffs, xyz);
    else verticesFromNeutral(neutral(identity), coeffs, xyz);
}

std::vector<double> HeadModel::verticesFromCoeffsSlow(std::span<const float> coeffs,
                                                      std::span<const float> identity) const {
    std::vector<double> xyz(m_mean.begin(), m_mean.end());
    const auto add = [&](const Sparse& table, int row, double weight) {
        for (auto i = table.offsets[row]; i < table.offsets[row + 1]; ++i)
            for (int c = 0; c < 3; ++c) xyz[table.index[i] * 3 + c] += weight * table.delta[i * 3 + c];
    };
    for (int r = 0; r < std::min(m_identity.rows(), static_cast<int>(identity.size())); ++r)
        add(m_identity, r, identity[r]);
    for (int r = 0; r < kShapeDims; ++r) add(m_expression, r, weightOf(coeffs[r]));
    const Matrix m = rotationOf(coeffs);
    for (std::size_t v = 0; v < m_follow.size(); ++v) {
        const double p[3] = {xyz[v * 3] - m_pivot[0], xyz[v * 3 + 1] - m_pivot[1], xyz[v * 3 + 2] - m_pivot[2]};
        for (int c = 0; c < 3; ++c) {
            const double turned = m[c * 3] * p[0] + m[c * 3 + 1] * p[1] + m[c * 3 + 2] * p[2];
            xyz[v * 3 + c] += m_follow[v] * (turned - p[c]);
        }
    }
    return xyz;
}

void HeadModel::normals(std::span<const float> xyz, std::vector<float>& out) const {
    out.assign(xyz.size(), 0.f);
    for (std::size_t f = 0; f + 2 < m_triangles.size(); f += 3) {
        const float *a = &xyz[std::size_t(m_triangles[f]) * 3], *b = &xyz[std::size_t(m_triangles[f + 1]) * 3],
                    *c = &xyz[std::size_t(m_triangles[f + 2]) * 3];
        const float ux = b[0] - a[0], uy = b[1] - a[1], uz = b[2] - a[2], vx = c[0] - a[0], vy = c[1] - a[1],
                    vz = c[2] - a[2];
        const float n[3] = {uy * vz - uz * vy, uz * vx - ux * vz,
                            ux * vy - uy * vx}; // length = twice the area: that is the weight
        for (int k = 0; k < 3; ++k) {
            float* sum = &out[std::size_t(m_triangles[f + k]) * 3];
            sum[0] += n[0], sum[1] += n[1], sum[2] += n[2];
        }
    }
    for (std::size_t v = 0; v < out.size(); v += 3) {
        const float length = std::sqrt(out[v] * out[v] + out[v + 1] * out[v + 1] + out[v + 2] * out[v + 2]);
        const float scale = length > 0 ? 1 / length : 0;
        out[v] *= scale, out[v + 1] *= scale, out[v + 2] *= scale;
    }
}

} // namespace emc
