#pragma once
// Light on a head, worked out per vertex on the CPU. With twenty thousand vertices on a picture of 320 x 420 a vertex
// covers a few pixels: the picture is the same as with light per pixel, at a tenth of the price where the "GPU" is a
// software renderer.
#include <array>
#include <cstdint>
#include <span>

#include "core/render/render_style.h"

namespace emc {

struct HeadLight {
    std::array<float, 3> direction; // unit, from the head to the light, in the head's axes
    std::array<float, 3> colour;    // strength included
};

struct HeadLights {
    std::array<HeadLight, 4> lights;             // key, fill, rim, front: directional, fixed to the camera
    std::array<std::array<float, 3>, 4> halfway; // unit, between light and viewer: where gloss is brightest
    std::array<float, 3> lampInEye;              // unit: where an eyeball mirrors the key light
    // How far light reaches round the edge of its shadow, by channel: skin lets red through.
    std::array<float, 3> wrap;
    float ambient = 0, skinGloss = 0, eyeGloss = 0;
    float shoulder = 1; // brighter than this is compressed, so that a lit forehead keeps its shape; 1 = cut at white
};

// The camera's axes in the head's: unit vectors to the right, up and out of the picture (towards the viewer).
struct CameraAxes {
    std::array<double, 3> right, up, out;
};

HeadLights headLights(const RenderStyle& style, const CameraAxes& axes);

// normals: V x 3 unit; colours: V x 3; eyeball: V flags. rgba: V x 4, written. The same input gives the same bytes.
void shadeHead(const HeadLights& lights, std::span<const float> normals, std::span<const std::uint8_t> colours,
               std::span<const std::uint8_t> eyeball, std::span<std::uint8_t> rgba);

} // namespace emc
