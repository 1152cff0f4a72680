#include "widgets/plots/curve_plot_parts.h"

#include <algorithm>
#include <cmath>

#include "widgets/timeline/time_axis.h"

namespace emc {

double PlainTicker::getTickStep(const QCPRange& range) {
    m_step = QCPAxisTicker::getTickStep(range);
    while (range.size() / m_step > 6) m_step *= 2;
    m_kilo = std::max(std::abs(range.lower), std::abs(range.upper)) >= 2000 && m_step >= 100;
    return m_step;
}

QString PlainTicker::getTickLabel(double tick, const QLocale&, QChar, int) {
    if (timecodes) return QString::fromStdString(timecode(tick, m_step < 1 ? 1 : 0));
    const double shown = m_kilo ? tick / 1000 : tick, step = m_kilo ? m_step / 1000 : m_step;
    const double size = std::max(std::abs(shown), step);
    if (size != 0 && (size < 1e-3 || size >= 1e6)) {
        QString text = QString::number(shown, 'g', 3);
        return text.replace(QStringLiteral("e-0"), QStringLiteral("e-"))
            .replace(QStringLiteral("e+0"), QStringLiteral("e"))
            .replace(u'-', QChar(0x2212));
    }
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6);
    // A step like 0.25 needs one decimal more than its size says.
    const int more = std::abs(step * std::pow(10, decimals) - std::round(step * std::pow(10, decimals))) > 1e-6 ? 1 : 0;
    QString text =
        QString::number(std::abs(shown) < step * 1e-6 ? 0.0 : shown, 'f', decimals + more).replace(u'-', QChar(0x2212));
    text.replace(u'.', QLocale().decimalPoint());
    return m_kilo && shown != 0 ? text + QStringLiteral("\u2009k") : text;
}

SpanItem::SpanItem(QCustomPlot* plot, double x0, double x1, const QColor& colour, const QString& word, bool hatched,
                   const Theme* look)
    : QCPAbstractItem(plot), theme(look), m_x0(x0), m_x1(x1), m_colour(colour), m_word(word), m_hatched(hatched) {}

void SpanItem::draw(QCPPainter* painter) {
    const QCPAxisRect* area = parentPlot()->axisRect();
    const double left = parentPlot()->xAxis->coordToPixel(m_x0), right = parentPlot()->xAxis->coordToPixel(m_x1);
    const QRectF part = QRectF(left, area->top(), right - left, area->height()).intersected(QRectF(area->rect()));
    if (part.width() < 1) return;
    painter->save();
    if (m_hatched) {
        theme->paintMissing(*painter, part, m_colour, part.topLeft());
    } else {
        painter->fillRect(part, Theme::alpha(m_colour, 0.07));
        painter->fillRect(QRectF(part.left(), part.top(), part.width(), 4), m_colour);
    }
    painter->setFont(theme->font(11));
    const double width = painter->fontMetrics().horizontalAdvance(m_word) + 12;
    if (!m_word.isEmpty() && width + 4 < part.width()) {
        const QRectF chip(part.left() + 3, part.top() + 3 + (m_hatched ? 0 : 4), width, 18);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(Theme::alpha(theme->base, theme->dark ? 0.82 : 0.88));
        painter->drawRoundedRect(chip, metrics::kChipRadius, metrics::kChipRadius);
        painter->setPen(m_colour);
        painter->drawText(chip, Qt::AlignCenter, m_word);
    }
    painter->restore();
}

QColor colourOf(const CurveStyle& style, const Theme& theme) {
    if (style.role == LineRole::Real) return theme.text;
    if (style.role == LineRole::Threshold) return theme.warning;
    if (style.slot > 0) return theme.slot(style.slot - 1);
    return style.color.isValid() ? style.color : theme.text;
}

QPen penOf(const CurveStyle& style, const Theme& theme) {
    const QColor colour = colourOf(style, theme);
    switch (style.role) {
    case LineRole::Chosen: return theme.lineChosen(colour);
    case LineRole::Other: return theme.lineOther(colour);
    case LineRole::Reference: return Theme::pen(colour, 1.75);
    case LineRole::Helper: return theme.lineHelper(colour);
    case LineRole::Ghost: return theme.lineGhost(colour);
    case LineRole::Mean: return theme.lineMean(colour);
    case LineRole::Earlier: return theme.lineEarlier(colour);
    case LineRole::Real: return theme.lineReal();
    case LineRole::Threshold: break;
    }
    return Theme::pen(colour, 1, {4, 3});
}

} // namespace emc
