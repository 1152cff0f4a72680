#pragma once
// Where the camera stands for a HeadCamera, in the head's axes and centimetres. All drawers look through this one.
#include <array>

#include "core/render/head_shading.h"
#include "core/render/render_style.h"

namespace emc {

struct HeadView {
    std::array<double, 3> eye{}, target{};
    CameraAxes axes{};        // as the picture shows them, roll included; out points from the target to the eye
    double halfLens = 0;      // radians from the middle of the picture to its upper edge
    double near = 0, far = 0; // centimetres before the eye
    double distance = 0;      // eye to target
};

// aspect = width / height.
HeadView headView(const HeadCamera& camera, double aspect);

} // namespace emc
