#pragma once
// How a curve looks in a legend that stands outside of its plot, and what tells curves of one colour apart.
#include <QPainterPath>
#include <QWidget>

#include "widgets/common/theme.h"
#include "widgets/plots/curve_plot.h"

namespace emc {

// There are six colours. Slots 1 to 6 are plain lines; the next six carry squares, then triangles, then diamonds.
// Round the origin, `size` wide; empty for slots up to 6.
QPainterPath slotMark(int slot, double size = 10);

// A piece of the line with its mark.
void paintCurveKey(QPainter& painter, const QRectF& place, const CurveStyle& style, const Theme& theme);

class CurveKey : public QWidget {
    Q_OBJECT
public:
    explicit CurveKey(const CurveStyle& style, QWidget* parent = nullptr);
    const CurveStyle& curveStyle() const { return m_style; }
    QSize sizeHint() const override { return {28, 16}; }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    CurveStyle m_style;
};

} // namespace emc
