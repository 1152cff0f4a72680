#pragma once
// A head in a pane: an ordinary raster widget that draws one picture of HeadRenderer per paint. Dragging turns the
// camera of all views that share a Face3DShared; the wheel brings it nearer; double click resets. Without a head it
// says so.
#include <QElapsedTimer>
#include <QImage>
#include <QTimer>
#include <QWidget>

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/api/vectors.h"
#include "core/render/render_style.h"
#include "widgets/face3d/face3d_shared.h"

namespace emc {

class Face3DView : public QWidget {
    Q_OBJECT
public:
    // A null `shared` makes one of its own.
    explicit Face3DView(Face3DShared* shared = nullptr, QWidget* parent = nullptr);

    void setCoeffs(std::span<const float> coeffs58);
    // Colours by distance to the reference face (58 numbers; empty = the resting face), 0 to limitMm.
    void setHeatMap(bool on, std::span<const float> reference58 = {}, double limitMm = 8);
    void setBackground(const QColor& colour);
    // An own camera in place of the shared one, and back.
    void setCameraLinked(bool linked);
    bool cameraLinked() const { return !m_own; }
    void setCamera(const HeadCamera& camera); // of all linked views
    HeadCamera camera() const { return m_own ? *m_own : m_shared->camera(); }
    Face3DShared* shared() const { return m_shared; }
    QString problem(); // empty when pictures can be drawn
    // For exports: supersampled. Null without a head.
    QImage still(const QSize& pixels);
    QSize sizeHint() const override { return {320, 420}; }

signals:
    void cameraChanged(const emc::HeadCamera& camera); // by the user, in this view

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void moveCamera(const HeadCamera& camera);
    void changed(); // another picture is wanted
    bool draw(const QSize& pixels, bool still, QImage& image);

    Face3DShared* m_shared;
    std::optional<HeadCamera> m_own;
    std::array<float, kCoeffDims> m_coeffs{};
    std::vector<float> m_reference;
    RenderStyle m_style;
    std::optional<QColor> m_background;
    std::vector<std::uint8_t> m_rgb;
    QImage m_image;
    QString m_problem;
    bool m_stale = true;
    // Smooth edges cost as much as the picture itself: a face in motion is drawn without, and again once it rests.
    bool m_moving = false;
    QElapsedTimer m_lastChange;
    QTimer m_rest;
    QPointF m_grab;
};

} // namespace emc
