// Style, ranges, header and export of CurvePlot.
#include <QBuffer>
#include <QFileInfo>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/api/error.h"
#include "widgets/common/controls.h"
#include "widgets/plots/curve_key.h"
#include "widgets/plots/curve_plot_impl.h"
#include "widgets/plots/figure_file.h"

namespace emc {

namespace {
constexpr std::size_t kMostMarks = 16; // on one curve
} // namespace

void CurvePlot::Impl::styleCurve(Curve& curve, const Theme& theme) {
    const QColor colour = colourOf(curve.style, theme);
    curve.line->setPen(curve.onlyPoints ? QPen(Qt::NoPen) : penOf(curve.style, theme));
    curve.line->setLineStyle(curve.onlyPoints ? QCPGraph::lsNone : QCPGraph::lsLine);
    const QPainterPath mark = slotMark(curve.style.slot);
    if (mark.isEmpty())
        curve.line->setScatterStyle(curve.onlyPoints ? QCPScatterStyle(QCPScatterStyle::ssDisc, colour, colour, 5)
                                                     : QCPScatterStyle(QCPScatterStyle::ssNone));
    else curve.line->setScatterStyle(QCPScatterStyle(mark, QPen(theme.base, 1), colour, 6)); // 6: the path as it is
    curve.line->setBrush(curve.style.filled ? QBrush(Theme::alpha(colour, 0.28)) : QBrush(Qt::NoBrush));
    // Sampling per pixel turns steep parts into zigzags, along which dashes would pile up.
    curve.line->setAdaptiveSampling(penOf(curve.style, theme).style() == Qt::SolidLine);
    curve.raw->setPen(Theme::pen(Theme::alpha(colour, 0.32), 1));
    curve.dot->setLineStyle(QCPGraph::lsNone);
    curve.dot->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(theme.base, 1), colour, 9));
}

void CurvePlot::Impl::restyle() {
    const Theme& theme = Theme::of(view);
    plot->setBackground(theme.base);
    for (QCPAxis* axis : {plot->xAxis, plot->yAxis}) {
        axis->setBasePen(QPen(Theme::alpha(theme.controlBorder, 0.6), 1));
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLength(0);
        axis->setSubTicks(false);
        axis->setTickLabelFont(theme.font(11));
        axis->setTickLabelColor(theme.muted);
        axis->setTickLabelPadding(5);
        axis->setLabelFont(theme.font(11));
        axis->setLabelColor(theme.muted);
        axis->setLabelPadding(3);
        axis->grid()->setPen(QPen(theme.gridLine, 1));
        axis->grid()->setSubGridVisible(false);
        axis->grid()->setZeroLinePen(QPen(theme.gridLine, 1));
    }
    for (Curve& curve : curves) styleCurve(curve, theme);
    for (auto* line : markLines) line->setPen(Theme::pen(Theme::alpha(theme.muted, 0.8), 1, {2, 2}));
    for (auto* text : markTexts) text->setFont(theme.font(11)), text->setColor(theme.muted);
    for (SpanItem* span : spans) span->theme = &theme;
    playheadLine->setPen(QPen(theme.text, 1));
    empty->setFont(theme.font(12));
    QPalette palette = empty->palette();
    palette.setColor(QPalette::WindowText, theme.muted);
    empty->setPalette(palette);
    schedule();
    view->update();
}

void CurvePlot::Impl::fillGraphs() {
    for (Curve& curve : curves) {
        if (!curve.dirty) continue;
        curve.dirty = false;
        std::vector<double> y = curve.y;
        if (log)
            for (double& value : y)
                if (!(value > 0)) value = std::numeric_limits<double>::quiet_NaN();
        const std::vector<double> smooth = smoothed(y, weight);
        // Marks tell curves apart; on every point of a long one they would be a band.
        curve.line->setScatterSkip(curve.onlyPoints ? 0 : static_cast<int>(y.size() / kMostMarks));
        const QVector<double> x(curve.x.begin(), curve.x.end());
        curve.line->setData(x, QVector<double>(smooth.begin(), smooth.end()), true);
        curve.raw->setData(x, QVector<double>(y.begin(), y.end()), true);
        curve.line->setVisible(curve.visible);
        curve.raw->setVisible(curve.visible && weight > 0);
        curve.dot->data()->clear();
        if (curve.style.endDot && !smooth.empty() && std::isfinite(smooth.back()))
            curve.dot->addData(curve.x.back(), smooth.back());
        curve.dot->setVisible(curve.visible && curve.style.endDot);
    }
}

void CurvePlot::Impl::fitRanges() {
    double left = 0, right = 0, low = 0, high = 0;
    bool any = false;
    const auto take = [&](double x, double y) {
        if (!std::isfinite(x) || !std::isfinite(y)) return;
        left = any ? std::min(left, x) : x, right = any ? std::max(right, x) : x;
        low = any ? std::min(low, y) : y, high = any ? std::max(high, y) : y;
        any = true;
    };
    for (const Curve& curve : curves)
        if (curve.visible)
            for (std::size_t i = 0; i < curve.x.size(); ++i)
                if (!log || curve.y[i] > 0) take(curve.x[i], curve.y[i]);
    for (const Band& band : bands)
        if (band.any && (!log || band.lowest > 0)) take(band.first, band.lowest), take(band.last, band.highest);
    if (!any) left = 0, right = 1, low = log ? 0.1 : 0, high = 1;
    plot->xAxis->setRange(xLow < xHigh ? QCPRange(xLow, xHigh) : QCPRange(left, right > left ? right : left + 1));
    const Theme& theme = Theme::of(view);
    plot->yAxis->grid()->setZeroLinePen(QPen(low < 0 && high > 0 ? theme.border : theme.gridLine, 1));
    if (yLow < yHigh) {
        plot->yAxis->setRange(yLow, yHigh);
        return;
    }
    if (log) {
        plot->yAxis->setRange(low / 1.15, high > low ? high * 1.15 : low * 10);
        return;
    }
    const double span = high > low ? high - low : std::max(1e-9, std::abs(high) * 0.2 + (high == 0 ? 1 : 0));
    // Amounts start at zero when that wastes no more than a third of the height.
    const double from = low >= 0 && low < 0.5 * high ? 0 : low - 0.06 * span;
    plot->yAxis->setRange(from, high + 0.06 * span);
}

void CurvePlot::Impl::paintHeader(QPainter& painter, const Theme& theme, int width) const {
    if (!header) return;
    const int height = headerHeight();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(12, QFont::DemiBold));
    painter.setPen(theme.text);
    const int valueWidth = value.isEmpty() ? 0 : QFontMetrics(theme.font(11)).horizontalAdvance(value) + 12;
    int x = 8;
    const int right = width - 10;
    const QString shown = painter.fontMetrics().elidedText(title, Qt::ElideRight, std::max(20, right - valueWidth - x));
    painter.drawText(QRect(x, 0, right - x, height), Qt::AlignVCenter | Qt::AlignLeft, shown);
    x += painter.fontMetrics().horizontalAdvance(shown) + 14;
    painter.setFont(theme.font(11));
    painter.setPen(theme.muted);
    if (!value.isEmpty())
        painter.drawText(QRect(right - valueWidth, 0, valueWidth, height), Qt::AlignVCenter | Qt::AlignRight, value);
    if (!legend) return;
    for (const Curve& curve : curves) {
        if (!curve.visible || curve.name.isEmpty() || curve.style.role == LineRole::Ghost) continue;
        const int nameWidth = painter.fontMetrics().horizontalAdvance(curve.name);
        const bool marked = !slotMark(curve.style.slot).isEmpty();
        const int mark = curve.style.slot <= 0 ? 18 : marked ? 16 + 4 + 18 : 16;
        if (x + mark + 6 + nameWidth > right - valueWidth) break; // what does not fit is said by the page's own legend
        if (curve.style.slot > 0) {
            SlotChip::paint(painter, QRectF(x, (height - 16) / 2.0, 16, 16), theme, curve.style.slot - 1);
            painter.setFont(theme.font(11));
            if (marked) paintCurveKey(painter, QRectF(x + 20, (height - 16) / 2.0, 18, 16), curve.style, theme);
        } else paintCurveKey(painter, QRectF(x, (height - 16) / 2.0, 18, 16), curve.style, theme);
        painter.setPen(theme.text);
        painter.drawText(QRect(x + mark + 6, 0, nameWidth + 2, height), Qt::AlignVCenter | Qt::AlignLeft, curve.name);
        x += mark + 6 + nameWidth + 14;
    }
}

void CurvePlot::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.base);
    m->paintHeader(painter, theme, width());
}

void CurvePlot::exportTo(const QString& path, const QSize& size) const {
    m->fillGraphs();
    m->fitRanges();
    const QSize area =
        size.isValid() && !size.isEmpty() ? size : QSize(std::max(480, width()), std::max(300, height()));
    const Theme& theme = Theme::of(this);
    FigureTexts texts{m->title, m->caption, {}};
    writeFigure(path, area, texts, theme, [&](QPainter& painter, const QRect& place, bool vector) {
        painter.save();
        painter.translate(place.topLeft());
        m->paintHeader(painter, theme, place.width());
        painter.restore();
        // QCustomPlot draws with a painter of its own on the same device.
        const QSize body(place.width(), place.height() - m->headerHeight());
        m->yTicker->setTickCount(m->ticksIn(body.height()));
        if (vector) {
            QPicture picture;
            QCPPainter own(&picture);
            own.setMode(QCPPainter::pmVectorized);
            own.setMode(QCPPainter::pmNoCaching);
            m->plot->toPainter(&own, body.width(), body.height());
            own.end();
            painter.drawPicture(place.left(), place.top() + m->headerHeight(), picture);
        } else {
            painter.drawPixmap(place.left(), place.top() + m->headerHeight(),
                               m->plot->toPixmap(body.width(), body.height(), painter.device()->devicePixelRatioF()));
        }
    });
}

} // namespace emc
