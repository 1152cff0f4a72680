#include "core/render/head_raster.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "core/api/error.h"

namespace emc {

namespace {

using Floats [[gnu::vector_size(16)]] = float;
using Ints [[gnu::vector_size(16)]] = std::int32_t;

constexpr int kSubBits = 8, kSub = 1 << kSubBits;
// Up to this size the areas of a triangle fit 32 bits.
constexpr std::int32_t kSmall = 127 * kSub;
// Farther out than any triangle reaches that touches the largest picture; keeps all products below 2^63.
constexpr float kFarOut = 1 << 23;

std::int32_t firstCentre(std::int32_t lowest) { // of the pixels whose centre is not left of a corner
    return (lowest + kSub - 1) >> kSubBits;
}

// Twice the area between the line a -> b and a point, in sub-pixels squared; > 0 on its left.
template <class Int>
struct Line {
    Int stepX, stepY, value;
    template <class Corner>
    Line(const Corner& a, const Corner& b, std::int32_t x, std::int32_t y)
        : stepX((Int(a.y) - b.y) * kSub), stepY((Int(b.x) - a.x) * kSub),
          value((Int(b.x) - a.x) * (Int(y) - a.y) - (Int(b.y) - a.y) * (Int(x) - a.x)) {}
    // A centre on the line belongs to one of the two triangles that share it: the one that has it on its left or below.
    Int bias() const { return stepX > 0 || (stepX == 0 && stepY > 0) ? 0 : -1; }
};

template <class Vector, class T>
Vector load(const T* from) {
    Vector v;
    std::memcpy(&v, from, sizeof v);
    return v;
}

Ints bits(Floats numbers) {
    return std::bit_cast<Ints>(numbers);
}

// What the three lines of a triangle gain from the first pixel to the ones beside it, and to the next group.
template <class Int>
struct Lanes {
    using Vector [[gnu::vector_size(4 * sizeof(Int))]] = Int;
    Vector a, b, c;
    Int wayA, wayB, wayC;
    Lanes(Int stepA, Int stepB, Int stepC)
        : a(Vector{0, 1, 2, 3} * stepA), b(Vector{0, 1, 2, 3} * stepB), c(Vector{0, 1, 2, 3} * stepC), wayA(stepA * 4),
          wayB(stepB * 4), wayC(stepC * 4) {}
};

} // namespace

void HeadRaster::place(const HeadView& view, std::span<const float> xyz, std::span<const std::int32_t> triangles,
                       int width, int height) {
    m_width = width, m_height = height;
    const std::size_t count = xyz.size() / 3;
    m_corners.resize(count);
    const double scale = height * .5 / std::tan(view.halfLens) * kSub; // sub-pixels at depth 1: square pixels
    float right[4], up[4], in[4];
    const auto row = [&](float* to, const std::array<double, 3>& axis, double by) {
        double shift = 0;
        for (std::size_t i = 0; i < 3; ++i)
            to[i] = static_cast<float>(axis[i] * by), shift -= axis[i] * by * view.eye[i];
        to[3] = static_cast<float>(shift);
    };
    row(right, view.axes.right, scale), row(up, view.axes.up, scale), row(in, view.axes.out, -1);
    const float middleX = static_cast<float>((width - 1) * .5 * kSub),
                middleY = static_cast<float>((height - 1) * .5 * kSub);
    const auto nearest = static_cast<float>(view.near), farthest = static_cast<float>(view.far);
    for (std::size_t v = 0; v < count; ++v) {
        const float x = xyz[v * 3], y = xyz[v * 3 + 1], z = xyz[v * 3 + 2];
        const float depth = in[0] * x + in[1] * y + in[2] * z + in[3], nearness = 1 / depth;
        const float px = (right[0] * x + right[1] * y + right[2] * z + right[3]) * nearness + middleX;
        const float py = (up[0] * x + up[1] * y + up[2] * z + up[3]) * nearness + middleY;
        // Comparisons with a number that is none are false: such a corner is not drawn either.
        const bool good = depth > nearest && depth < farthest && std::abs(px) < kFarOut && std::abs(py) < kFarOut;
        const float gx = good ? px : 0, gy = good ? py : 0;
        m_corners[v] = {static_cast<std::int32_t>(gx + (gx < 0 ? -.5f : .5f)),
                        static_cast<std::int32_t>(gy + (gy < 0 ? -.5f : .5f)), good ? nearness : 0};
    }
    m_faces.clear();
    m_faces.reserve(triangles.size() / 3);
    for (std::size_t f = 0; f + 2 < triangles.size(); f += 3) {
        const auto ia = static_cast<std::size_t>(triangles[f]), ib = static_cast<std::size_t>(triangles[f + 1]),
                   ic = static_cast<std::size_t>(triangles[f + 2]);
        const Corner &a = m_corners[ia], &b = m_corners[ib], &c = m_corners[ic];
        if (std::int64_t(b.x - a.x) * (c.y - a.y) <= std::int64_t(b.y - a.y) * (c.x - a.x))
            continue; // seen from behind
        if (a.nearness == 0 || b.nearness == 0 || c.nearness == 0) continue;
        const std::int32_t left = std::min({a.x, b.x, c.x}), low = std::min({a.y, b.y, c.y}),
                           end = std::max({a.x, b.x, c.x}), high = std::max({a.y, b.y, c.y});
        Face face{triangles[f], triangles[f + 1], triangles[f + 2], 0, 0, 0, 0, 0};
        face.left = std::max(0, firstCentre(left)), face.right = std::min(width - 1, end >> kSubBits);
        face.low = std::max(0, firstCentre(low)), face.high = std::min(height - 1, high >> kSubBits);
        if (face.left > face.right || face.low > face.high) continue; // out of the picture or between two centres
        face.left -= face.left % kGroup;
        face.small = end - left <= kSmall && high - low <= kSmall;
        m_faces.push_back(face);
    }
}

template <class Int>
void HeadRaster::fillFace(const Face& face, const std::uint8_t* rgba) {
    const Corner &a = m_corners[static_cast<std::size_t>(face.a)], &b = m_corners[static_cast<std::size_t>(face.b)],
                 &c = m_corners[static_cast<std::size_t>(face.c)];
    const std::uint8_t *colourA = rgba + face.a * 4, *colourB = rgba + face.b * 4, *colourC = rgba + face.c * 4;
    const Line<Int> bc(b, c, face.left * kSub, face.low * kSub), ca(c, a, face.left * kSub, face.low * kSub),
        ab(a, b, face.left * kSub, face.low * kSub);
    const Int biasA = bc.bias(), biasB = ca.bias(), biasC = ab.bias();
    const float share = 1 / static_cast<float>(bc.value + ca.value + ab.value); // the three parts fill the triangle
    float atC[4], toA[4], toB[4];                                               // red, green, blue, nearness
    for (int i = 0; i < 3; ++i) {
        atC[i] = static_cast<float>(colourC[i]) + .5f;
        toA[i] = static_cast<float>(colourA[i] - colourC[i]) * share;
        toB[i] = static_cast<float>(colourB[i] - colourC[i]) * share;
    }
    atC[3] = c.nearness, toA[3] = (a.nearness - c.nearness) * share, toB[3] = (b.nearness - c.nearness) * share;
    const Lanes<Int> lanes(bc.stepX, ca.stepX, ab.stepX);
    for (std::int32_t y = face.low; y <= face.high; ++y) {
        const Int above = y - face.low;
        Int ea = bc.value + bc.stepY * above, eb = ca.value + ca.stepY * above, ec = ab.value + ab.stepY * above;
        Group* group =
            m_groups.data() + static_cast<std::size_t>(y) * m_stride + static_cast<std::size_t>(face.left / kGroup);
        for (std::int32_t x = face.left; x <= face.right; x += kGroup, ++group) {
            const auto va = ea + lanes.a, vb = eb + lanes.b, vc = ec + lanes.c;
            const Ints inside = __builtin_convertvector(((va + biasA) | (vb + biasB) | (vc + biasC)) >= 0, Ints);
            const Floats wa = __builtin_convertvector(va, Floats), wb = __builtin_convertvector(vb, Floats);
            const auto before = load<Floats>(group->nearest);
            const Floats here = atC[3] + wa * toA[3] + wb * toB[3];
            const Ints drawn = inside & (here >= before);
            const auto channel = [&](int i) {
                return __builtin_convertvector(atC[i] + wa * toA[i] + wb * toB[i], Ints);
            };
            const Ints colour = channel(0) | channel(1) << 8 | channel(2) << 16;
            const Ints pixels = (colour & drawn) | (load<Ints>(group->pixels) & ~drawn);
            const Ints near = (bits(here) & drawn) | (bits(before) & ~drawn);
            std::memcpy(group->pixels, &pixels, sizeof pixels), std::memcpy(group->nearest, &near, sizeof near);
            ea += lanes.wayA, eb += lanes.wayB, ec += lanes.wayC;
        }
    }
}

void HeadRaster::fill(std::span<const std::uint8_t> rgba, std::array<std::uint8_t, 3> background,
                      std::vector<std::uint8_t>& rgb) {
    if (rgba.size() < m_corners.size() * 4) throw Error(ErrorKind::Internal, "every vertex of a head needs a colour");
    const auto width = static_cast<std::size_t>(m_width), height = static_cast<std::size_t>(m_height);
    m_stride = (width + kGroup - 1) / kGroup;
    const std::uint32_t empty = background[0] | unsigned(background[1]) << 8 | unsigned(background[2]) << 16;
    m_groups.assign(m_stride * height, Group{{}, {empty, empty, empty, empty}});
    for (const Face& face : m_faces)
        if (face.small) fillFace<std::int32_t>(face, rgba.data());
        else fillFace<std::int64_t>(face, rgba.data());
    rgb.resize(width * height * 3);
    for (std::size_t y = 0; y < height; ++y) {
        const Group* from = m_groups.data() + (height - 1 - y) * m_stride;
        std::uint8_t* to = rgb.data() + y * width * 3;
        for (std::size_t x = 0; x < width; ++x, to += 3) {
            const std::uint32_t pixel = from[x / kGroup].pixels[x % kGroup];
            to[0] = static_cast<std::uint8_t>(pixel), to[1] = static_cast<std::uint8_t>(pixel >> 8);
            to[2] = static_cast<std::uint8_t>(pixel >> 16);
        }
    }
}

} // namespace emc
