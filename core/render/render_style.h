#pragma once
// How a head is shown: plain values, so that a picture is a function of coefficients and style alone.
#include <array>
#include <cstdint>
#include <vector>

namespace emc {

// Looks at a point between nose and chin through a 20 degree lens (10 degrees to each side, vertically).
struct HeadCamera {
    double azimuth = 0; // degrees; > 0 shows the person's right side more: the nose points to the right of the picture
    double elevation = 0;          // degrees, > 0 = from above
    double zoom = 1;               // 1 = the whole head with its neck; 1.6 = the face
    double shiftX = 0, shiftY = 0; // centimetres; moves the head to the right and up
    double roll = 0;               // degrees

    static HeadCamera front() { return {}; }
    static HeadCamera threeQuarter() { return {.azimuth = 10}; }
    static HeadCamera profile() { return {.azimuth = 90}; }
    friend bool operator==(const HeadCamera&, const HeadCamera&) = default;
};

struct RenderStyle {
    HeadCamera camera;
    std::array<std::uint8_t, 3> background = {0x20, 0x23, 0x28};
    bool still = false;      // twice the size, averaged down: for pictures and exports
    bool smoothEdges = true; // by the own rasteriser; with OpenGL the device decides

    // Distance to the reference face in place of colours; grey = equal. See HeadRenderer::render().
    bool heatMap = false;
    double heatLimitMm = 8; // this and more has the last colour

    // Who and where; used for made pictures.
    std::vector<float> identity; // weights of HeadModel::identityNames()
    double keyAzimuth = -38;     // degrees; < 0 = main light from the left of the picture
    double keyElevation = 32;
    double warmth = 0; // -1 cold .. 1 warm
    double brightness = 1;
    std::array<float, 3> skin = {1, 1, 1}; // factors on the colours of everything but the eyeballs
};

} // namespace emc
