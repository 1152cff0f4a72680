#pragma once
// Pieces of CurvePlot that know QCustomPlot. Included by the sources of this folder only.
#include <qcustomplot.h>

#include "widgets/common/theme.h"
#include "widgets/plots/curve_plot.h"

namespace emc {

// At most six ticks with as many decimals as the step needs, a true minus, thousands as "2 k" and seconds as "00:05" if
// wished.
class PlainTicker : public QCPAxisTicker {
public:
    PlainTicker() { setTickCount(5); }
    bool timecodes = false;

protected:
    double getTickStep(const QCPRange& range) override;
    int getSubTickCount(double) override { return 0; }
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar, int precision) override;

private:
    double m_step = 1;
    bool m_kilo = false;
};

// A missing, imagined or prior part of the x axis, hatched as everywhere.
class SpanItem : public QCPAbstractItem {
public:
    SpanItem(QCustomPlot* plot, double x0, double x1, const QColor& colour, const QString& word, bool hatched,
             const Theme* theme);
    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
    const Theme* theme;

protected:
    void draw(QCPPainter* painter) override;

private:
    double m_x0, m_x1;
    QColor m_colour;
    QString m_word;
    bool m_hatched;
};

QPen penOf(const CurveStyle& style, const Theme& theme);
QColor colourOf(const CurveStyle& style, const Theme& theme);

} // namespace emc
