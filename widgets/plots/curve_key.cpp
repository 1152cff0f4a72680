#include "widgets/plots/curve_key.h"

#include <QPainter>

#include "widgets/plots/curve_plot_parts.h"

namespace emc {

QPainterPath slotMark(int slot, double size) {
    QPainterPath path;
    const int round = slot > 0 ? (slot - 1) / 6 : 0;
    if (round == 0) return path;
    const double r = size / 2;
    switch ((round - 1) % 3) {
    case 0: path.addRect(QRectF(-0.85 * r, -0.85 * r, 1.7 * r, 1.7 * r)); break;
    case 1: path.addPolygon(QPolygonF({{0, -1.1 * r}, {1.1 * r, 0.85 * r}, {-1.1 * r, 0.85 * r}})); break;
    default: path.addPolygon(QPolygonF({{0, -1.25 * r}, {1.1 * r, 0}, {0, 1.25 * r}, {-1.1 * r, 0}})); break;
    }
    path.closeSubpath();
    return path;
}

void paintCurveKey(QPainter& painter, const QRectF& place, const CurveStyle& style, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(penOf(style, theme));
    painter.drawLine(QPointF(place.left() + 1, place.center().y()), QPointF(place.right() - 1, place.center().y()));
    painter.translate(place.center());
    painter.setPen(QPen(theme.base, 1)); // parts the mark from the line and from marks beside it
    painter.setBrush(colourOf(style, theme));
    painter.drawPath(slotMark(style.slot));
    painter.restore();
}

CurveKey::CurveKey(const CurveStyle& style, QWidget* parent) : QWidget(parent), m_style(style) {
    setFixedSize(sizeHint());
}

void CurveKey::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintCurveKey(painter, rect(), m_style, Theme::of(this));
}

} // namespace emc
