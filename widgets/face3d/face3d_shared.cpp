#include "widgets/face3d/face3d_shared.h"

#include <exception>

#include "core/render/head_renderer.h"

namespace emc {

Face3DShared::Face3DShared(QObject* parent) : QObject(parent) {}
Face3DShared::~Face3DShared() = default;

HeadRenderer* Face3DShared::renderer() {
    if (m_renderer || !m_problem.isEmpty()) return m_renderer.get();
    try {
        m_renderer = std::make_unique<HeadRenderer>(320, 420);
    } catch (const std::exception& failure) {
        m_problem = QString::fromUtf8(failure.what());
        if (m_problem.isEmpty()) m_problem = tr("The 3D view cannot be opened");
    }
    return m_renderer.get();
}

void Face3DShared::setCamera(const HeadCamera& camera) {
    if (camera == m_camera) return;
    m_camera = camera;
    emit cameraChanged(m_camera);
}

} // namespace emc
