#pragma once
// Coefficients -> mesh: V = mean + sum_k w_k expression_k + sum_j c_j identity_j, then the head is turned about the top
// of the neck. Default head: resources/head, made by tools/make_head.py (29,321 vertices, CC0). Units: centimetres; x =
// the person's left, y up, z forward.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/api/vectors.h"

namespace emc {

class HeadModel {
public:
    // Throws Error(NotFound | BadInput): every array is checked against the others.
    static std::shared_ptr<const HeadModel> load(const std::filesystem::path& folder);
    // EMC_RESOURCES/head, ../share/emc-studio/head beside the program, the source tree.
    static std::shared_ptr<const HeadModel> loadDefault();

    int vertexCount() const { return static_cast<int>(m_mean.size() / 3); }
    std::span<const float> meanVertices() const { return m_mean; }          // V x 3
    std::span<const std::int32_t> triangles() const { return m_triangles; } // F x 3, counter-clockwise from outside
    std::span<const std::uint8_t> colours() const { return m_colours; }     // V x 3, RGB
    std::span<const std::uint8_t> eyeball() const { return m_eyeball; }     // V, 1 on the eyeballs (shiny)
    const std::vector<std::string>& identityNames() const { return m_identityNames; }

    // coeffs: the 58 of core/api/vectors.h. Shape weights are clamped to [-0.5, 1.5] (models leave [0, 1]; a mesh must
    // not explode). Rotations in radians: pitch > 0 turns the face up, yaw > 0 to the person's left, roll > 0 leans the
    // top of the head to the person's right. (REACT's pitch carries an offset of pi: whoever shows such data takes it
    // off first.) Translations are ignored: the studio's camera stays with the head. `identity` may be empty or shorter
    // than identityNames(). Numbers that are not finite count as 0. xyz is resized to V * 3.
    void verticesFromCoeffs(std::span<const float> coeffs, std::vector<float>& xyz,
                            std::span<const float> identity = {}) const;
    // The same by the plain formula in double precision: the twin that tests hold the fast path against.
    std::vector<double> verticesFromCoeffsSlow(std::span<const float> coeffs,
                                               std::span<const float> identity = {}) const;
    // Mean and identity only, for verticesFromCoeffs() of one person over many frames.
    std::vector<float> neutral(std::span<const float> identity) const;
    void verticesFromNeutral(std::span<const float> neutral, std::span<const float> coeffs,
                             std::vector<float>& xyz) const;

    // Area-weighted unit normals, V x 3.
    void normals(std::span<const float> xyz, std::vector<float>& out) const;

private:
    struct Sparse { // row r: vertices index[offset[r] .. offset[r+1]) move by delta
        std::vector<std::int32_t> offsets;
        std::vector<std::uint16_t> index;
        std::vector<float> delta;
        int rows() const { return static_cast<int>(offsets.size()) - 1; }
    };
    static Sparse loadSparse(const std::filesystem::path& folder, const std::string& name, int vertices);
    void turn(std::span<const float> coeffs, std::vector<float>& xyz) const;

    std::vector<float> m_mean, m_follow;
    std::vector<std::int32_t> m_triangles;
    std::vector<std::uint8_t> m_colours, m_eyeball;
    std::vector<std::string> m_identityNames;
    Sparse m_expression, m_identity;
    float m_pivot[3] = {};
};

} // namespace emc
