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
constexpr std::int32_t kSmall = 120 * kSub;
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

// Where a pixel is looked at again, from its centre: no two in a row or column, so that edges that are nearly upright
// or level get all steps as well.
constexpr std::int32_t kSampleX[] = {16, -16, 80, -48, -80, -112, 48, 112},
                       kSampleY[] = {-48, 48, 16, -80, 80, -16, 112, -112};
constexpr std::int32_t kReach = 112; // the largest of them
// A difference between neighbours of which an eye sees the steps.
constexpr int kContrast = 20;

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

// Colour and nearness inside a triangle from the areas opposite to corners a and b.
struct Blend {
    float atC[4], toA[4], toB[4]; // red, green, blue, nearness
    Blend(float nearA, float nearB, float nearC, const std::uint8_t* colourA, const std::uint8_t* colourB,
          const std::uint8_t* colourC, float area) {
        const float share = 1 / area;
        for (int i = 0; i < 3; ++i) {
            atC[i] = static_cast<float>(colourC[i]) + .5f;
            toA[i] = static_cast<float>(colourA[i] - colourC[i]) * share;
            toB[i] = static_cast<float>(colourB[i] - colourC[i]) * share;
        }
        atC[3] = nearC, toA[3] = (nearA - nearC) * share, toB[3] = (nearB - nearC) * share;
    }
    Floats at(int i, Floats wa, Floats wb) const { return atC[i] + wa * toA[i] + wb * toB[i]; }
    Floats nearness(Floats wa, Floats wb) const { return at(3, wa, wb); }
    Ints colour(Floats wa, Floats wb) const {
        return __builtin_convertvector(at(0, wa, wb), Ints) | __builtin_convertvector(at(1, wa, wb), Ints) << 8 |
               __builtin_convertvector(at(2, wa, wb), Ints) << 16;
    }
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
    m_faces.clear(), m_slivers.clear();
    m_faces.reserve(triangles.size() / 3), m_slivers.reserve(triangles.size() / 3);
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
        face.small = end - left <= kSmall && high - low <= kSmall;
        if (face.left > face.right || face.low > face.high) { // out of the picture or between two centres
            m_slivers.push_back(face);
            continue;
        }
        face.left -= face.left % kGroup;
        m_faces.push_back(face);
    }
}

template <class Int>
void HeadRaster::fillFace(const Face& face, const std::uint8_t* rgba) {
    const Corner &a = m_corners[static_cast<std::size_t>(face.a)], &b = m_corners[static_cast<std::size_t>(face.b)],
                 &c = m_corners[static_cast<std::size_t>(face.c)];
    const Line<Int> bc(b, c, face.left * kSub, face.low * kSub), ca(c, a, face.left * kSub, face.low * kSub),
        ab(a, b, face.left * kSub, face.low * kSub);
    const Int biasA = bc.bias(), biasB = ca.bias(), biasC = ab.bias();
    const Blend blend(a.nearness, b.nearness, c.nearness, rgba + face.a * 4, rgba + face.b * 4, rgba + face.c * 4,
                      static_cast<float>(bc.value + ca.value + ab.value));
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
            const Floats here = blend.nearness(wa, wb);
            const Ints drawn = inside & (here >= before);
            const Ints pixels = (blend.colour(wa, wb) & drawn) | (load<Ints>(group->pixels) & ~drawn);
            const Ints near = (bits(here) & drawn) | (bits(before) & ~drawn);
            std::memcpy(group->pixels, &pixels, sizeof pixels), std::memcpy(group->nearest, &near, sizeof near);
            ea += lanes.wayA, eb += lanes.wayB, ec += lanes.wayC;
        }
    }
}

// Marks both of two neighbours that differ.
void HeadRaster::findEdges() {
    const std::size_t row = m_stride * kGroup, width = static_cast<std::size_t>(m_width),
                      height = static_cast<std::size_t>(m_height);
    m_marks.assign(row * height, 0);
    m_apart.resize(row * 4);
    const auto differ = [this](const std::uint32_t* here, const std::uint32_t* there, std::uint8_t* mark,
                               std::uint8_t* other, std::size_t count) {
        // Byte by byte, which the compiler does for sixteen at once.
        const auto *a = reinterpret_cast<const std::uint8_t*>(here), *b = reinterpret_cast<const std::uint8_t*>(there);
        std::uint8_t* apart = m_apart.data();
        for (std::size_t i = 0; i < count * 4; ++i)
            apart[i] = static_cast<std::uint8_t>(a[i] > b[i] ? a[i] - b[i] : b[i] - a[i]) > kContrast;
        for (std::size_t x = 0; x < count; ++x) {
            std::uint32_t any;
            std::memcpy(&any, apart + x * 4, sizeof any);
            if (any) mark[x] = other[x] = 1;
        }
    };
    for (std::size_t y = 0; y < height; ++y) {
        const std::uint32_t* here = m_flat.data() + y * row;
        std::uint8_t* mark = m_marks.data() + y * row;
        differ(here, here + 1, mark, mark + 1, width - 1);
        if (y + 1 < height) differ(here, here + row, mark, mark + row, width);
    }
}

// The marked pixels that a triangle may touch, sample by sample.
template <class Int>
void HeadRaster::sampleFace(const Face& face, const std::uint8_t* rgba) {
    const Corner &a = m_corners[static_cast<std::size_t>(face.a)], &b = m_corners[static_cast<std::size_t>(face.b)],
                 &c = m_corners[static_cast<std::size_t>(face.c)];
    const std::int32_t left = std::max(0, firstCentre(std::min({a.x, b.x, c.x}) - kReach)),
                       right = std::min(m_width - 1, (std::max({a.x, b.x, c.x}) + kReach) >> kSubBits),
                       low = std::max(0, firstCentre(std::min({a.y, b.y, c.y}) - kReach)),
                       high = std::min(m_height - 1, (std::max({a.y, b.y, c.y}) + kReach) >> kSubBits);
    const std::size_t row = m_stride * kGroup;
    for (std::int32_t y = low; y <= high; ++y)
        for (std::int32_t x = left; x <= right; x += kGroup) {
            std::uint32_t marks; // of this pixel and three more: few groups have any
            std::memcpy(&marks, m_marks.data() + static_cast<std::size_t>(y) * row + x, sizeof marks);
            if (marks) return sampleMarked<Int>(face, rgba, {left, right, y, high});
        }
}

template <class Int>
void HeadRaster::sampleMarked(const Face& face, const std::uint8_t* rgba, const Box& box) {
    using Vector [[gnu::vector_size(4 * sizeof(Int))]] = Int;
    const Corner &a = m_corners[static_cast<std::size_t>(face.a)], &b = m_corners[static_cast<std::size_t>(face.b)],
                 &c = m_corners[static_cast<std::size_t>(face.c)];
    const Line<Int> bc(b, c, box.left * kSub, box.low * kSub), ca(c, a, box.left * kSub, box.low * kSub),
        ab(a, b, box.left * kSub, box.low * kSub);
    const Blend blend(a.nearness, b.nearness, c.nearness, rgba + face.a * 4, rgba + face.b * 4, rgba + face.c * 4,
                      static_cast<float>(bc.value + ca.value + ab.value));
    struct Side { // of the triangle: what its line gains from the centre of a pixel to the samples, at most as well
        Vector first{}, second{};
        Int bias, most;
        explicit Side(const Line<Int>& line) : bias(line.bias()) {
            const Int dx = line.stepX / kSub, dy = line.stepY / kSub;
            for (int s = 0; s < 4; ++s) {
                first[s] = kSampleX[s] * dx + kSampleY[s] * dy;
                second[s] = kSampleX[s + 4] * dx + kSampleY[s + 4] * dy;
            }
            most = (std::abs(dx) + std::abs(dy)) * kReach;
        }
    };
    const float nearest = std::max({a.nearness, b.nearness, c.nearness});
    const Side sideA(bc), sideB(ca), sideC(ab);
    const std::size_t row = m_stride * kGroup;
    for (std::int32_t y = box.low; y <= box.high; ++y) {
        const std::size_t place = static_cast<std::size_t>(y) * row;
        Int va = bc.value + bc.stepY * (y - box.low), vb = ca.value + ca.stepY * (y - box.low),
            vc = ab.value + ab.stepY * (y - box.low);
        for (std::int32_t x = box.left; x <= box.right; ++x, va += bc.stepX, vb += ca.stepX, vc += ab.stepX) {
            if (!m_marks[place + static_cast<std::size_t>(x)] || va + sideA.most < 0 || vb + sideB.most < 0 ||
                vc + sideC.most < 0)
                continue;
            Edge& edge = m_edges[static_cast<std::size_t>(m_edgeAt[place + static_cast<std::size_t>(x)])];
            if (nearest < edge.behind) continue;
            const auto draw = [&](const Vector& inA, const Vector& inB, const Vector& inC, int s) {
                const Ints inside =
                    __builtin_convertvector(((inA + sideA.bias) | (inB + sideB.bias) | (inC + sideC.bias)) >= 0, Ints);
                const Floats wa = __builtin_convertvector(inA, Floats), wb = __builtin_convertvector(inB, Floats);
                const auto before = load<Floats>(edge.nearest + s);
                const Floats here = blend.nearness(wa, wb);
                const Ints drawn = inside & (here >= before);
                const Ints pixels = (blend.colour(wa, wb) & drawn) | (load<Ints>(edge.pixels + s) & ~drawn);
                const Ints near = (bits(here) & drawn) | (bits(before) & ~drawn);
                std::memcpy(edge.pixels + s, &pixels, sizeof pixels), std::memcpy(edge.nearest + s, &near, sizeof near);
            };
            draw(va + sideA.first, vb + sideB.first, vc + sideC.first, 0);
            draw(va + sideA.second, vb + sideB.second, vc + sideC.second, 4);
        }
    }
}

void HeadRaster::drawEdges(const std::uint8_t* rgba, std::uint32_t background) {
    findEdges();
    m_edgeAt.resize(m_marks.size());
    m_edgePlace.clear();
    for (std::size_t place = 0; place + 4 <= m_marks.size(); place += 4) {
        std::uint32_t marks;
        std::memcpy(&marks, m_marks.data() + place, sizeof marks);
        if (marks == 0) continue;
        for (std::size_t p = place; p < place + 4; ++p)
            if (m_marks[p]) m_edgeAt[p] = static_cast<std::int32_t>(m_edgePlace.size()), m_edgePlace.push_back(p);
    }
    Edge empty{};
    std::fill_n(empty.pixels, kSamples, background);
    m_edges.assign(m_edgePlace.size(), empty);
    const auto nearest = [&](std::size_t place) { return m_groups[place / kGroup].nearest[place % kGroup]; };
    const std::size_t row = m_stride * kGroup, rows = static_cast<std::size_t>(m_height);
    for (std::size_t e = 0; e < m_edges.size(); ++e) {
        const std::size_t x = m_edgePlace[e] % row, y = m_edgePlace[e] / row;
        float least = nearest(m_edgePlace[e]);
        for (std::size_t j = y > 0 ? y - 1 : 0; j <= std::min(y + 1, rows - 1); ++j)
            for (std::size_t i = x > 0 ? x - 1 : 0; i <= std::min(x + 1, std::size_t(m_width) - 1); ++i)
                least = std::min(least, nearest(j * row + i));
        m_edges[e].behind = least;
        // Inside the head a slit may be finer than what is looked at: it keeps the pixel's colour.
        if (least > 0) std::fill_n(m_edges[e].pixels, kSamples, m_flat[m_edgePlace[e]]);
    }
    m_marks.resize(m_marks.size() + 4); // room to look at four together anywhere
    for (const auto* faces : {&m_faces, &m_slivers})
        for (const Face& face : *faces)
            if (face.small) sampleFace<std::int32_t>(face, rgba);
            else sampleFace<std::int64_t>(face, rgba);
    for (std::size_t e = 0; e < m_edges.size(); ++e) {
        std::uint32_t even = 0, odd = 0; // red and blue, green: sums of eight bytes fit 16 bits
        for (const std::uint32_t pixel : m_edges[e].pixels) even += pixel & 0xFF00FF, odd += pixel >> 8 & 0xFF;
        m_flat[m_edgePlace[e]] = ((even + 0x40004) >> 3 & 0xFF00FF) | ((odd + 4) >> 3) << 8;
    }
}

void HeadRaster::fill(std::span<const std::uint8_t> rgba, std::array<std::uint8_t, 3> background,
                      std::vector<std::uint8_t>& rgb, bool smoothEdges) {
    if (rgba.size() < m_corners.size() * 4) throw Error(ErrorKind::Internal, "every vertex of a head needs a colour");
    const auto width = static_cast<std::size_t>(m_width), height = static_cast<std::size_t>(m_height);
    m_stride = (width + kGroup - 1) / kGroup;
    const std::uint32_t empty = background[0] | unsigned(background[1]) << 8 | unsigned(background[2]) << 16;
    m_groups.assign(m_stride * height, Group{{}, {empty, empty, empty, empty}});
    for (const Face& face : m_faces)
        if (face.small) fillFace<std::int32_t>(face, rgba.data());
        else fillFace<std::int64_t>(face, rgba.data());
    m_flat.resize(m_groups.size() * kGroup);
    for (std::size_t g = 0; g < m_groups.size(); ++g)
        std::memcpy(m_flat.data() + g * kGroup, m_groups[g].pixels, sizeof m_groups[g].pixels);
    if (smoothEdges) drawEdges(rgba.data(), empty);
    rgb.resize(width * height * 3);
    for (std::size_t y = 0; y < height; ++y) {
        const std::uint32_t* from = m_flat.data() + (height - 1 - y) * m_stride * kGroup;
        std::uint8_t* to = rgb.data() + y * width * 3;
        for (std::size_t x = 0; x < width; ++x, to += 3) {
            const std::uint32_t pixel = from[x];
            to[0] = static_cast<std::uint8_t>(pixel), to[1] = static_cast<std::uint8_t>(pixel >> 8);
            to[2] = static_cast<std::uint8_t>(pixel >> 16);
        }
    }
}

} // namespace emc
