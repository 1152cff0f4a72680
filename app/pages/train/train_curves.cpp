#include "app/pages/train/train_curves.h"

#include <QComboBox>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>

#include "widgets/common/controls.h"
#include "widgets/plots/curve_plot.h"

namespace emc {

namespace {

constexpr int kValidation = 3; // index of its plot: not smoothed, and against the mean sequence

// What a name of the log means to people; names that are not known are shown as they are.
QString wordsOf(const QString& name) {
    if (name == QLatin1String("loss")) return TrainCurves::tr("Total");
    if (name == QLatin1String("rec")) return TrainCurves::tr("Reconstruction");
    if (name == QLatin1String("kl")) return TrainCurves::tr("KL");
    if (name == QLatin1String("div")) return TrainCurves::tr("Diversity");
    if (name == QLatin1String("fusion")) return TrainCurves::tr("Fusion");
    if (name == QLatin1String("cma_f")) return TrainCurves::tr("CMA, face");
    if (name == QLatin1String("cma_s")) return TrainCurves::tr("CMA, speech");
    if (name == QLatin1String("lr")) return TrainCurves::tr("Learning rate");
    if (name == QLatin1String("grad_norm")) return TrainCurves::tr("Norm of the gradient");
    return name;
}

} // namespace

TrainCurves::TrainCurves(QWidget* parent) : QFrame(parent) {
    setProperty("panel", true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    QLabel* note = nullptr;
    QHBoxLayout* head = addPanelHeader(column, this, tr("Loss"), note);
    note->setText(tr("per step"));
    m_legend = new QWidget(this);
    auto* legendRow = new QHBoxLayout(m_legend);
    legendRow->setContentsMargins(0, 0, 0, 0);
    legendRow->setSpacing(6);
    head->insertWidget(2, m_legend);
    m_quantity = new QComboBox(this);
    m_quantity->setAccessibleName(tr("What the third plot shows"));
    m_quantity->setToolTip(m_quantity->accessibleName());
    m_quantity->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_quantity->setMinimumContentsLength(12);
    head->addWidget(m_quantity);
    connect(m_quantity, &QComboBox::activated, this, &TrainCurves::quantityChosen);
    head->addWidget(makeLabel(tr("Smoothing"), "muted", this));
    m_smooth = new QSlider(Qt::Horizontal, this);
    m_smooth->setRange(0, 99);
    m_smooth->setValue(85);
    m_smooth->setFixedWidth(96);
    m_smooth->setAccessibleName(tr("Smoothing of the curves"));
    m_smoothValue = new QLabel(this);
    m_smoothValue->setFixedWidth(32);
    head->addWidget(m_smooth);
    head->addWidget(m_smoothValue);
    m_scale = new SegmentedControl(this);
    m_scale->setItems({tr("lin"), tr("log")}, {tr("Linear scale"), tr("Logarithmic scale")});
    head->addWidget(m_scale);
    auto* plots = new QHBoxLayout;
    plots->setContentsMargins(8, 0, 8, 8);
    plots->setSpacing(12);
    for (CurvePlot*& plot : m_plots) {
        plot = new CurvePlot(this);
        plot->setXLabel(tr("step"));
        plot->setEmptyText(tr("no values yet"));
        plot->setLegendVisible(false);
        plots->addWidget(plot, 1);
    }
    column->addLayout(plots, 1);
    connect(m_smooth, &QSlider::valueChanged, this, &TrainCurves::applySmoothing);
    connect(m_scale, &SegmentedControl::chosen, this, [this](int log) {
        for (CurvePlot* plot : m_plots) plot->setLogScale(log == 1);
    });
    applySmoothing();
}

void TrainCurves::applySmoothing() {
    const double weight = m_smooth->value() / 100.0;
    m_smoothValue->setText(locale().toString(weight, 'f', 2));
    for (int i = 0; i < kValidation; ++i) m_plots[static_cast<std::size_t>(i)]->setSmoothing(weight);
}

void TrainCurves::setNarrow(bool narrow) {
    for (QWidget* widget : std::initializer_list<QWidget*>{m_plots[2], m_quantity, m_legend})
        widget->setVisible(!narrow);
}

void TrainCurves::setRuns(const std::vector<ShownRun>& runs) {
    fillLegend(runs);
    fillQuantities(runs);
    plot(0, QStringLiteral("loss"), runs);
    plot(1, QStringLiteral("rec"), runs);
    plot(2, m_quantity->currentData().toString(), runs);
    plot(kValidation, QStringLiteral("val"), runs);
}

void TrainCurves::plot(int index, const QString& name, const std::vector<ShownRun>& runs) {
    CurvePlot& plot = *m_plots[static_cast<std::size_t>(index)];
    plot.clear();
    plot.setTitle(index == kValidation ? tr("Validation") : wordsOf(name));
    QString value;
    const RunCurves* reference = nullptr;
    for (const ShownRun& run : runs) {
        const auto series = run.curves->byName.constFind(name);
        if (series == run.curves->byName.constEnd() || series->x.empty()) continue;
        CurveStyle style;
        style.slot = run.slot;
        style.endDot = run.live;
        plot.setCurve(plot.addCurve(run.name, style), series->x, series->y);
        value = locale().toString(series->y.back(), 'g', 3);
        if (index == kValidation && run.curves->byName.contains(QStringLiteral("mean_sequence")))
            reference = run.curves;
    }
    if (reference) { // what always answering with the mean would score: a model must get below it
        const RunCurves::Series& mean = *reference->byName.constFind(QStringLiteral("mean_sequence"));
        CurveStyle style;
        style.role = LineRole::Threshold;
        style.color = Theme::of(this).warning;
        plot.setCurve(plot.addCurve(tr("mean sequence"), style), mean.x, mean.y);
        value += QStringLiteral(" · ") + tr("mean %1").arg(locale().toString(mean.y.back(), 'g', 3));
    }
    plot.setValueText(value);
    plot.setSmoothing(index == kValidation ? 0.0 : m_smooth->value() / 100.0);
    plot.setLogScale(m_scale->current() == 1);
}

// Everything that the shown runs log beside what the other plots show; validations have a plot of their own.
void TrainCurves::fillQuantities(const std::vector<ShownRun>& runs) {
    QStringList names;
    for (const ShownRun& run : runs)
        for (auto it = run.curves->byName.begin(); it != run.curves->byName.end(); ++it)
            if (!names.contains(it.key()) && it.key() != QLatin1String("loss") && it.key() != QLatin1String("rec") &&
                it.key() != QLatin1String("epoch") && it.key() != QLatin1String("mean_sequence") &&
                it.key() != QLatin1String("best_validation") && !it.key().startsWith(QLatin1String("val")))
                names.append(it.key());
    if (!names.contains(QLatin1String("kl"))) names.append(QStringLiteral("kl"));
    names.sort();
    QStringList before;
    for (int i = 0; i < m_quantity->count(); ++i) before.append(m_quantity->itemData(i).toString());
    if (names == before) return;
    const QString chosen = m_quantity->count() ? m_quantity->currentData().toString() : QStringLiteral("kl");
    const QSignalBlocker quiet(m_quantity);
    m_quantity->clear();
    for (const QString& name : names) m_quantity->addItem(wordsOf(name), name);
    m_quantity->setCurrentIndex(std::max(0, m_quantity->findData(chosen)));
}

void TrainCurves::fillLegend(const std::vector<ShownRun>& runs) {
    QStringList names;
    for (const ShownRun& run : runs) names.append(QStringLiteral("%1 %2").arg(run.slot).arg(run.name));
    if (names == m_legendNames) return;
    m_legendNames = names;
    auto* row = static_cast<QHBoxLayout*>(m_legend->layout());
    while (QLayoutItem* item = row->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const ShownRun& run : runs) {
        auto* chip = new SlotChip(run.slot - 1, m_legend);
        chip->setFixedSize(16, 16);
        row->addWidget(chip);
        auto* label = makeLabel(QFontMetrics(Theme::of(this).font(11)).elidedText(run.name, Qt::ElideMiddle, 150),
                                "caption", m_legend);
        label->setToolTip(run.name);
        row->addWidget(label);
        row->addSpacing(6);
    }
}

QJsonObject TrainCurves::state() const {
    return {{QStringLiteral("smoothing"), m_smooth->value()},
            {QStringLiteral("log"), m_scale->current() == 1},
            {QStringLiteral("quantity"), m_quantity->currentData().toString()}};
}

void TrainCurves::restore(const QJsonObject& state) {
    m_smooth->setValue(std::clamp(state.value(QStringLiteral("smoothing")).toInt(85), 0, 99));
    m_scale->setCurrent(state.value(QStringLiteral("log")).toBool() ? 1 : 0);
    if (const int at = m_quantity->findData(state.value(QStringLiteral("quantity")).toString()); at >= 0)
        m_quantity->setCurrentIndex(at);
    emit quantityChosen();
}

} // namespace emc
