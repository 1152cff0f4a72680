#include "core/render/head_view.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace emc {

HeadView headView(const HeadCamera& camera, double aspect) {
    // Everything of a head at rest: from the crown to well below the chin, and both ears when the view is narrow.
    constexpr double kAimY = -3.4, kAimZ = 4.6, kHalfHeight = 16.2, kHalfWidth = 11.6,
                     kHalfLens = 10 * std::numbers::pi / 180;
    HeadView view;
    const double half = std::max(kHalfHeight, kHalfWidth / aspect) / std::clamp(camera.zoom, .2, 6.0);
    view.halfLens = kHalfLens;
    view.distance = half / std::tan(kHalfLens);
    view.near = std::max(5.0, view.distance - 40), view.far = view.distance + 40;
    const double a = camera.azimuth * std::numbers::pi / 180,
                 e = std::clamp(camera.elevation, -80.0, 80.0) * std::numbers::pi / 180;
    const double out[3] = {-std::sin(a) * std::cos(e), std::sin(e), std::cos(a) * std::cos(e)};
    const double right[3] = {std::cos(a), 0, std::sin(a)};
    const double up[3] = {out[1] * right[2] - out[2] * right[1], out[2] * right[0] - out[0] * right[2],
                          out[0] * right[1] - out[1] * right[0]};
    view.target = {0, kAimY, kAimZ};
    // A head in a wide or narrow view keeps its place; closer views aim at the face itself.
    view.target[1] += 1.2 * std::clamp(camera.zoom - 1, 0.0, 1.0);
    const double turn = camera.roll * std::numbers::pi / 180, c = std::cos(turn), s = std::sin(turn);
    for (std::size_t i = 0; i < 3; ++i) {
        view.target[i] -= camera.shiftX * right[i] + camera.shiftY * up[i];
        view.eye[i] = view.target[i] + view.distance * out[i];
        view.axes.right[i] = c * right[i] + s * up[i], view.axes.up[i] = c * up[i] - s * right[i];
        view.axes.out[i] = out[i];
    }
    return view;
}

} // namespace emc
