#include "widgets/face3d/face3d_view.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

#include "core/render/head_renderer.h"

namespace emc {

namespace {
constexpr int kRestMs = 150; // slower than the slowest playback that still counts as motion
}

Face3DView::Face3DView(Face3DShared* shared, QWidget* parent)
    : QWidget(parent), m_shared(shared ? shared : new Face3DShared(this)) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(48, 48);
    setCursor(Qt::OpenHandCursor);
    setAccessibleName(tr("3D face"));
    connect(m_shared, &Face3DShared::cameraChanged, this, [this] {
        if (!m_own) changed();
    });
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (!m_moving) return;
        m_moving = false;
        m_stale = true;
        update();
    });
}

void Face3DView::changed() {
    m_moving = m_lastChange.isValid() && m_lastChange.elapsed() < kRestMs;
    m_lastChange.start();
    m_rest.start();
    m_stale = true;
    update();
}

void Face3DView::setCoeffs(std::span<const float> coeffs58) {
    if (coeffs58.size() != kCoeffDims || std::equal(coeffs58.begin(), coeffs58.end(), m_coeffs.begin())) return;
    std::copy(coeffs58.begin(), coeffs58.end(), m_coeffs.begin());
    changed();
}

void Face3DView::setHeatMap(bool on, std::span<const float> reference58, double limitMm) {
    m_style.heatMap = on;
    m_style.heatLimitMm = limitMm;
    if (reference58.size() == kCoeffDims) m_reference.assign(reference58.begin(), reference58.end());
    else m_reference.clear();
    m_stale = true;
    update();
}

void Face3DView::setBackground(const QColor& colour) {
    m_background = colour;
    m_stale = true;
    update();
}

void Face3DView::setCameraLinked(bool linked) {
    if (linked == cameraLinked()) return;
    if (linked) m_own.reset();
    else m_own = m_shared->camera();
    m_stale = true;
    update();
}

void Face3DView::setCamera(const HeadCamera& camera) {
    if (!m_own) return m_shared->setCamera(camera);
    m_own = camera;
    changed();
}

void Face3DView::moveCamera(const HeadCamera& camera) {
    setCamera(camera);
    emit cameraChanged(camera);
}

QString Face3DView::problem() {
    return m_shared->renderer() ? m_problem : m_shared->problem();
}

bool Face3DView::draw(const QSize& pixels, bool still, QImage& image) {
    HeadRenderer* renderer = m_shared->renderer();
    if (!renderer) return false;
    // The pane of the theme: #202328 on dark windows, #D9DDE3 on light ones.
    const bool dark = palette().color(QPalette::Window).lightness() < 128;
    const QColor back = m_background.value_or(dark ? QColor(0x20, 0x23, 0x28) : QColor(0xD9, 0xDD, 0xE3));
    m_style.background = {static_cast<std::uint8_t>(back.red()), static_cast<std::uint8_t>(back.green()),
                          static_cast<std::uint8_t>(back.blue())};
    m_style.camera = camera();
    m_style.still = still;
    m_style.smoothEdges = still || !m_moving;
    try {
        renderer->resize(std::clamp(pixels.width(), 16, 8192), std::clamp(pixels.height(), 16, 8192));
        renderer->render(m_coeffs, m_style, m_rgb, m_reference);
    } catch (const std::exception& failure) {
        m_problem = QString::fromUtf8(failure.what());
        return false;
    }
    m_problem.clear();
    image = QImage(m_rgb.data(), renderer->width(), renderer->height(), renderer->width() * 3, QImage::Format_RGB888)
                .convertToFormat(QImage::Format_RGB32);
    return true;
}

QImage Face3DView::still(const QSize& pixels) {
    QImage image;
    draw(pixels, true, image);
    return image;
}

void Face3DView::paintEvent(QPaintEvent*) {
    const QSize pixels = (QSizeF(size()) * devicePixelRatioF()).toSize();
    if (m_stale || m_image.size() != pixels) {
        if (!draw(pixels, false, m_image)) m_image = {};
        m_stale = false;
    }
    QPainter painter(this);
    if (!m_image.isNull()) {
        painter.drawImage(rect(), m_image);
        return;
    }
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("No 3D view: %1").arg(problem()));
}

void Face3DView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
    m_grab = event->position();
    setCursor(Qt::ClosedHandCursor);
}

void Face3DView::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton)) return QWidget::mouseMoveEvent(event);
    const QPointF way = event->position() - m_grab;
    m_grab = event->position();
    HeadCamera turned = camera();
    turned.azimuth = std::remainder(turned.azimuth + way.x() * .5, 360.0); // the head follows the hand
    turned.elevation = std::clamp(turned.elevation + way.y() * .4, -60.0, 60.0);
    moveCamera(turned);
}

void Face3DView::mouseReleaseEvent(QMouseEvent* event) {
    setCursor(Qt::OpenHandCursor);
    QWidget::mouseReleaseEvent(event);
}

void Face3DView::mouseDoubleClickEvent(QMouseEvent*) {
    moveCamera(HeadCamera::threeQuarter());
}

void Face3DView::wheelEvent(QWheelEvent* event) {
    HeadCamera nearer = camera();
    nearer.zoom = std::clamp(nearer.zoom * std::pow(1.0015, event->angleDelta().y()), .6, 4.0);
    moveCamera(nearer);
    event->accept();
}

void Face3DView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) m_stale = true, update();
    QWidget::changeEvent(event);
}

} // namespace emc
