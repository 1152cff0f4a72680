#include "app/face3d_canvas.h"

#include <QSignalBlocker>
#include <QVBoxLayout>

#include <memory>

#include "widgets/face3d/face3d_view.h"

namespace emc {

namespace {

class Face3DCanvas : public FaceCanvas {
public:
    Face3DCanvas(std::shared_ptr<Face3DShared> shared, QWidget* parent)
        : FaceCanvas(parent), m_shared(std::move(shared)), m_view(new Face3DView(m_shared.get(), this)) {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(m_view);
        m_view->setMinimumSize(80, 80);
        m_view->setCameraLinked(false);
        connect(m_view, &Face3DView::cameraChanged, this, [this](const HeadCamera& camera) {
            emit cameraMoved({camera.azimuth, camera.elevation, camera.zoom});
        });
    }
    ~Face3DCanvas() override { delete m_view; } // before its renderer
    void setCoeffs(std::span<const float> coeffs58) override { m_view->setCoeffs(coeffs58); }
    void setCamera(const FaceCamera& camera) override {
        const QSignalBlocker quiet(m_view);
        HeadCamera head = m_view->camera();
        head.azimuth = camera.azimuth, head.elevation = camera.elevation, head.zoom = camera.zoom;
        m_view->setCamera(head);
    }
    FaceCamera camera() const override {
        return {m_view->camera().azimuth, m_view->camera().elevation, m_view->camera().zoom};
    }
    QString problem() const override { return m_view->problem(); }

private:
    std::shared_ptr<Face3DShared> m_shared;
    Face3DView* m_view;
};

} // namespace

FaceCanvasFactory face3DFactory() {
    // The renderer lives as long as some canvas does, so that it ends before the program's graphics do.
    return [known = std::make_shared<std::weak_ptr<Face3DShared>>()](QWidget* parent) -> FaceCanvas* {
        std::shared_ptr<Face3DShared> shared = known->lock();
        if (!shared) *known = shared = std::make_shared<Face3DShared>();
        return new Face3DCanvas(shared, parent);
    };
}

} // namespace emc
