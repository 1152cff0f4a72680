#include "widgets/attention/heat_map_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

#include "widgets/attention/attention_math.h"
#include "widgets/attention/heat_image.h"
#include "widgets/timeline/timeline_scene.h"

namespace emc {

namespace {
constexpr int kLeft = 44, kTop = 14, kRight = 26, kBottom = 58, kStrip = 7;

double niceStep(double seconds) {
    for (double step : {0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0})
        if (seconds / step <= 4.01) return step;
    return 3600;
}
} // namespace

HeatMapView::HeatMapView(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Attention map"));
}

void HeatMapView::setData(HeatMapData data) {
    m_data = std::move(data);
    const bool fits = m_data.weights.size() == static_cast<std::size_t>(std::max(0, m_data.queries)) *
                                                   static_cast<std::size_t>(std::max(0, m_data.keys));
    if (!fits) m_data.weights.clear(), m_data.queries = m_data.keys = 0;
    m_entropy = m_data.difference ? std::vector<float>() : rowEntropy(m_data.weights, m_data.queries, m_data.keys);
    if (m_data.difference) {
        std::vector<float> sizes = m_data.weights;
        for (float& value : sizes) value = std::abs(value);
        m_limit = quantile(sizes, 0.995);
    } else {
        m_limit = quantile(m_data.weights, 0.995);
    }
    if (!(m_limit > 0)) m_limit = 1e-6f;
    m_hover = {-1, -1};
    m_image = {};
    update();
}

void HeatMapView::setTime(int frames, double rateHz) {
    m_frames = std::max(0, frames);
    m_rateHz = rateHz > 0 ? rateHz : 25;
    update();
}

void HeatMapView::setPlayhead(int frame) {
    if (frame == m_playhead) return;
    m_playhead = frame;
    update();
}

void HeatMapView::setExponent(double exponent) {
    m_exponent = exponent;
    m_image = {};
    update();
}

QRect HeatMapView::mapIn(const QRect& place) const {
    const int width = place.width() - kLeft - kRight, height = place.height() - kTop - kBottom;
    const int side = std::max(16, std::min(width, height));
    // Wide docks do not stretch time against time: the map stays square, up to a fifth wider.
    const int used = std::max(16, std::min(width, side * 6 / 5));
    return {place.left() + kLeft + std::max(0, (width - used) / 2), place.top() + kTop, used, side};
}

QRect HeatMapView::mapRect() const {
    return mapIn(rect());
}

int HeatMapView::queryAtPlayhead() const {
    if (m_data.queries <= 0 || m_frames <= 0) return -1;
    return std::clamp(static_cast<int>((m_playhead + 0.5) * m_data.queries / m_frames), 0, m_data.queries - 1);
}

int HeatMapView::frameOfKey(int key) const {
    return m_data.keys > 0 ? std::min(m_frames - 1, static_cast<int>(double(key) * m_frames / m_data.keys)) : 0;
}
int HeatMapView::frameOfQuery(int query) const {
    return m_data.queries > 0 ? std::min(m_frames - 1, static_cast<int>(double(query) * m_frames / m_data.queries)) : 0;
}

QString HeatMapView::unitText() const {
    return m_limit < 0.1f ? QStringLiteral("× 10⁻³") : QString();
}

QString HeatMapView::weightText(float weight, bool withUnit) const {
    if (m_limit >= 0.1f) return numberText(weight, 2);
    const QString number = numberText(weight * 1000, m_limit < 0.01f ? 2 : 1);
    return withUnit ? number + u' ' + unitText() : number;
}

void HeatMapView::paintStrips(QPainter& painter, const Theme& theme, const QRect& map) const {
    const double ratio = painter.device()->devicePixelRatioF();
    const QRect top(map.left(), map.top() - kStrip - 3, map.width(), kStrip),
        left(map.left() - kStrip - 3, map.top(), kStrip, map.height());
    painter.fillRect(top, theme.raised);
    painter.fillRect(left, theme.raised);
    const auto hatch = [&](const QRectF& part, Meaning meaning) {
        painter.fillRect(part, Theme::alpha(theme.of(meaning), 0.10));
        painter.drawTiledPixmap(part, theme.hatch(theme.of(meaning), ratio));
    };
    const double frames = std::max(1, m_frames);
    for (const auto& [span, meaning] : m_data.keyMissing)
        hatch(QRectF(top.left() + span.begin / frames * top.width(), top.top(),
                     std::max(2.0, span.length() / frames * top.width()), kStrip),
              meaning);
    for (const auto& [span, meaning] : m_data.queryMissing)
        hatch(QRectF(left.left(), left.top() + span.begin / frames * left.height(), kStrip,
                     std::max(2.0, span.length() / frames * left.height())),
              meaning);
}

void HeatMapView::paintAxes(QPainter& painter, const Theme& theme, const QRect& map, const QRect& place) const {
    painter.setFont(theme.font(11));
    painter.setPen(theme.muted);
    const double seconds = m_frames / m_rateHz, step = niceStep(seconds);
    for (double t = 0; t <= seconds + 1e-9; t += step) {
        const QString label = numberText(t, step < 1 ? 1 : 0);
        const double x = map.left() + t / seconds * map.width(), y = map.top() + t / seconds * map.height();
        if (t + step > seconds + 1e-9)
            painter.drawText(QRectF(std::min(x + 4, map.right() + 1.0) - 40, map.bottom() + 3, 40, 14),
                             Qt::AlignRight | Qt::AlignTop, label); // beside it stands the H
        else painter.drawText(QRectF(x - 20, map.bottom() + 3, 40, 14), Qt::AlignHCenter | Qt::AlignTop, label);
        painter.drawText(QRectF(map.left() - kStrip - 6 - 24,
                                std::clamp(y - 7, double(map.top()) - 2, double(map.bottom()) - 11), 22, 14),
                         Qt::AlignRight | Qt::AlignVCenter, label);
    }
    painter.drawText(QRect(map.left() - 40, map.bottom() + 17, map.width() + 80, 15), Qt::AlignHCenter | Qt::AlignTop,
                     m_data.keyName);
    painter.save();
    painter.translate(map.left() - kLeft + 7, map.center().y());
    painter.rotate(-90);
    painter.drawText(QRect(-150, -7, 300, 14), Qt::AlignCenter, m_data.queryName);
    painter.restore();

    // Scale bar.
    const QVector<QRgb> table =
        m_data.difference ? theme.table(theme.diverging) : theme.table(theme.sequential, 256, m_exponent);
    const QString low = m_data.difference ? weightText(-m_limit, false) : QStringLiteral("0");
    const QString high = (m_data.difference ? QString() : QStringLiteral("≥ ")) + weightText(m_limit);
    const QFontMetrics fm(painter.font());
    const int y = map.bottom() + 41;
    const int lowWidth = fm.horizontalAdvance(low), highWidth = fm.horizontalAdvance(high);
    const QRect bar(map.left() + lowWidth + 8, y, std::max(20, map.width() - lowWidth - highWidth - 16), 8);
    QImage line(256, 1, QImage::Format_RGB32);
    std::copy(table.begin(), table.end(), reinterpret_cast<QRgb*>(line.scanLine(0)));
    painter.drawImage(bar, line);
    painter.drawText(QRect(map.left(), y - 3, lowWidth + 4, 14), Qt::AlignLeft | Qt::AlignVCenter, low);
    painter.drawText(QRect(bar.right() + 8, y - 3, std::min(highWidth + 4, place.right() - bar.right() - 8), 14),
                     Qt::AlignLeft | Qt::AlignVCenter, high);
}

void HeatMapView::paintTip(QPainter& painter, const Theme& theme, const QRect& map, const QRect& place) const {
    int query = queryAtPlayhead(), key = -1;
    if (m_hover.x() >= 0) query = m_hover.y(), key = m_hover.x();
    if (query < 0) return;
    const float* row = m_data.weights.data() + static_cast<std::size_t>(query) * static_cast<std::size_t>(m_data.keys);
    if (key < 0)
        key = static_cast<int>(
            std::max_element(row, row + m_data.keys,
                             [&](float a, float b) { return m_data.difference ? std::abs(a) < std::abs(b) : a < b; }) -
            row);
    const double cx = map.left() + (key + 0.5) / m_data.keys * map.width(),
                 cy = map.top() + (query + 0.5) / m_data.queries * map.height();
    painter.setPen(QPen(m_data.difference ? theme.text : QColor(Qt::white),
                        1)); // the middle of the diverging map is nearly white in the light theme
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(std::round(cx) - 3.5, std::round(cy) - 3.5, 7, 7));
    const QString words =
        tr("q %1\u2009s \u2192 k %2\u2009s")
            .arg(numberText(frameOfQuery(query) / m_rateHz, 2), numberText(frameOfKey(key) / m_rateHz, 2));
    const QString weight = weightText(row[key]);
    const QFont plain = theme.font(11), strong = theme.font(11, QFont::DemiBold);
    const double wordsWidth = QFontMetrics(plain).horizontalAdvance(words),
                 width = wordsWidth + QFontMetrics(strong).horizontalAdvance(weight) + 24;
    double x = std::clamp(cx - width / 2, double(map.left()) + 4,
                          std::max(double(map.left()) + 4, place.right() - width - 4)),
           y = cy + 14;
    if (y + 20 > map.bottom() - 2) y = cy - 34;
    const QRectF chip(std::round(x), std::round(y), width, 20);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::alpha(theme.base, theme.dark ? 0.88 : 0.94));
    painter.drawRoundedRect(chip, metrics::kChipRadius, metrics::kChipRadius);
    painter.setPen(theme.text);
    painter.setFont(plain);
    painter.drawText(chip.adjusted(8, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, words);
    painter.setFont(strong);
    painter.drawText(chip.adjusted(0, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter, weight);
}

void HeatMapView::paint(QPainter& painter, const Theme& theme, const QRect& place, bool forExport) const {
    painter.fillRect(place, forExport ? theme.base : theme.window);
    const QRect map = mapIn(place);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_data.weights.empty() || m_frames <= 0) {
        painter.setFont(theme.font(12));
        painter.setPen(theme.muted);
        painter.drawText(place.adjusted(24, 12, -24, -12), Qt::AlignCenter | Qt::TextWordWrap, m_data.note);
        return;
    }
    const double ratio = painter.device()->devicePixelRatioF();
    const QSize pixels(static_cast<int>(std::lround(map.width() * ratio)),
                       static_cast<int>(std::lround(map.height() * ratio)));
    if (m_image.size() != pixels || m_imageTheme != &theme) {
        const QVector<QRgb> table =
            m_data.difference ? theme.table(theme.diverging) : theme.table(theme.sequential, 256, m_exponent);
        m_image = heatImage(m_data.weights, m_data.queries, m_data.keys, m_data.difference ? -m_limit : 0, m_limit,
                            table, pixels, theme.base.rgb());
        m_imageTheme = &theme;
    }
    painter.drawImage(QRectF(map), m_image);
    paintStrips(painter, theme, map);
    paintAxes(painter, theme, map, place);
    if (!m_entropy.empty()) {
        const double left = map.right() + 7, most = 14;
        painter.setRenderHint(QPainter::Antialiasing, false);
        const std::vector<float> bars = spreadOver(m_entropy, std::max(1, static_cast<int>(map.height() * ratio)));
        for (std::size_t i = 0; i < bars.size(); ++i)
            painter.fillRect(QRectF(left, map.top() + i / ratio, std::max(0.5, most * bars[i]), 1 / ratio),
                             theme.muted);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setFont(theme.font(11));
        painter.setPen(theme.muted);
        painter.drawText(QRectF(left - 2, map.bottom() + 3, most + 6, 14), Qt::AlignHCenter | Qt::AlignTop,
                         QStringLiteral("H"));
    }
    const double y = map.top() + (queryAtPlayhead() + 0.5) / m_data.queries * map.height();
    painter.setPen(QPen(m_data.difference ? theme.text : QColor(Qt::white), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(map.left() + 0.5, std::round(y) - 2.5, map.width() - 1, 5));
    QPainterPath triangle;
    triangle.moveTo(map.left() - 2, std::round(y));
    triangle.lineTo(map.left() - 9, std::round(y) - 5);
    triangle.lineTo(map.left() - 9, std::round(y) + 5);
    triangle.closeSubpath();
    painter.fillPath(triangle, theme.text);
    if (!m_entropy.empty()) painter.fillRect(QRectF(map.right() + 4, std::round(y), 20, 1), theme.text);
    paintTip(painter, theme, map, place);
}

void HeatMapView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paint(painter, Theme::of(this), rect(), false);
}

void HeatMapView::choose(const QPoint& point) {
    const QRect map = mapRect();
    if (m_data.weights.empty() || !map.contains(point)) return;
    const int key = std::clamp((point.x() - map.left()) * m_data.keys / map.width(), 0, m_data.keys - 1);
    const int query = std::clamp((point.y() - map.top()) * m_data.queries / map.height(), 0, m_data.queries - 1);
    emit cellChosen(frameOfQuery(query), frameOfKey(key));
}

void HeatMapView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) choose(event->position().toPoint());
}

void HeatMapView::mouseMoveEvent(QMouseEvent* event) {
    const QPoint point = event->position().toPoint();
    const QRect map = mapRect();
    QPoint hover{-1, -1};
    if (!m_data.weights.empty() && map.contains(point))
        hover = {std::min(m_data.keys - 1, (point.x() - map.left()) * m_data.keys / map.width()),
                 std::min(m_data.queries - 1, (point.y() - map.top()) * m_data.queries / map.height())};
    if (hover != m_hover) m_hover = hover, update();
    setToolTip(point.y() > map.bottom() + 34
                   ? tr("Colours follow the weight to the power of %1, so that small weights can be told apart.")
                         .arg(m_exponent)
                   : QString());
}

void HeatMapView::leaveEvent(QEvent*) {
    m_hover = {-1, -1};
    update();
}

void HeatMapView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) m_image = {};
    QWidget::changeEvent(event);
}

} // namespace emc
