#include "app/pages/evaluate/occlusion_tab.h"

#include <QComboBox>
#include <QJsonObject>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

#include "widgets/common/theme.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/study/study_words.h"

namespace emc {

OcclusionTab::OcclusionTab(QWidget* parent) : ResultTab(parent) {
    m_row = new QComboBox(this);
    m_row->setAccessibleName(tr("Model"));
    m_row->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_row->setMinimumContentsLength(14);
    m_row->setPlaceholderText(tr("no model"));
    m_clip = spin(1, 1, 1, tr("clip "), {}, tr("Which of the clips"));
    m_what = new QComboBox(this);
    m_what->addItem(tr("face"));
    m_what->addItem(tr("speech"));
    m_what->setAccessibleName(tr("What goes missing"));
    m_window = spin(1, 2000, 25, tr("window "), tr(" frames"), tr("Length of the missing window"));
    m_step = spin(1, 2000, 12, tr("step "), tr(" frames"), tr("Step of the window"));
    auto* body = new QWidget(this);
    auto* plots = new QVBoxLayout(body);
    plots->setContentsMargins(8, 8, 8, 8);
    m_lane = new CurvePlot(body);
    m_groups = new CurvePlot(body);
    for (CurvePlot* plot : {m_lane, m_groups}) {
        plot->setXLabel(tr("middle of the missing window"), tr("s"));
        plot->setYLabel(tr("change, RMS"));
        plots->addWidget(plot, 1);
    }
    m_lane->setTitle(tr("What the reaction owes to each moment"));
    m_groups->setTitle(tr("By kind of attribute"));
    build({m_row, m_clip, m_what, m_window, m_step}, tr("Slide the window"), body,
          tr("No attribution yet. A missing window slides over one clip; where the reaction changes most, "
             "the model has listened."));
    // A choice by hand is not taken back by a table that comes later.
    connect(m_row, &QComboBox::activated, this, [this] { m_wish.reset(); });
    connect(m_clip, &QSpinBox::textChanged, this, [this] {
        if (m_clip->hasFocus()) m_wish.reset();
    });
    setBusy(false);
}

void OcclusionTab::setRows(const StudyTable& table) {
    QStringList names;
    std::vector<QStringList> places;
    for (const TableRow& row : table.rows) {
        if (!row.trained || !row.candidate) continue;
        names.append(StudyWords::rowName(row));
        places.push_back({QString::fromStdString(row.label), QString::fromStdString(row.condition),
                          QString::fromStdString(row.model)});
    }
    m_clip->setMaximum(std::max(1, table.clips));
    QStringList before;
    for (int i = 0; i < m_row->count(); ++i) before.append(m_row->itemText(i));
    if (before != names) {
        const QString chosen = m_row->currentText();
        m_row->clear();
        for (qsizetype i = 0; i < names.size(); ++i) m_row->addItem(names[i], places[static_cast<std::size_t>(i)]);
        m_row->setCurrentIndex(std::max(0, m_row->findText(chosen)));
    }
    takeUpWish();
    setBusy(m_busy);
}

void OcclusionTab::takeUpWish() {
    if (!m_wish) return;
    const Wish wish = *m_wish;
    for (int i = 0; i < m_row->count(); ++i) {
        const QStringList place = m_row->itemData(i).toStringList();
        const bool meant = wish.label.isEmpty() ? place.value(2) == wish.model
                                                : place.value(0) == wish.label && place.value(1) == wish.condition;
        if (!meant || wish.clip >= m_clip->maximum()) continue; // a table of other models, which is about to go
        m_row->setCurrentIndex(i);
        if (wish.clip >= 0) m_clip->setValue(wish.clip + 1);
        m_wish.reset();
        return;
    }
}

void OcclusionTab::setClips(const StudyClips& clips) {
    m_clip->setMaximum(std::max(1, static_cast<int>(clips.clips.size())));
}

StudyPlace OcclusionTab::place() const {
    const QStringList place = m_row->currentData().toStringList();
    return {place.value(0).toStdString(), place.value(1).toStdString(), {}};
}

int OcclusionTab::clip() const {
    return m_clip->value() - 1;
}

OcclusionOptions OcclusionTab::options() const {
    OcclusionOptions options;
    options.modality = m_what->currentIndex() == 1 ? Modality::Speech : Modality::Face;
    options.window = m_window->value();
    options.step = m_step->value();
    return options;
}

// The words of the core's figures.
QJsonObject OcclusionTab::state() const {
    const QStringList row = m_row->currentData().toStringList();
    const Wish here = m_wish ? *m_wish : Wish{row.value(0), row.value(1), row.value(2), clip()};
    return {
        {QStringLiteral("occlusion"), m_what->currentIndex() == 1 ? QStringLiteral("speech") : QStringLiteral("face")},
        {QStringLiteral("window"), m_window->value()},
        {QStringLiteral("step"), m_step->value()},
        {QStringLiteral("clip_place"), here.clip},
        {QStringLiteral("row"), QJsonObject{{QStringLiteral("label"), here.label},
                                            {QStringLiteral("condition"), here.condition},
                                            {QStringLiteral("model"), here.model}}}};
}

void OcclusionTab::setState(const QJsonObject& state) {
    if (state.isEmpty()) return;
    m_what->setCurrentIndex(state.value(QStringLiteral("occlusion")).toString() == QLatin1String("speech") ? 1 : 0);
    m_window->setValue(state.value(QStringLiteral("window")).toInt(m_window->value()));
    m_step->setValue(state.value(QStringLiteral("step")).toInt(m_step->value()));
    const QJsonObject row = state.value(QStringLiteral("row")).toObject();
    if (row.isEmpty()) return;
    const auto text = [&](const char* key) { return row.value(QLatin1String(key)).toString(); };
    m_wish = Wish{text("label"), text("condition"), text("model"), state.value(QStringLiteral("clip_place")).toInt(-1)};
    takeUpWish();
}

void OcclusionTab::setBusy(bool busy) {
    m_busy = busy;
    setStartEnabled(!busy && m_row->count() > 0);
}

void OcclusionTab::setResult(const StudyOcclusion& result) {
    m_result = result;
    refresh();
}

void OcclusionTab::draw() {
    const Theme& theme = Theme::of(this);
    const bool face = m_result.options.modality == Modality::Face;
    std::vector<double> x, all, inside;
    std::array<std::vector<double>, 3> groups;
    for (const OcclusionPoint& point : m_result.points) {
        x.push_back((point.window.begin + point.window.end) / 2.0 / m_result.rateHz);
        all.push_back(point.change);
        inside.push_back(point.inside);
        for (std::size_t g = 0; g < groups.size(); ++g) groups[g].push_back(point.groups[g]);
    }
    m_lane->clear();
    CurveStyle whole;
    whole.color = theme.of(face ? Meaning::Face : Meaning::Speech);
    whole.filled = true;
    m_lane->setCurve(m_lane->addCurve(tr("whole reaction"), whole), x, all);
    CurveStyle within;
    within.role = LineRole::Earlier;
    within.color = theme.muted;
    m_lane->setCurve(m_lane->addCurve(tr("within the window"), within), x, inside);
    m_groups->clear();
    const QString names[] = {tr("action units"), tr("valence and arousal"), tr("expressions")};
    for (int g = 0; g < 3; ++g) {
        CurveStyle style;
        style.slot = g + 1;
        m_groups->setCurve(m_groups->addCurve(names[g], style), x, groups[static_cast<std::size_t>(g)]);
    }
    const auto most = std::max_element(m_result.points.begin(), m_result.points.end(),
                                       [](const auto& a, const auto& b) { return a.change < b.change; });
    setNote(tr("%1, clip %2: the reaction changes most without the %3 of %4 to %5 s. %6 reactions with the "
               "same draws, seed %7.")
                .arg(QString::fromStdString(m_result.model), QString::fromStdString(m_result.clip),
                     face ? tr("face") : tr("speech"), locale().toString(most->window.begin / m_result.rateHz, 'f', 2),
                     locale().toString(most->window.end / m_result.rateHz, 'f', 2))
                .arg(m_result.options.samples)
                .arg(m_result.options.seed));
}

} // namespace emc
