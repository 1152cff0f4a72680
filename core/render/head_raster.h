#pragma once
// Draws a lit head on the CPU. A head is forty thousand triangles of a few pixels each: what a software OpenGL does per
// triangle (clipping, binning into tiles, a shader call for every block of 16 pixels) costs several times the pixels
// themselves. The picture is OpenGL's: corners on a grid of 1/256 pixel, centres sampled with its fill rule, back faces
// dropped, nearest wins. Only colours are interpolated without the perspective inside a triangle, which is far below
// one step of 255 for triangles of some millimetres.
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/render/head_view.h"

namespace emc {

class HeadRaster {
public:
    // Places the vertices (V x 3) in a picture of width x height pixels and finds the triangles (F x 3 indices below V)
    // that face the viewer.
    void place(const HeadView& view, std::span<const float> xyz, std::span<const std::int32_t> triangles, int width,
               int height);
    // rgba: V x 4, the fourth is not looked at. rgb: width * height * 3, first row on top.
    void fill(std::span<const std::uint8_t> rgba, std::array<std::uint8_t, 3> background,
              std::vector<std::uint8_t>& rgb);

private:
    struct Corner { // 1/256 pixel from the centre of the lowest left one; y up; nearness = 1 / depth, 0 = not drawable
        std::int32_t x, y;
        float nearness;
    };
    struct Face { // corners, and the pixels whose centres lie in its box
        std::int32_t a, b, c, left, right, low, high, small;
    };
    template <class Int>
    void fillFace(const Face& face, const std::uint8_t* rgba);
    int m_width = 0, m_height = 0;
    std::vector<Corner> m_corners;
    std::vector<Face> m_faces;
    // Pixels beside each other are worked on at once. Depth and colour side by side: one place in the cache.
    static constexpr int kGroup = 4;
    struct Group {
        float nearest[kGroup];
        std::uint32_t pixels[kGroup];
    };
    std::size_t m_stride = 0; // groups a row; rows from below
    std::vector<Group> m_groups;
};

} // namespace emc
