#pragma once
// Draws a lit head with VTK on an OpenGL context of its own: the way on machines with a GPU (4 x multisampling there),
// and the plain twin of HeadRaster in the tests. Serialised in the process: the library keeps process-wide state.
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/morph/head_model.h"
#include "core/render/head_view.h"

namespace emc {

class VtkDrawer {
public:
    // Throws Error(Unsupported) without OpenGL.
    explicit VtkDrawer(const HeadModel& head);
    ~VtkDrawer();
    VtkDrawer(const VtkDrawer&) = delete;
    VtkDrawer& operator=(const VtkDrawer&) = delete;

    const std::string& device() const;
    bool software() const;
    // xyz: V x 3, rgba: V x 4, of the head it was made for. rgb: width * height * 3, first row on top.
    void draw(const HeadView& view, const std::vector<float>& xyz, const std::vector<std::uint8_t>& rgba,
              std::array<std::uint8_t, 3> background, int width, int height, std::vector<std::uint8_t>& rgb);

private:
    struct Impl;
    std::unique_ptr<Impl> m;
};

} // namespace emc
