#include "app/pages/explore/face_canvas.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

#include "widgets/common/theme.h"

namespace emc {

FaceCamera presetCamera(int preset) {
    return {preset == 0 ? 0.0 : preset == 1 ? 10.0 : 90.0, 0.0, 1.0};
}

DrawnFace::DrawnFace(QWidget* parent) : FaceCanvas(parent) {
    setMinimumSize(80, 80);
}

void DrawnFace::setCoeffs(std::span<const float> coeffs58) {
    std::copy_n(coeffs58.begin(), std::min(coeffs58.size(), m_coeffs.size()), m_coeffs.begin());
    update();
}

float DrawnFace::shape(std::string_view name) const {
    const int index = shapeIndex(name);
    return index < 0 ? 0.0F : std::clamp(m_coeffs[static_cast<std::size_t>(index)], 0.0F, 1.0F);
}

void DrawnFace::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), theme.scene);
    const double r = std::min(width() * 0.36, height() * 0.40) * m_camera.zoom;
    p.translate(width() / 2.0, height() * 0.52);
    p.rotate(m_coeffs[kShapeDims + 2] * 57.3);
    const double turn = std::sin((m_camera.azimuth * 0.0174533) + m_coeffs[kShapeDims + 1]) * r * 0.5;
    const double nod = std::sin((m_camera.elevation * 0.0174533) + m_coeffs[kShapeDims]) * r * 0.4;
    const QColor skin(0xC9, 0x9A, 0x7C), line = theme.dark ? QColor(0x2A, 0x1E, 0x18) : QColor(0x3A, 0x2A, 0x22);
    p.setPen(Qt::NoPen);
    p.setBrush(skin);
    p.drawEllipse(QPointF(0, 0), r * 0.78, r);
    p.translate(turn, nod);
    const double brow = (shape("browInnerUp") - shape("browDownLeft")) * r * 0.1;
    const double smile = (shape("mouthSmileLeft") + shape("mouthSmileRight")) / 2.0 -
                         (shape("mouthFrownLeft") + shape("mouthFrownRight")) / 2.0;
    const double jaw = shape("jawOpen");
    for (const int side : {-1, 1}) {
        const double blink = shape(side < 0 ? "eyeBlinkLeft" : "eyeBlinkRight"),
                     wide = shape(side < 0 ? "eyeWideLeft" : "eyeWideRight");
        p.setPen(Qt::NoPen);
        p.setBrush(Qt::white);
        const QPointF eye(side * r * 0.30, -r * 0.16);
        p.drawEllipse(eye, r * 0.13, r * 0.075 * std::max(0.06, 1 - blink + wide * 0.4));
        if (blink < 0.7) {
            p.setBrush(line);
            p.drawEllipse(eye, r * 0.05, r * 0.05 * (1 - blink * 0.6));
        }
        p.setPen(QPen(line, std::max(2.0, r * 0.035), Qt::SolidLine, Qt::RoundCap));
        p.drawLine(QPointF(side * r * 0.16, -r * 0.36 - brow), QPointF(side * r * 0.44, -r * 0.38));
    }
    p.setPen(QPen(line, std::max(1.5, r * 0.02)));
    p.drawLine(QPointF(0, -r * 0.05), QPointF(r * 0.05, r * 0.18));
    QPainterPath mouth(QPointF(-r * 0.26, r * 0.42 - smile * r * 0.08));
    mouth.quadTo(QPointF(0, r * 0.42 + smile * r * 0.14), QPointF(r * 0.26, r * 0.42 - smile * r * 0.08));
    mouth.quadTo(QPointF(0, r * 0.46 + smile * r * 0.2 + jaw * r * 0.5),
                 QPointF(-r * 0.26, r * 0.42 - smile * r * 0.08));
    p.setBrush(QColor(0x8A, 0x3B, 0x3B));
    p.drawPath(mouth);
}

void DrawnFace::mousePressEvent(QMouseEvent* event) {
    m_grab = event->position();
}

void DrawnFace::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton)) return;
    const QPointF moved = event->position() - m_grab;
    m_grab = event->position();
    m_camera.azimuth = std::clamp(m_camera.azimuth - moved.x() * 0.4, -90.0, 90.0);
    m_camera.elevation = std::clamp(m_camera.elevation + moved.y() * 0.4, -45.0, 45.0);
    update();
    emit cameraMoved(m_camera);
}

void DrawnFace::mouseDoubleClickEvent(QMouseEvent*) {
    m_camera = presetCamera(1);
    update();
    emit cameraMoved(m_camera);
}

} // namespace emc
