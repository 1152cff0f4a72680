#pragma once
// The head as RGB bytes. One renderer = one OpenGL context and one copy of the mesh on it; it serves any number of
// views and persons. The same coefficients and style give the same bytes. Calls may come from any thread, one at a time
// per renderer; different renderers may be used at the same time (drawing itself is serialised in the process, because
// the drawing library keeps process-wide state).
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/morph/head_model.h"
#include "core/render/render_style.h"

namespace emc {

class HeadRenderer {
public:
    // Pixels. A null head means HeadModel::loadDefault(). Throws Error(Unsupported) without OpenGL, and what loading
    // the head throws.
    HeadRenderer(int width, int height, std::shared_ptr<const HeadModel> head = nullptr);
    ~HeadRenderer();
    HeadRenderer(const HeadRenderer&) = delete;
    HeadRenderer& operator=(const HeadRenderer&) = delete;

    // 16 to 8192 pixels a side; cheap when nothing changes. Throws Error(Usage).
    void resize(int width, int height);
    int width() const;
    int height() const;
    const HeadModel& head() const;
    const std::string& device() const;
    bool software() const;

    // coeffs: 58 (core/api/vectors.h). rgb is resized to width * height * 3, first row on top.
    // With style.heatMap every vertex is coloured by its distance to where the 58 `reference` coefficients put it, in
    // millimetres; head pose is left out of the comparison on both sides. An empty reference means the resting face.
    void render(std::span<const float> coeffs, const RenderStyle& style, std::vector<std::uint8_t>& rgb,
                std::span<const float> reference = {});

private:
    struct Impl;
    std::unique_ptr<Impl> m;
};

} // namespace emc
