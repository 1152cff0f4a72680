#pragma once
// What a pane needs of a picture of a face, so that the pages do not depend on how it is drawn. main() gives the 3D
// one; the drawn one below needs no graphics driver and serves tests and machines without OpenGL.
#include <QWidget>

#include <array>
#include <functional>
#include <span>

#include "core/api/vectors.h"

namespace emc {

struct FaceCamera {
    double azimuth = 10, elevation = 0, zoom = 1; // degrees, degrees, 1 = whole head
    friend bool operator==(const FaceCamera&, const FaceCamera&) = default;
};
FaceCamera presetCamera(int preset); // 0 front, 1 three-quarter, 2 profile

class FaceCanvas : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    virtual void setCoeffs(std::span<const float> coeffs58) = 0;
    virtual void setCamera(const FaceCamera& camera) = 0; // silent
    virtual FaceCamera camera() const = 0;
    virtual QString problem() const { return {}; } // why there is no picture

signals:
    void cameraMoved(const emc::FaceCamera& camera); // by the user
};

using FaceCanvasFactory = std::function<FaceCanvas*(QWidget* parent)>;

class DrawnFace : public FaceCanvas {
    Q_OBJECT
public:
    explicit DrawnFace(QWidget* parent = nullptr);
    void setCoeffs(std::span<const float> coeffs58) override;
    void setCamera(const FaceCamera& camera) override { m_camera = camera, update(); }
    FaceCamera camera() const override { return m_camera; }

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent*) override;

private:
    float shape(std::string_view name) const;
    std::array<float, kCoeffDims> m_coeffs{};
    FaceCamera m_camera;
    QPointF m_grab;
};

} // namespace emc
