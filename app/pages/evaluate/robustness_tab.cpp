#include "app/pages/evaluate/robustness_tab.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "widgets/common/controls.h"
#include "widgets/common/flow_layout.h"
#include "widgets/plots/curve_key.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/study/study_words.h"

namespace emc {

namespace {

constexpr const char* kMetrics[] = {"FRCorr", "FRDist", "FRDiv", "FRVar", "FRDvs", "FRSyn"};

// The core's label without its English ending.
QString nameOf(const RobustnessCurve& curve) {
    const auto without = [&](const std::string& ending) {
        return QString::fromStdString(
            curve.label.ends_with(ending) ? curve.label.substr(0, curve.label.size() - ending.size()) : curve.label);
    };
    if (curve.reference) return RobustnessTab::tr("%1 (nothing missing)").arg(without(" (baseline, no loss)"));
    const std::string ending = ", " + curve.fill;
    if (!curve.label.ends_with(ending)) return QString::fromStdString(curve.label);
    return QStringLiteral("%1, %2").arg(without(ending), StudyWords::fill(curve.fill == "zeros"  ? Fill::Zeros
                                                                          : curve.fill == "mean" ? Fill::Mean
                                                                                                 : Fill::Cma));
}

} // namespace

RobustnessTab::RobustnessTab(QWidget* parent) : ResultTab(parent) {
    m_metric = new QComboBox(this);
    for (const char* name : kMetrics) m_metric->addItem(QLatin1String(name));
    m_metric->setAccessibleName(tr("Score"));
    m_what = new QComboBox(this);
    m_what->addItem(tr("face and speech"), 2);
    m_what->addItem(tr("face"), 0);
    m_what->addItem(tr("speech"), 1);
    m_what->setAccessibleName(tr("What goes missing"));
    m_burst = spin(1, 2000, 25, {}, tr(" frames"), tr("Mean length of a gap"));
    m_seeds = spin(1, 20, 1, QStringLiteral("× "), {}, tr("Places of the gaps drawn how often"));
    m_bursts = new QCheckBox(tr("gap length too"), this);
    m_failures = new QCheckBox(tr("failures too"), this);
    m_failures->setToolTip(tr("Noise, blur, freezes, late sound and other presets of the failure simulator"));
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_legend = new QWidget(body);
    m_legendRow = new FlowLayout(14, 4, m_legend); // many rows of a study need more than one line
    m_legendRow->setContentsMargins(12, 6, 12, 0);
    column->addWidget(m_legend);
    m_grid = new QWidget(body);
    m_cells = new QGridLayout(m_grid);
    m_cells->setContentsMargins(8, 8, 8, 8);
    m_cells->setSpacing(12);
    column->addWidget(m_grid, 1);
    build({m_metric, m_what, m_burst, m_seeds, m_bursts, m_failures}, tr("Measure"), body,
          tr("No curve yet. Tick models on the left and measure how their score falls when more and more "
             "of the face or the speech is missing."));
}

CurveRequest RobustnessTab::request() const {
    CurveRequest request;
    request.metric = m_metric->currentText().toStdString();
    request.burst = m_burst->value();
    request.damageSeeds = m_seeds->value();
    if (m_bursts->isChecked()) request.bursts = {5, 25, 50, 100, 200};
    request.failures = m_failures->isChecked();
    const int what = m_what->currentData().toInt();
    if (what == 0) request.modalities = {Modality::Face};
    if (what == 1) request.modalities = {Modality::Speech};
    return request;
}

void RobustnessTab::setBusy(bool busy) {
    setStartEnabled(!busy);
}

void RobustnessTab::setResult(const Robustness& result) {
    m_result = result;
    refresh();
}

void RobustnessTab::draw() {
    for (CurvePlot* plot : m_plots) delete plot;
    m_plots.clear();
    while (QLayoutItem* item = m_legendRow->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const Theme& theme = Theme::of(this);
    std::vector<std::string> labels; // equal labels share slot, colour and mark over all plots
    std::vector<std::pair<QString, CurveStyle>> legend;
    double lowest = 0, highest = 0; // of all plots: they show one score, so they share its axis
    bool any = false;
    const auto styleOf = [&](const RobustnessCurve& curve) {
        const auto at = std::find(labels.begin(), labels.end(), curve.label) - labels.begin();
        if (at == static_cast<std::ptrdiff_t>(labels.size())) {
            CurveStyle style;
            style.slot = static_cast<int>(at) + 1;
            style.role = curve.reference ? LineRole::Earlier : LineRole::Chosen;
            labels.push_back(curve.label);
            legend.emplace_back(nameOf(curve), style);
        }
        return legend[static_cast<std::size_t>(at)].second;
    };
    for (const char* kind : {"share", "burst", "failure"})
        for (const char* modality : {"face", "speech", ""}) {
            CurvePlot* plot = nullptr;
            for (const RobustnessCurve& curve : m_result.curves) {
                if (curve.kind != kind || curve.modality != modality) continue;
                const bool face = curve.modality == "face", share = curve.kind == "share",
                           failure = curve.kind == "failure";
                if (!plot) {
                    plot = new CurvePlot(m_grid);
                    m_plots.push_back(plot);
                    plot->setLegendVisible(false);
                    plot->setYLabel(QString::fromStdString(m_result.metric),
                                    m_result.metric == "FRSyn" ? tr("frames") : QString());
                    if (share) {
                        plot->setTitle(face ? tr("Missing share of the face") : tr("Missing share of the speech"));
                        plot->setXLabel(tr("missing frames"), QStringLiteral("%"));
                        plot->setXRange(0, 100);
                    } else if (!failure) {
                        plot->setTitle((face ? tr("Gap length, %1 % of the face missing")
                                             : tr("Gap length, %1 % of the speech missing"))
                                           .arg(qRound(100 * m_result.burstShare)));
                        plot->setXLabel(tr("mean length of a gap"), tr("frames"));
                    } else {
                        plot->setTitle(tr("Failures of the recording"));
                        plot->setXLabel(tr("failure (names below)"));
                    }
                }
                const CurveStyle style = styleOf(curve);
                std::vector<double> x, y, low, high;
                bool band = false;
                for (const CurvePoint& point : curve.points) {
                    x.push_back(share ? 100 * point.x : point.x);
                    y.push_back(point.mean);
                    low.push_back(point.mean - point.deviation);
                    high.push_back(point.mean + point.deviation);
                    band = band || point.values.size() > 1;
                    const double spread = std::isfinite(point.deviation) ? point.deviation : 0;
                    if (!std::isfinite(point.mean)) continue;
                    lowest = any ? std::min(lowest, point.mean - spread) : point.mean - spread;
                    highest = any ? std::max(highest, point.mean + spread) : point.mean + spread;
                    any = true;
                }
                if (band) plot->setBand(plot->addBand(theme.slot(style.slot - 1), true), x, low, high);
                const int line = plot->addCurve(nameOf(curve), style);
                plot->setCurve(line, x, y);
                if (failure) plot->setPoints(line, true);
            }
        }
    if (highest > lowest)
        for (CurvePlot* plot : m_plots) {
            const double space = 0.06 * (highest - lowest);
            plot->setYRange(lowest >= 0 && lowest < 0.5 * highest ? 0 : lowest - space, highest + space);
        }
    const int columns = m_plots.size() > 1 ? 2 : 1;
    for (int i = 0; i < static_cast<int>(m_plots.size()); ++i)
        m_cells->addWidget(m_plots[static_cast<std::size_t>(i)], i / columns, i % columns);
    for (const auto& [name, style] : legend) {
        auto* entry = new QWidget(m_legend);
        auto* row = new QHBoxLayout(entry);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(6);
        auto* chip = new SlotChip(style.slot - 1, entry);
        chip->setFixedSize(16, 16);
        row->addWidget(chip);
        row->addWidget(new CurveKey(style, entry));
        row->addWidget(makeLabel(name, "caption", entry));
        m_legendRow->addWidget(entry);
    }
    QString note =
        tr("%1, %n clip(s), %2 reactions each, %3 variant; the same gaps for every model.", nullptr, m_result.clips)
            .arg(QString::fromStdString(m_result.corpus) + (m_result.synthetic ? tr(" (synthetic)") : QString()))
            .arg(m_result.samples)
            .arg(m_result.variant == "fixed" ? tr("fixed") : tr("official"));
    note += QLatin1Char(' ') + (m_result.band.empty()
                                    ? tr("One network, one draw: no band.")
                                    : tr("Bands: one standard deviation over %1.")
                                          .arg(QCoreApplication::translate("StudyBands", m_result.band.c_str())));
    QStringList failures;
    for (std::size_t i = 0; i < m_result.failures.size(); ++i)
        failures.append(QStringLiteral("%1 %2").arg(i).arg(QString::fromStdString(m_result.failures[i])));
    if (!failures.isEmpty()) note += QLatin1Char('\n') + failures.join(QStringLiteral(" · "));
    setNote(note);
}

QJsonObject RobustnessTab::state() const {
    return {{QStringLiteral("metric"), m_metric->currentText()}, {QStringLiteral("what"), m_what->currentIndex()},
            {QStringLiteral("burst"), m_burst->value()},         {QStringLiteral("seeds"), m_seeds->value()},
            {QStringLiteral("bursts"), m_bursts->isChecked()},   {QStringLiteral("failures"), m_failures->isChecked()}};
}

void RobustnessTab::setState(const QJsonObject& state) {
    if (state.isEmpty()) return;
    m_metric->setCurrentIndex(std::max(0, m_metric->findText(state.value(QStringLiteral("metric")).toString())));
    m_what->setCurrentIndex(std::clamp(state.value(QStringLiteral("what")).toInt(), 0, 2));
    m_burst->setValue(state.value(QStringLiteral("burst")).toInt(25));
    m_seeds->setValue(state.value(QStringLiteral("seeds")).toInt(1));
    m_bursts->setChecked(state.value(QStringLiteral("bursts")).toBool());
    m_failures->setChecked(state.value(QStringLiteral("failures")).toBool());
}

} // namespace emc
