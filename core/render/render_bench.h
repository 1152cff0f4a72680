#pragma once
// How fast heads are drawn on this machine: mesh, normals, light and drawing to RGB bytes, one head after the other.
#include <string>

#include "core/render/head_renderer.h"

namespace emc {

struct RenderBench {
    double framesPerSecond = 0; // all heads of a frame drawn
    double meshMs = 0;          // per head: vertices and normals
    double drawMs = 0;          // per head: the rest
    int heads = 0, frames = 0, width = 0, height = 0, vertices = 0;
    std::string device;
};

// Moving faces, no waiting. Throws what HeadRenderer throws.
RenderBench benchRender(int heads = 3, int frames = 100, int width = 320, int height = 420,
                        HeadDrawing drawing = HeadDrawing::Auto);

} // namespace emc
