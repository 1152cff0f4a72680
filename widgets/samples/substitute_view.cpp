#include "widgets/samples/substitute_view.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "widgets/attention/attention_math.h"
#include "widgets/attention/heat_image.h"
#include "widgets/samples/cma_math.h"
#include "widgets/timeline/timeline_scene.h"

namespace emc {

namespace {
constexpr int kLeft = 62, kRight = 66, kBottom = 34, kGap = 10;
}

SubstituteView::SubstituteView(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Substitute against truth, heat maps"));
}

void SubstituteView::setTrace(const CmaTrace* trace, int first, int last, double rateHz, int draw) {
    for (auto& row : m_rows) row.clear();
    m_images = {};
    m_dims = trace ? trace->dims : 0;
    m_first = first, m_last = last, m_draw = draw;
    m_rateHz = rateHz > 0 ? rateHz : 25;
    if (trace) {
        m_rows[0] = channelsByTime(trace->uTrue, trace->frames, trace->dims, first, last);
        m_rows[1] = channelsByTime(trace->uImagined, trace->frames, trace->dims, first, last);
        if (!m_rows[0].empty() && m_rows[0].size() == m_rows[1].size()) {
            m_rows[2] = m_rows[0];
            for (std::size_t i = 0; i < m_rows[2].size(); ++i) m_rows[2][i] = std::abs(m_rows[1][i] - m_rows[0][i]);
        }
        std::vector<float> sizes = m_rows[0].empty() ? m_rows[1] : m_rows[0];
        for (float& v : sizes) v = std::abs(v);
        m_limit = std::max(0.5f, std::round(quantile(sizes, 0.995) * 2) / 2);
        m_distance = std::max(0.5f, std::round(quantile(m_rows[2], 0.995) * 2) / 2);
    }
    update();
}

void SubstituteView::setPlayhead(int frame) {
    if (frame == m_playhead) return;
    m_playhead = frame;
    update();
}

QRect SubstituteView::mapIn(const QRect& place, int row) const {
    const bool truth = !m_rows[2].empty();
    if (m_rows[static_cast<std::size_t>(row)].empty()) return {};
    const int rows = truth ? 3 : 1, index = truth ? row : 0;
    const int height = std::max(8, (place.height() - kBottom - (rows - 1) * kGap - 4) / rows);
    return {place.left() + kLeft, place.top() + 4 + index * (height + kGap),
            std::max(8, place.width() - kLeft - kRight), height};
}

QRect SubstituteView::mapRect(int row) const {
    return mapIn(rect(), row);
}

void SubstituteView::paint(QPainter& painter, const Theme& theme, const QRect& place) const {
    painter.fillRect(place, theme.base);
    if (m_rows[1].empty()) return;
    if (m_imageTheme != &theme) m_images = {};
    m_imageTheme = &theme;
    const double ratio = painter.device()->devicePixelRatioF();
    const QString names[] = {QStringLiteral("u"), QStringLiteral("û"), QStringLiteral("|û − u|")};
    const QString under[] = {tr("true"), tr("draw %1").arg(m_draw + 1), QString()};
    painter.setRenderHint(QPainter::Antialiasing);
    QRect last;
    for (int r = 0; r < 3; ++r) {
        const QRect map = mapIn(place, r);
        if (map.isEmpty()) continue;
        last = map;
        const bool distance = r == 2;
        const float high = distance ? m_distance : m_limit, low = distance ? 0 : -m_limit;
        const QVector<QRgb> table = theme.table(distance ? std::span<const QColor>(theme.sequential)
                                                         : std::span<const QColor>(theme.diverging));
        QImage& image = m_images[static_cast<std::size_t>(r)];
        const QSize pixels = (QSizeF(map.size()) * ratio).toSize();
        if (image.size() != pixels)
            image = heatImage(m_rows[static_cast<std::size_t>(r)], m_dims, m_last - m_first, low, high, table, pixels,
                              theme.base.rgb());
        painter.drawImage(QRectF(map), image);
        painter.setPen(theme.text);
        painter.setFont(theme.font(12, QFont::DemiBold));
        painter.drawText(QRect(place.left(), map.top() - 2, kLeft - 6, 18), Qt::AlignLeft | Qt::AlignVCenter, names[r]);
        painter.setFont(theme.font(11));
        painter.setPen(theme.muted);
        painter.drawText(QRect(place.left(), map.top() + 15, kLeft - 6, 15), Qt::AlignLeft | Qt::AlignVCenter,
                         under[r]);
        if (map.height() >= 46) {
            if (r != 2)
                painter.drawText(QRect(place.left(), map.top() - 2, kLeft - 5, 14), Qt::AlignRight | Qt::AlignVCenter,
                                 QStringLiteral("1"));
            painter.drawText(QRect(place.left(), map.bottom() - 12, kLeft - 5, 14), Qt::AlignRight | Qt::AlignVCenter,
                             QString::number(m_dims));
        }
        const QRect bar(map.right() + 9, map.top(), 8, map.height());
        QImage scale(1, 256, QImage::Format_RGB32);
        for (int i = 0; i < 256; ++i)
            reinterpret_cast<QRgb*>(scale.scanLine(255 - i))[0] = table[i * (static_cast<int>(table.size()) - 1) / 255];
        painter.drawImage(bar, scale);
        const auto label = [&](int y, const QString& text) {
            painter.drawText(QRect(bar.right() + 6, y, 48, 14), Qt::AlignLeft | Qt::AlignVCenter, text);
        };
        const int decimals = high == std::round(high) ? 0 : 1;
        label(map.top() - 2,
              (distance ? QString() : QStringLiteral("+")) + numberText(high, decimals) + QStringLiteral("\u2009σ"));
        if (!distance && map.height() >= 46) label(map.center().y() - 7, QStringLiteral("0"));
        label(map.bottom() - 12,
              distance ? QStringLiteral("0") : numberText(low, decimals) + QStringLiteral("\u2009σ"));
    }
    const double seconds = (m_last - m_first) / m_rateHz;
    double step = 1;
    for (double s : {0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0, 300.0, 900.0})
        if (seconds / (step = s) <= 6) break;
    const double from = m_first / m_rateHz;
    painter.setFont(theme.font(11));
    for (double t = std::ceil(from / step - 1e-9) * step; t <= m_last / m_rateHz + 1e-9; t += step) {
        const double x = last.left() + (t - from) / seconds * last.width();
        painter.setPen(theme.muted);
        painter.drawText(QRectF(x - 24, last.bottom() + 3, 48, 14), Qt::AlignCenter, numberText(t, step < 1 ? 1 : 0));
    }
    painter.drawText(QRect(last.left(), last.bottom() + 17, last.width(), 15), Qt::AlignCenter, tr("time, s"));
    if (m_playhead >= m_first && m_playhead < m_last) {
        const double x = std::floor(last.left() + double(m_playhead - m_first) / (m_last - m_first) * last.width());
        const int top = place.top() + 4;
        painter.fillRect(QRectF(x, top, 1, last.bottom() + 1 - top), theme.text);
    }
}

void SubstituteView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paint(painter, Theme::of(this), rect());
}

void SubstituteView::seek(const QPoint& point) {
    const QRect map = mapRect(1);
    if (map.isEmpty() || point.x() < map.left() || point.x() > map.right()) return;
    emit seekRequested(
        std::clamp(m_first + (point.x() - map.left()) * (m_last - m_first) / map.width(), m_first, m_last - 1));
}

void SubstituteView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) seek(event->position().toPoint());
}

void SubstituteView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) seek(event->position().toPoint());
}

void SubstituteView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) m_images = {};
    QWidget::changeEvent(event);
}

} // namespace emc
