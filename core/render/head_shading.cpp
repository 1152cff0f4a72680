#include "core/render/head_shading.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace emc {

namespace {

using Vec = std::array<double, 3>;

std::array<float, 3> unit(const Vec& v) {
    const double length = std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    if (!(length > 1e-9)) return {0, 0, 0};
    return {static_cast<float>(v[0] / length), static_cast<float>(v[1] / length), static_cast<float>(v[2] / length)};
}

float squared(float x) {
    return x * x;
}
float toThe64th(float x) {
    return squared(squared(squared(squared(squared(squared(x))))));
}

// One block at a time, axis by axis: the compiler turns the loops over a block into vector instructions.
constexpr std::size_t kBlock = 256;

} // namespace

HeadLights headLights(const RenderStyle& style, const CameraAxes& axes) {
    // Heat map: light at 75 %, so that colour is read and not shading.
    const double brightness = std::clamp(style.brightness, 0.0, 3.0), all = brightness * (style.heatMap ? .75 : 1);
    const double w = std::clamp(style.warmth, -1.0, 1.0) * .12;
    const Vec white{1, 1, 1}, warm = style.heatMap ? white : Vec{1, .955 - .3 * w, .89 - w},
                              cool = style.heatMap ? white : Vec{.84 + w, .92, 1};
    const bool left = style.keyAzimuth < 0;
    HeadLights result;
    int next = 0;
    const auto add = [&](double azimuth, double elevation, double strength, const Vec& colour) {
        const double a = azimuth * std::numbers::pi / 180, e = elevation * std::numbers::pi / 180;
        const double x = std::sin(a) * std::cos(e), y = std::sin(e), z = std::cos(a) * std::cos(e); // camera axes
        Vec towards, between;
        for (std::size_t c = 0; c < 3; ++c)
            towards[c] = x * axes.right[c] + y * axes.up[c] + z * axes.out[c], between[c] = towards[c] + axes.out[c];
        HeadLight& light = result.lights[static_cast<std::size_t>(next)];
        light.direction = unit(towards);
        for (std::size_t c = 0; c < 3; ++c)
            light.colour[c] = static_cast<float>(std::max(0.0, strength * all * colour[c]));
        result.halfway[static_cast<std::size_t>(next++)] = unit(between);
    };
    add(style.keyAzimuth, style.keyElevation, .72, warm);
    add(left ? 55 : -55, 8, .34, cool);
    add(left ? 150 : -150, 38, .55, white);
    add(0, 0, .22, white);
    // The cornea is more curved than the ball: it mirrors the lamp nearer to the pupil.
    Vec lamp;
    for (std::size_t c = 0; c < 3; ++c) lamp[c] = result.halfway[0][c] + .8 * axes.out[c];
    result.lampInEye = unit(lamp);
    result.wrap = style.heatMap ? std::array<float, 3>{0, 0, 0} : std::array<float, 3>{.26f, .18f, .15f};
    result.shoulder = style.heatMap ? 1 : .76f;
    result.ambient = static_cast<float>(style.heatMap ? .42 : .24 * brightness);
    result.skinGloss = style.heatMap ? .02f : .09f;
    result.eyeGloss = style.heatMap ? .02f : .95f;
    return result;
}

void shadeHead(const HeadLights& lights, std::span<const float> normals, std::span<const std::uint8_t> colours,
               std::span<const std::uint8_t> eyeball, std::span<std::uint8_t> rgba) {
    const std::size_t count = std::min({normals.size() / 3, colours.size() / 3, eyeball.size(), rgba.size() / 4});
    const auto [wr, wg, wb] = lights.wrap;
    const auto [lampX, lampY, lampZ] = lights.lampInEye;
    // Above the bend light comes ever closer to white, with the same slope at the bend.
    const float bend = 255 * lights.shoulder, room = std::max(1e-3f, 255 - bend);
    float x[kBlock], y[kBlock], z[kBlock], diffuse[3][kBlock], gloss[3][kBlock];
    for (std::size_t first = 0; first < count; first += kBlock) {
        const std::size_t size = std::min(kBlock, count - first);
        const float* n = normals.data() + first * 3;
        const std::uint8_t *paint = colours.data() + first * 3, *shiny = eyeball.data() + first;
        std::uint8_t* out = rgba.data() + first * 4;
        for (std::size_t v = 0; v < size; ++v) x[v] = n[v * 3], y[v] = n[v * 3 + 1], z[v] = n[v * 3 + 2];
        for (auto& channel : diffuse) std::fill_n(channel, size, lights.ambient);
        for (auto& channel : gloss) std::fill_n(channel, size, 0.f);
        const bool eyes = std::any_of(shiny, shiny + size, [](std::uint8_t flag) { return flag != 0; });
        for (std::size_t l = 0; l < lights.lights.size(); ++l) {
            const auto [dx, dy, dz] = lights.lights[l].direction;
            const auto [r, g, b] = lights.lights[l].colour;
            const auto [hx, hy, hz] = lights.halfway[l];
            // (facing + wrap) / (1 + wrap), strength included
            const float atR = r / (1 + wr), atG = g / (1 + wg), atB = b / (1 + wb);
            for (std::size_t v = 0; v < size; ++v) {
                const float facing = x[v] * dx + y[v] * dy + z[v] * dz;
                const float near = facing > 0 ? std::max(0.f, x[v] * hx + y[v] * hy + z[v] * hz) : 0.f;
                // Around the halfway vector gloss is half as wide: the 64th power is the 16th of the mirrored
                // direction.
                const float spot = toThe64th(near) * lights.skinGloss;
                diffuse[0][v] += std::max(0.f, facing + wr) * atR;
                diffuse[1][v] += std::max(0.f, facing + wg) * atG;
                diffuse[2][v] += std::max(0.f, facing + wb) * atB;
                gloss[0][v] += spot * r, gloss[1][v] += spot * g, gloss[2][v] += spot * b;
            }
        }
        for (std::size_t v = 0; eyes && v < size; ++v) {
            if (!shiny[v]) continue;
            // A round lamp with a soft edge, 4 to 6.5 degrees from its middle.
            const float near = x[v] * lampX + y[v] * lampY + z[v] * lampZ;
            const float spot = std::clamp((near - .9936f) / (.9976f - .9936f), 0.f, 1.f) * lights.eyeGloss;
            for (auto& channel : gloss) channel[v] += spot;
        }
        for (std::size_t v = 0; v < size; ++v) {
            float light[3];
            for (std::size_t c = 0; c < 3; ++c)
                light[c] = static_cast<float>(paint[v * 3 + c]) * diffuse[c][v] + 255.f * gloss[c][v];
            // The brightest channel decides for all three: a highlight keeps its hue.
            const float most = std::max({light[0], light[1], light[2], bend}), above = most - bend;
            const float scale = (bend + above * room / (room + above)) / most;
            for (std::size_t c = 0; c < 3; ++c)
                out[v * 4 + c] = static_cast<std::uint8_t>(std::min(255.f, light[c] * scale + .5f));
            out[v * 4 + 3] = 255;
        }
    }
}

} // namespace emc
