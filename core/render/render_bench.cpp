#include "core/render/render_bench.h"

#include <array>
#include <chrono>
#include <cmath>

#include "core/render/head_renderer.h"

namespace emc {

RenderBench benchRender(int heads, int frames, int width, int height, HeadDrawing drawing) {
    using Clock = std::chrono::steady_clock;
    const auto seconds = [](Clock::time_point from) {
        return std::chrono::duration<double>(Clock::now() - from).count();
    };
    HeadRenderer renderer(width, height, nullptr, drawing);
    RenderBench bench{.heads = heads,
                      .frames = frames,
                      .width = width,
                      .height = height,
                      .vertices = renderer.head().vertexCount(),
                      .device = renderer.device()};
    std::array<float, kCoeffDims> coeffs{};
    const auto pose = [&](int step) {
        for (int k = 0; k < kShapeDims; ++k)
            coeffs[static_cast<std::size_t>(k)] = static_cast<float>(.25 + .25 * std::sin(.13 * step + k));
        coeffs[53] = static_cast<float>(.3 * std::sin(.05 * step));
    };
    RenderStyle style;
    style.smoothEdges = false; // as the window draws a face in motion
    std::vector<std::uint8_t> rgb;
    for (int i = 0; i < 3; ++i) pose(i), renderer.render(coeffs, style, rgb); // OpenGL compiles at first use
    auto begin = Clock::now();
    for (int i = 0; i < frames * heads; ++i) pose(i), renderer.render(coeffs, style, rgb);
    const double all = seconds(begin);
    std::vector<float> xyz, normals;
    begin = Clock::now();
    for (int i = 0; i < frames * heads; ++i)
        pose(i), renderer.head().verticesFromCoeffs(coeffs, xyz), renderer.head().normals(xyz, normals);
    const double mesh = seconds(begin);
    const double drawn = std::max(1, frames * heads);
    bench.framesPerSecond = all > 0 ? frames / all : 0;
    bench.meshMs = 1000 * mesh / drawn;
    bench.drawMs = 1000 * (all - mesh) / drawn;
    return bench;
}

} // namespace emc
