#pragma once
// The head as RGB bytes. One renderer serves any number of views and persons. The same coefficients and style give the
// same bytes. Calls may come from any thread, one at a time per renderer; different renderers may be used at the same
// time (only drawing by VTK is serialised in the process, because the library keeps process-wide state).
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/morph/head_model.h"
#include "core/render/render_style.h"

namespace emc {

// Who puts the triangles into the picture. Auto: VTK where there is a GPU; where OpenGL would be software too, and
// where there is none at all, the own rasteriser: the same picture several times faster (tests hold the two together).
enum class HeadDrawing { Auto, Vtk, Raster };

class HeadRenderer {
public:
    // Pixels. A null head means HeadModel::loadDefault(). Throws what loading the head throws, and for
    // HeadDrawing::Vtk Error(Unsupported) without OpenGL.
    HeadRenderer(int width, int height, std::shared_ptr<const HeadModel> head = nullptr,
                 HeadDrawing drawing = HeadDrawing::Auto);
    ~HeadRenderer();
    HeadRenderer(const HeadRenderer&) = delete;
    HeadRenderer& operator=(const HeadRenderer&) = delete;

    // 16 to 8192 pixels a side; cheap when nothing changes. Throws Error(Usage).
    void resize(int width, int height);
    int width() const;
    int height() const;
    const HeadModel& head() const;
    const std::string& device() const; // OpenGL's name of the device, or that of the own rasteriser
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
