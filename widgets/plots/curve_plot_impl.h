#pragma once
// State of CurvePlot shared by its source files. Internal to this folder.
#include <QLabel>
#include <QPointer>
#include <QTimer>

#include <algorithm>

#include "widgets/plots/curve_plot_parts.h"

namespace emc {

struct CurvePlot::Impl {
    struct Curve {
        QString name;
        CurveStyle style;
        std::vector<double> x, y;
        QCPGraph *line = nullptr, *raw = nullptr, *dot = nullptr;
        bool visible = true, onlyPoints = false, dirty = true;
    };
    struct Band {
        QColor color;
        bool oneSigma = false;
        QCPGraph *low = nullptr, *high = nullptr;
        double lowest = 0, highest = 0, first = 0, last = 0;
        bool any = false;
    };

    CurvePlot* view = nullptr;
    QCustomPlot* plot = nullptr;
    QLabel* empty = nullptr;
    QSharedPointer<PlainTicker> xTicker{new PlainTicker}, yTicker{new PlainTicker};
    QSharedPointer<QCPAxisTickerLog> logTicker{new QCPAxisTickerLog};
    std::vector<Curve> curves;
    std::vector<Band> bands;
    std::vector<QCPItemStraightLine*> markLines;
    std::vector<QCPItemText*> markTexts;
    std::vector<SpanItem*> spans;
    QCPItemStraightLine* playheadLine = nullptr;
    QTimer timer;
    QString title, value, xName, xUnit, yName, yUnit, caption, emptyText;
    bool header = true, legend = true, log = false, dragging = false;
    double weight = 0, playhead = 0;
    double xLow = 0, xHigh = -1, yLow = 0, yHigh = -1; // low >= high: automatic

    Curve* curve(int index) {
        return index >= 0 && index < static_cast<int>(curves.size()) ? &curves[static_cast<std::size_t>(index)]
                                                                     : nullptr;
    }
    // A plot that was never shown has no pixels to paint on; it is drawn when it gets its size.
    bool hasPlace() const { return plot->width() > 4 && plot->height() > 4; }
    void schedule() {
        if (!timer.isActive()) timer.start();
    }
    void restyle();
    void styleCurve(Curve& curve, const Theme& theme);
    void fillGraphs();
    void fitRanges();
    // Numbers of an axis stand one above the other: 20 px each, of what the labels of x leave.
    static int ticksIn(int height) { return std::clamp((height - 30) / 20, 2, 5); }
    int headerHeight() const { return header ? 26 : 0; }
    void paintHeader(QPainter& painter, const Theme& theme, int width) const;
    static QString axisText(const QString& name, const QString& unit) {
        return unit.isEmpty() ? name : name + QStringLiteral(", ") + unit;
    }
};

} // namespace emc
