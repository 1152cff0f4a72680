#include "widgets/plots/curve_plot.h"

#include <QEvent>
#include <QMouseEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/plots/curve_plot_impl.h"

namespace emc {

namespace {
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
} // namespace

CurvePlot::CurvePlot(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
    m->view = this;
    m->playhead = kNaN;
    m->plot = new QCustomPlot(this);
    m->plot->installEventFilter(this);
    m->plot->setNoAntialiasingOnDrag(false);
    m->plot->setAntialiasedElements(QCP::aePlottables | QCP::aeItems);
    m->plot->setNotAntialiasedElements(QCP::aeAxes | QCP::aeGrid);
    // Ghosts and reference below, chosen above, then the playhead on a buffer of its own: moving it redraws one line.
    m->plot->addLayer(QStringLiteral("spans"), m->plot->layer(QStringLiteral("grid")), QCustomPlot::limAbove);
    m->plot->addLayer(QStringLiteral("bands"), m->plot->layer(QStringLiteral("spans")), QCustomPlot::limAbove);
    m->plot->addLayer(QStringLiteral("ghosts"), m->plot->layer(QStringLiteral("bands")), QCustomPlot::limAbove);
    m->plot->addLayer(QStringLiteral("chosen"), m->plot->layer(QStringLiteral("main")), QCustomPlot::limAbove);
    m->plot->addLayer(QStringLiteral("playhead"), m->plot->layer(QStringLiteral("overlay")), QCustomPlot::limAbove);
    m->plot->layer(QStringLiteral("playhead"))->setMode(QCPLayer::lmBuffered);
    m->playheadLine = new QCPItemStraightLine(m->plot);
    m->playheadLine->setLayer(QStringLiteral("playhead"));
    m->playheadLine->setVisible(false);
    m->plot->xAxis->setTicker(m->xTicker);
    m->plot->yAxis->setTicker(m->yTicker);
    // The last number of the axis stands half beyond its end; one without room is not drawn at all.
    m->plot->axisRect()->setMinimumMargins(QMargins(8, 6, 16, 4));
    m->empty = new QLabel(m->plot);
    m->empty->setAlignment(Qt::AlignCenter);
    m->empty->setWordWrap(true);
    m->empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, m->headerHeight(), 0, 0);
    layout->addWidget(m->plot);
    m->timer.setSingleShot(true);
    m->timer.setInterval(0);
    connect(&m->timer, &QTimer::timeout, this, &CurvePlot::redraw);
    m->restyle();
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::setTitle(const QString& title) {
    m->title = title;
    setAccessibleName(title);
    update();
}
void CurvePlot::setValueText(const QString& text) {
    m->value = text;
    update();
}
void CurvePlot::setXLabel(const QString& name, const QString& unit) {
    m->xName = name, m->xUnit = unit;
    m->plot->xAxis->setLabel(Impl::axisText(name, unit));
    m->schedule();
}
void CurvePlot::setYLabel(const QString& name, const QString& unit) {
    m->yName = name, m->yUnit = unit;
    m->plot->yAxis->setLabel(Impl::axisText(name, unit));
    m->schedule();
}
void CurvePlot::setCaption(const QString& caption) {
    m->caption = caption;
}
void CurvePlot::setEmptyText(const QString& sentence) {
    m->emptyText = sentence;
    m->schedule();
}
void CurvePlot::setHeaderVisible(bool visible) {
    m->header = visible;
    layout()->setContentsMargins(0, m->headerHeight(), 0, 0);
    update();
}
void CurvePlot::setLegendVisible(bool visible) {
    m->legend = visible;
    update();
}

int CurvePlot::addCurve(const QString& name, const CurveStyle& style) {
    Impl::Curve curve;
    curve.name = name;
    curve.style = style;
    const auto add = [&](const QString& layer) {
        QCPGraph* graph = m->plot->addGraph();
        graph->setLayer(layer);
        graph->setSelectable(QCP::stNone);
        return graph;
    };
    curve.raw = add(QStringLiteral("ghosts"));
    curve.line = add(style.role == LineRole::Chosen  ? QStringLiteral("chosen")
                     : style.role == LineRole::Ghost ? QStringLiteral("ghosts")
                                                     : QStringLiteral("main"));
    curve.dot = add(QStringLiteral("chosen"));
    m->styleCurve(curve, Theme::of(this));
    m->curves.push_back(std::move(curve));
    m->schedule();
    update();
    return static_cast<int>(m->curves.size()) - 1;
}

void CurvePlot::setCurve(int index, std::span<const double> x, std::span<const double> y) {
    Impl::Curve* curve = m->curve(index);
    if (!curve) return;
    const std::size_t count = std::min(x.size(), y.size());
    curve->x.assign(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(count));
    curve->y.assign(y.begin(), y.begin() + static_cast<std::ptrdiff_t>(count));
    curve->dirty = true;
    m->schedule();
}

void CurvePlot::setCurve(int index, std::span<const float> y, double x0, double dx) {
    Impl::Curve* curve = m->curve(index);
    if (!curve) return;
    curve->x.resize(y.size());
    for (std::size_t i = 0; i < y.size(); ++i) curve->x[i] = x0 + dx * static_cast<double>(i);
    curve->y.assign(y.begin(), y.end());
    curve->dirty = true;
    m->schedule();
}

void CurvePlot::append(int index, double x, double y) {
    Impl::Curve* curve = m->curve(index);
    if (!curve) return;
    curve->x.push_back(x);
    curve->y.push_back(y);
    curve->dirty = true;
    if (!m->timer.isActive()) m->timer.start(50); // 20 times a second is enough for eyes
}

void CurvePlot::setCurveName(int index, const QString& name) {
    if (Impl::Curve* curve = m->curve(index)) curve->name = name;
    update();
}
void CurvePlot::setCurveColor(int index, const QColor& color) {
    Impl::Curve* curve = m->curve(index);
    if (!curve) return;
    curve->style.color = color;
    m->styleCurve(*curve, Theme::of(this));
    m->schedule();
}
void CurvePlot::setCurveVisible(int index, bool visible) {
    if (Impl::Curve* curve = m->curve(index)) curve->visible = visible, curve->dirty = true;
    m->schedule();
    update();
}
void CurvePlot::setPoints(int index, bool onlyPoints) {
    Impl::Curve* curve = m->curve(index);
    if (!curve) return;
    curve->onlyPoints = onlyPoints;
    m->styleCurve(*curve, Theme::of(this));
    m->schedule();
}
int CurvePlot::curveCount() const {
    return static_cast<int>(m->curves.size());
}
int CurvePlot::pointCount(int index) const {
    const Impl::Curve* curve = m->curve(index);
    return curve ? static_cast<int>(curve->x.size()) : 0;
}

void CurvePlot::clear() {
    for (Impl::Curve& curve : m->curves)
        for (QCPGraph* graph : {curve.line, curve.raw, curve.dot}) m->plot->removeGraph(graph);
    for (Impl::Band& band : m->bands) {
        m->plot->removeGraph(band.high); // fills down to `low`, so it goes first
        m->plot->removeGraph(band.low);
    }
    m->curves.clear();
    m->bands.clear();
    clearMarks();
    clearSpans();
    m->schedule();
    update();
}

void CurvePlot::setSmoothing(double weight) {
    weight = std::isfinite(weight) ? std::clamp(weight, 0.0, 0.99) : 0.0;
    if (weight == m->weight) return;
    m->weight = weight;
    for (Impl::Curve& curve : m->curves) curve.dirty = true;
    m->schedule();
}
double CurvePlot::smoothing() const {
    return m->weight;
}

void CurvePlot::setLogScale(bool log) {
    if (m->log == log) return;
    m->log = log;
    m->plot->yAxis->setScaleType(log ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (log) m->plot->yAxis->setTicker(m->logTicker);
    else m->plot->yAxis->setTicker(m->yTicker);
    m->plot->yAxis->setNumberFormat(QStringLiteral("g"));
    m->plot->yAxis->setNumberPrecision(4);
    for (Impl::Curve& curve : m->curves) curve.dirty = true;
    m->schedule();
}
bool CurvePlot::logScale() const {
    return m->log;
}
void CurvePlot::setXRange(double low, double high) {
    m->xLow = low, m->xHigh = high;
    m->schedule();
}
void CurvePlot::setYRange(double low, double high) {
    m->yLow = low, m->yHigh = high;
    m->schedule();
}
void CurvePlot::setSecondsAsTimecode(bool on) {
    m->xTicker->timecodes = on;
    m->schedule();
}
double CurvePlot::xLow() const {
    return m->plot->xAxis->range().lower;
}
double CurvePlot::xHigh() const {
    return m->plot->xAxis->range().upper;
}

void CurvePlot::setPlayhead(double x) {
    m->playhead = x;
    const bool shown = std::isfinite(x);
    m->playheadLine->setVisible(shown);
    if (shown) {
        m->playheadLine->point1->setTypeY(QCPItemPosition::ptAxisRectRatio);
        m->playheadLine->point2->setTypeY(QCPItemPosition::ptAxisRectRatio);
        m->playheadLine->point1->setCoords(x, 0);
        m->playheadLine->point2->setCoords(x, 1);
    }
    if (!m->timer.isActive() && m->hasPlace()) m->plot->layer(QStringLiteral("playhead"))->replot();
}
double CurvePlot::playhead() const {
    return m->playhead;
}

std::vector<double> CurvePlot::smoothed(std::span<const double> values, double weight) {
    std::vector<double> result(values.begin(), values.end());
    if (!(weight > 0)) return result;
    double mean = 0, correction = 1;
    for (double& value : result) {
        if (!std::isfinite(value)) continue;
        mean = weight * mean + (1 - weight) * value;
        correction *= weight;
        value = mean / (1 - correction); // without it the first values would hang towards zero
    }
    return result;
}

QString CurvePlot::valuesAsText() const {
    QString text = Impl::axisText(m->xName.isEmpty() ? QStringLiteral("x") : m->xName, m->xUnit);
    std::vector<const Impl::Curve*> shown;
    for (const Impl::Curve& curve : m->curves)
        if (curve.visible) shown.push_back(&curve), text += u'\t' + curve.name;
    std::vector<double> all;
    for (const Impl::Curve* curve : shown) all.insert(all.end(), curve->x.begin(), curve->x.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (double x : all) {
        if (x < xLow() || x > xHigh()) continue;
        text += u'\n' + QString::number(x, 'g', 10);
        for (const Impl::Curve* curve : shown) {
            const auto at = std::lower_bound(curve->x.begin(), curve->x.end(), x);
            text += u'\t';
            if (at != curve->x.end() && *at == x)
                text += QString::number(curve->y[static_cast<std::size_t>(at - curve->x.begin())], 'g', 8);
        }
    }
    return text;
}

QSize CurvePlot::sizeHint() const {
    return {320, 132};
}
QSize CurvePlot::minimumSizeHint() const {
    return {140, 90};
}

void CurvePlot::redraw() {
    m->timer.stop();
    m->timer.setInterval(0);
    m->fillGraphs();
    m->fitRanges();
    m->yTicker->setTickCount(m->ticksIn(m->plot->height()));
    bool any = false;
    for (const Impl::Curve& curve : m->curves) any = any || (curve.visible && !curve.x.empty());
    for (const Impl::Band& band : m->bands) any = any || band.any;
    m->empty->setText(m->emptyText);
    m->empty->setVisible(!any && !m->emptyText.isEmpty());
    if (m->hasPlace()) m->plot->replot(QCustomPlot::rpImmediateRefresh);
    m->empty->setGeometry(m->plot->axisRect()->rect().adjusted(4, 4, -4, -4)); // where the plot has put its axes
}

void CurvePlot::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) m->restyle();
    QWidget::changeEvent(event);
}

void CurvePlot::resizeEvent(QResizeEvent*) {
    m->empty->setGeometry(m->plot->rect().adjusted(16, 8, -16, -8));
    m->schedule();
}

bool CurvePlot::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m->plot) return QWidget::eventFilter(watched, event);
    const auto type = event->type();
    if (type != QEvent::MouseButtonPress && type != QEvent::MouseMove && type != QEvent::MouseButtonRelease)
        return false;
    auto* mouse = static_cast<QMouseEvent*>(event);
    const QPointF at = mouse->position();
    const double x = m->plot->xAxis->pixelToCoord(at.x()), y = m->plot->yAxis->pixelToCoord(at.y());
    if (type == QEvent::MouseButtonPress && mouse->button() == Qt::LeftButton &&
        m->plot->axisRect()->rect().contains(at.toPoint()))
        m->dragging = true;
    if (type == QEvent::MouseButtonRelease) m->dragging = false;
    if (m->dragging) emit xClicked(std::clamp(x, xLow(), xHigh()));
    else if (type == QEvent::MouseMove) emit hovered(x, y);
    return false;
}

} // namespace emc
