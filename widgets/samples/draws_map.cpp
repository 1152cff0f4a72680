#include "widgets/samples/draws_map.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "core/api/error.h"
#include "widgets/timeline/timeline_scene.h"

namespace emc {

DrawsMap::DrawsMap(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setAccessibleName(tr("Draws, principal components"));
}

void DrawsMap::setDraws(std::vector<float> draws, int dims, double temperature) {
    m_draws = std::move(draws);
    m_dims = dims;
    m_temperature = temperature;
    m_pca = {};
    if (count() > 0)
        m_pca = principalComponents(
            std::span<const float>(m_draws).first(static_cast<std::size_t>(count()) * static_cast<std::size_t>(dims)),
            count(), dims, 2);
    m_reach = 2.2 * temperature;
    for (int i = 0; i < count(); ++i) {
        const auto [x, y] = at(draw(i));
        m_reach = std::max({m_reach, std::abs(x) * 1.15, std::abs(y) * 1.15});
    }
    update();
}

void DrawsMap::setPosterior(std::vector<float> mean, const QString& words, const QColor& colour) {
    m_posterior = std::move(mean);
    m_posteriorWords = words;
    m_posteriorColour = colour;
    update();
}

void DrawsMap::setWalk(int a, int b, double share, std::vector<float> latent) {
    m_a = a, m_b = b, m_share = share;
    m_latent = std::move(latent);
    update();
}

void DrawsMap::setDisplayed(int drawIndex) {
    m_displayed = drawIndex;
    update();
}

std::pair<double, double> DrawsMap::at(std::span<const float> latent) const {
    const std::vector<double> c = m_pca.project(latent);
    return {c.empty() ? 0 : c[0], c.size() < 2 ? 0 : c[1]};
}

QRectF DrawsMap::area(const QRect& place) const {
    return QRectF(place).adjusted(44, 8, -12, -38);
}

QPointF DrawsMap::pixel(const QRect& place, std::pair<double, double> point) const {
    const QRectF box = area(place);
    const double scale = std::min(box.width(), box.height()) / 2 / m_reach; // one scale for both: circles stay circles
    return {box.center().x() + point.first * scale, box.center().y() - point.second * scale};
}

QPointF DrawsMap::placeOf(const QRect& place, int index) const {
    return index >= 0 && index < count() ? pixel(place, at(draw(index))) : QPointF();
}

QRectF DrawsMap::posteriorWordsPlace(const QRect& place, const Theme& theme) const {
    if (m_posterior.empty() || count() == 0) return {};
    const QRectF box = area(place);
    const QPointF p = pixel(place, at(m_posterior));
    const QSizeF size(QFontMetrics(theme.font(11)).horizontalAdvance(m_posteriorWords) + 6, 16);
    const double centred = std::clamp(p.x() - size.width() / 2, box.left(), box.right() - size.width());
    const QPointF corners[] = {{p.x() + 7, p.y() - 8},
                               {p.x() - 7 - size.width(), p.y() - 8},
                               {centred, p.y() + 8},
                               {centred, p.y() - 8 - size.height()}};
    // Of the places inside of the plot the one that hides the fewest draws; beside the cross rather than above it.
    QRectF best(corners[2], size);
    int fewest = count() + 1;
    for (const QPointF& corner : corners) {
        const QRectF words(corner, size);
        if (!box.contains(words)) continue;
        int hidden = 0;
        for (int i = 0; i < count(); ++i) {
            const QPointF at = placeOf(place, i);
            hidden += words.intersects(QRectF(at.x() - 7, at.y() - 7, 28, 14)); // with its number
        }
        if (hidden < fewest) fewest = hidden, best = words;
    }
    return best;
}

void DrawsMap::paint(QPainter& painter, const Theme& theme, const QRect& place) const {
    painter.fillRect(place, theme.base);
    if (count() == 0) return;
    const QRectF box = area(place);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(11));
    const double scale = std::min(box.width(), box.height()) / 2 / m_reach;
    const int step = m_reach > 8 ? 4 : m_reach > 4 ? 2 : 1;
    const int acrossEnd = static_cast<int>(box.width() / 2 / scale),
              downEnd = static_cast<int>(box.height() / 2 / scale);
    for (int v = -acrossEnd; v <= acrossEnd; ++v) {
        if (v % step) continue;
        const double x = std::round(box.center().x() + v * scale);
        painter.fillRect(QRectF(x, box.top(), 1, box.height()), v == 0 ? theme.border : theme.gridLine);
        painter.setPen(theme.muted);
        painter.drawText(QRectF(x - 16, box.bottom() + 3, 32, 14), Qt::AlignCenter, numberText(v, 0));
    }
    for (int v = -downEnd; v <= downEnd; ++v) {
        if (v % step) continue;
        const double y = std::round(box.center().y() - v * scale);
        painter.fillRect(QRectF(box.left(), y, box.width(), 1), v == 0 ? theme.border : theme.gridLine);
        painter.setPen(theme.muted);
        painter.drawText(QRectF(box.left() - 26, y - 7, 22, 14), Qt::AlignRight | Qt::AlignVCenter, numberText(v, 0));
    }
    painter.fillRect(QRectF(box.left(), box.top(), 1, box.height()), Theme::alpha(theme.controlBorder, 0.6));
    painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), 1), Theme::alpha(theme.controlBorder, 0.6));
    const auto axisName = [&](int c) {
        return tr("PC %1, %2\u2009% of variance").arg(c + 1).arg(numberText(100 * m_pca.share(c), 1));
    };
    painter.setPen(theme.muted);
    painter.drawText(QRectF(box.left(), box.bottom() + 18, box.width(), 16), Qt::AlignHCenter | Qt::AlignVCenter,
                     axisName(0));
    painter.save();
    painter.translate(place.left() + 10, box.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-120, -8, 240, 16), Qt::AlignCenter, axisName(1));
    painter.restore();

    painter.save();
    painter.setClipRect(box);
    // The prior: a normal of this temperature in every direction, so circles of one and two sigma about its mean.
    const std::vector<float> zero(static_cast<std::size_t>(m_dims), 0.0f);
    const QPointF centre = pixel(place, at(zero));
    painter.setBrush(Qt::NoBrush);
    for (int sigma : {1, 2}) {
        painter.setPen(Theme::pen(theme.controlBorder, 1, {4, 3}));
        painter.drawEllipse(centre, sigma * m_temperature * scale, sigma * m_temperature * scale);
    }
    for (int i = 0; i < count(); ++i) {
        if (i == m_a || i == m_b) continue;
        const QPointF p = pixel(place, at(draw(i)));
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.imagined);
        painter.drawEllipse(p, 4.5, 4.5);
        if (i == m_displayed) {
            painter.setPen(QPen(theme.text, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(p, 7, 7);
        }
        painter.setPen(theme.text);
        painter.drawText(QRectF(p.x() + 8, p.y() - 8, 24, 16), Qt::AlignLeft | Qt::AlignVCenter,
                         QString::number(i + 1));
    }
    if (!m_posterior.empty()) {
        const QPointF p = pixel(place, at(m_posterior));
        painter.setPen(QPen(m_posteriorColour, 2));
        painter.drawLine(p - QPointF(5, 0), p + QPointF(5, 0));
        painter.drawLine(p - QPointF(0, 5), p + QPointF(0, 5));
        const QRectF words = posteriorWordsPlace(place, theme);
        painter.fillRect(words, Theme::alpha(theme.base, 0.7));
        painter.drawText(words, Qt::AlignCenter, m_posteriorWords);
    }
    if (m_a >= 0 && m_b >= 0 && m_a < count() && m_b < count()) {
        const QPointF a = pixel(place, at(draw(m_a))), b = pixel(place, at(draw(m_b)));
        painter.setPen(QPen(theme.text, 1.5));
        painter.drawLine(a, b);
        for (const auto& [p, letter] : {std::pair(a, QStringLiteral("A")), std::pair(b, QStringLiteral("B"))}) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.text);
            painter.drawEllipse(p, 8, 8);
            painter.setPen(theme.base);
            painter.setFont(theme.font(11, QFont::DemiBold));
            painter.drawText(QRectF(p.x() - 8, p.y() - 8, 16, 16), Qt::AlignCenter, letter);
        }
        if (!m_latent.empty()) {
            const QPointF p = pixel(place, at(m_latent));
            painter.setPen(QPen(theme.accent, 3));
            painter.setBrush(theme.base);
            painter.drawEllipse(p, 6, 6);
            painter.setPen(theme.accentText);
            painter.drawText(QRectF(p.x() - 24, p.y() + 9, 48, 15), Qt::AlignCenter,
                             QStringLiteral("%1\u2009%").arg(std::lround(m_share * 100)));
        }
    }
    painter.restore();
}

void DrawsMap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paint(painter, Theme::of(this), rect());
}

int DrawsMap::nearest(const QPointF& point) const {
    int best = -1;
    double reach = 12;
    for (int i = 0; i < count(); ++i) {
        const QPointF off = placeOf(i) - point;
        const double distance = std::hypot(off.x(), off.y());
        if (distance < reach) best = i, reach = distance;
    }
    return best;
}

void DrawsMap::mousePressEvent(QMouseEvent* event) {
    const int chosen = event->button() == Qt::LeftButton ? nearest(event->position()) : -1;
    if (chosen >= 0) emit drawChosen(chosen);
}

void DrawsMap::mouseMoveEvent(QMouseEvent* event) {
    const int over = nearest(event->position());
    setCursor(over >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setToolTip(over >= 0 ? tr("Draw %1: click to show its reaction").arg(over + 1) : QString());
}

} // namespace emc
