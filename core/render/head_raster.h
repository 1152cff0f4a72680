#pragma once
// Draws a lit head on the CPU. A head is forty thousand triangles of a few pixels each: what a software OpenGL does per
// triangle (clipping, binning into tiles, a shader call for every block of 16 pixels) costs several times the pixels
// themselves. The picture is OpenGL's: corners on a grid of 1/256 pixel, centres sampled with its fill rule, back faces
// dropped, nearest wins. Only colours are interpolated without the perspective inside a triangle, which is far below
// one step of 255 for triangles of some millimetres.
// Edges: pixels that differ from a neighbour are drawn again with eight samples each. They are a twentieth of a
// picture, so that smooth edges cost a fraction of what eight samples everywhere would.
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
    // rgba: V x 4, the fourth is not looked at. rgb: width * height * 3, first row on top. smoothEdges = false: every
    // pixel is what its centre sees.
    void fill(std::span<const std::uint8_t> rgba, std::array<std::uint8_t, 3> background,
              std::vector<std::uint8_t>& rgb, bool smoothEdges = true);

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
    template <class Int>
    void sampleFace(const Face& face, const std::uint8_t* rgba);
    struct Box { // pixels
        std::int32_t left, right, low, high;
    };
    template <class Int>
    void sampleMarked(const Face& face, const std::uint8_t* rgba, const Box& box);
    void findEdges();
    void drawEdges(const std::uint8_t* rgba, std::uint32_t background);
    int m_width = 0, m_height = 0;
    std::vector<Corner> m_corners;
    std::vector<Face> m_faces, m_slivers; // slivers: between the centres of pixels
    // Pixels beside each other are worked on at once. Depth and colour side by side: one place in the cache.
    static constexpr int kGroup = 4;
    struct Group {
        float nearest[kGroup];
        std::uint32_t pixels[kGroup];
    };
    std::size_t m_stride = 0; // groups a row; rows from below
    std::vector<Group> m_groups;
    // The pixels of an edge.
    static constexpr int kSamples = 8;
    struct Edge {
        float nearest[kSamples];
        std::uint32_t pixels[kSamples];
        float behind; // all pixels around see something nearer than this: what lies farther is not in sight here
    };
    std::vector<std::uint32_t> m_flat;    // pixels, m_stride * kGroup a row, rows from below
    std::vector<std::uint8_t> m_apart;    // one row of comparisons
    std::vector<std::uint8_t> m_marks;    // as m_flat, 1 = on an edge; the marks of a group are looked at together
    std::vector<std::int32_t> m_edgeAt;   // as m_flat: which edge, where marked
    std::vector<std::size_t> m_edgePlace; // of each edge in m_flat
    std::vector<Edge> m_edges;
};

} // namespace emc
