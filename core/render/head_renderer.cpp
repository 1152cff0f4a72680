#include "core/render/head_renderer.h"

#include <algorithm>
#include <cmath>

#include "core/api/error.h"
#include "core/api/palette.h"
#include "core/render/gl_context.h"
#include "core/render/head_raster.h"
#include "core/render/head_shading.h"
#include "core/render/vtk_drawer.h"

namespace emc {

struct HeadRenderer::Impl {
    std::shared_ptr<const HeadModel> head;
    std::unique_ptr<VtkDrawer> vtk; // null: the rasteriser draws
    HeadRaster raster;
    std::string device = "CPU, own rasteriser";
    int width = 0, height = 0;
    std::vector<float> xyz, normals, person, moved, rest;
    std::vector<float> personIdentity;
    bool personValid = false;
    std::vector<std::uint8_t> colours, rgba, big;

    Impl(std::shared_ptr<const HeadModel> model, HeadDrawing drawing) : head(std::move(model)) {
        if (drawing == HeadDrawing::Raster || (drawing == HeadDrawing::Auto && !GlContext::anyGpu())) return;
        try {
            vtk = std::make_unique<VtkDrawer>(*head);
        } catch (const Error&) {
            if (drawing == HeadDrawing::Vtk) throw;
            return; // a GPU that lets nobody in
        }
        if (drawing == HeadDrawing::Auto && vtk->software()) vtk.reset();
        else device = vtk->device();
    }

    // What one call found and the next may keep: the neutral face of the person.
    const std::vector<float>& neutralOf(const std::vector<float>& identity) {
        if (!personValid || identity != personIdentity) {
            person = head->neutral(identity);
            personIdentity = identity;
            personValid = true;
        }
        return person;
    }

    void colour(std::span<const float> coeffs, const RenderStyle& style, std::span<const float> reference) {
        const auto painted = head->colours();
        const auto eyeball = head->eyeball();
        colours.assign(painted.begin(), painted.end());
        if (style.heatMap) {
            std::array<float, kCoeffDims> here{}, there{};
            std::copy_n(coeffs.begin(), kShapeDims, here.begin());
            if (!reference.empty()) std::copy_n(reference.begin(), kShapeDims, there.begin());
            head->verticesFromCoeffs(here, moved);
            head->verticesFromCoeffs(there, rest);
            const double limitCm = std::max(.01, style.heatLimitMm) / 10;
            for (std::size_t v = 0; v < eyeball.size(); ++v) {
                const double dx = moved[v * 3] - rest[v * 3], dy = moved[v * 3 + 1] - rest[v * 3 + 1],
                             dz = moved[v * 3 + 2] - rest[v * 3 + 2];
                const auto rgb = paletteAt(kMeshDistanceStops, std::sqrt(dx * dx + dy * dy + dz * dz) / limitCm);
                std::copy(rgb.begin(), rgb.end(), colours.begin() + static_cast<std::ptrdiff_t>(v) * 3);
            }
        } else if (style.skin != std::array<float, 3>{1, 1, 1}) {
            for (std::size_t v = 0; v < eyeball.size(); ++v)
                if (!eyeball[v])
                    for (std::size_t c = 0; c < 3; ++c)
                        colours[v * 3 + c] = static_cast<std::uint8_t>(
                            std::clamp(std::lround(painted[v * 3 + c] * style.skin[c]), 0l, 255l));
        }
    }

    void draw(const RenderStyle& style, int w, int h, std::vector<std::uint8_t>& out) {
        const HeadView view = headView(style.camera, static_cast<double>(width) / height);
        const HeadLights lights = headLights(style, view.axes);
        rgba.resize(colours.size() / 3 * 4);
        shadeHead(lights, normals, colours, head->eyeball(), rgba);
        if (vtk) return vtk->draw(view, xyz, rgba, style.background, w, h, out);
        raster.place(view, xyz, head->triangles(), w, h);
        raster.fill(rgba, style.background, out, style.smoothEdges);
    }
};

HeadRenderer::HeadRenderer(int width, int height, std::shared_ptr<const HeadModel> head, HeadDrawing drawing) {
    if (!head) head = HeadModel::loadDefault();
    m = std::make_unique<Impl>(std::move(head), drawing);
    resize(width, height);
}

HeadRenderer::~HeadRenderer() = default;

void HeadRenderer::resize(int width, int height) {
    if (std::min(width, height) < 16 || std::max(width, height) > 8192)
        throw Error(ErrorKind::Usage,
                    "a picture of " + std::to_string(width) + " x " + std::to_string(height) +
                        " pixels cannot be drawn",
                    {}, "Each side may have 16 to 8192 pixels");
    m->width = width, m->height = height;
}

int HeadRenderer::width() const {
    return m->width;
}
int HeadRenderer::height() const {
    return m->height;
}
const HeadModel& HeadRenderer::head() const {
    return *m->head;
}
const std::string& HeadRenderer::device() const {
    return m->device;
}
bool HeadRenderer::software() const {
    return !m->vtk || m->vtk->software();
}

void HeadRenderer::render(std::span<const float> coeffs, const RenderStyle& style, std::vector<std::uint8_t>& rgb,
                          std::span<const float> reference) {
    if (coeffs.size() != kCoeffDims || (!reference.empty() && reference.size() != kCoeffDims))
        throw Error(ErrorKind::Internal,
                    "a head is drawn from 58 coefficients, " + std::to_string(coeffs.size()) + " were given");
    m->head->verticesFromNeutral(m->neutralOf(style.identity), coeffs, m->xyz);
    m->head->normals(m->xyz, m->normals);
    m->colour(coeffs, style, reference);

    const int scale = style.still && std::max(m->width, m->height) <= 4096 ? 2 : 1;
    const int w = m->width * scale, h = m->height * scale;
    m->draw(style, w, h, scale == 1 ? rgb : m->big);
    if (scale == 1) return;
    rgb.resize(static_cast<std::size_t>(m->width) * m->height * 3);
    const std::size_t row = static_cast<std::size_t>(w) * 3;
    for (int y = 0; y < m->height; ++y)
        for (int x = 0; x < m->width; ++x)
            for (int c = 0; c < 3; ++c) {
                const std::uint8_t* p =
                    m->big.data() + static_cast<std::size_t>(y) * 2 * row + static_cast<std::size_t>(x) * 6 + c;
                rgb[(static_cast<std::size_t>(y) * m->width + x) * 3 + c] =
                    static_cast<std::uint8_t>((p[0] + p[3] + p[row] + p[row + 3] + 2) / 4);
            }
}

} // namespace emc
