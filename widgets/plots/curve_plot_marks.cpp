// What stands beside the curves of a CurvePlot: bands, marks and spans.
#include <algorithm>
#include <cmath>

#include "widgets/plots/curve_plot_impl.h"

namespace emc {

namespace {
QVector<double> vectorOf(std::span<const double> values) {
    return QVector<double>(values.begin(), values.end());
}
} // namespace

int CurvePlot::addBand(const QColor& color, bool oneSigma) {
    Impl::Band band;
    band.color = color;
    band.oneSigma = oneSigma;
    band.low = m->plot->addGraph();
    band.high = m->plot->addGraph();
    for (QCPGraph* graph : {band.low, band.high}) {
        graph->setLayer(QStringLiteral("bands"));
        graph->setPen(Qt::NoPen);
        graph->setSelectable(QCP::stNone);
        graph->setAdaptiveSampling(false); // both edges must keep the same points, or the fill tears
    }
    band.high->setBrush(Theme::alpha(color, oneSigma ? 0.26 : 0.14));
    band.high->setChannelFillGraph(band.low);
    m->bands.push_back(band);
    return static_cast<int>(m->bands.size()) - 1;
}

void CurvePlot::setBand(int index, std::span<const double> x, std::span<const double> low,
                        std::span<const double> high) {
    if (index < 0 || index >= static_cast<int>(m->bands.size())) return;
    Impl::Band& band = m->bands[static_cast<std::size_t>(index)];
    const std::size_t count = std::min({x.size(), low.size(), high.size()});
    band.low->setData(vectorOf(x.first(count)), vectorOf(low.first(count)), true);
    band.high->setData(vectorOf(x.first(count)), vectorOf(high.first(count)), true);
    band.any = false;
    for (std::size_t i = 0; i < count; ++i) {
        if (!std::isfinite(low[i]) || !std::isfinite(high[i])) continue;
        band.lowest = band.any ? std::min(band.lowest, low[i]) : low[i];
        band.highest = band.any ? std::max(band.highest, high[i]) : high[i];
        band.first = band.any ? std::min(band.first, x[i]) : x[i];
        band.last = band.any ? std::max(band.last, x[i]) : x[i];
        band.any = true;
    }
    m->schedule();
}

void CurvePlot::addMark(double x, const QString& text) {
    auto* line = new QCPItemStraightLine(m->plot);
    line->setLayer(QStringLiteral("main"));
    line->point1->setCoords(x, 0);
    line->point2->setTypeY(QCPItemPosition::ptAxisRectRatio);
    line->point1->setTypeY(QCPItemPosition::ptAxisRectRatio);
    line->point1->setCoords(x, 0);
    line->point2->setCoords(x, 1);
    auto* word = new QCPItemText(m->plot);
    word->setLayer(QStringLiteral("overlay"));
    word->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    word->position->setCoords(x, 0.0);
    word->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    word->setPadding(QMargins(4, 1, 4, 1));
    word->setText(text);
    m->markLines.push_back(line);
    m->markTexts.push_back(word);
    m->restyle();
}

void CurvePlot::addSpan(double x0, double x1, const QColor& color, const QString& word, bool hatched) {
    auto* span = new SpanItem(m->plot, x0, x1, color, word, hatched, &Theme::of(this));
    span->setLayer(QStringLiteral("spans"));
    m->spans.push_back(span);
    m->schedule();
}

void CurvePlot::clearSpans() {
    for (SpanItem* span : m->spans) m->plot->removeItem(span);
    m->spans.clear();
    m->schedule();
}

void CurvePlot::clearMarks() {
    for (auto* line : m->markLines) m->plot->removeItem(line);
    for (auto* text : m->markTexts) m->plot->removeItem(text);
    m->markLines.clear();
    m->markTexts.clear();
    m->schedule();
}

} // namespace emc
