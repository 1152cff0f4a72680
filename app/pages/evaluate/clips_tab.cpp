#include "app/pages/evaluate/clips_tab.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QTableView>

#include <algorithm>
#include <cmath>

#include "widgets/common/controls.h"
#include "widgets/study/study_words.h"
#include "widgets/study/value_list.h"

namespace emc {

namespace {

// What tells a clip from its neighbours; the whole id is in the tooltip.
QString shortName(const std::string& id) {
    const QStringList parts = QString::fromStdString(id).split(QLatin1Char('/'));
    return parts.size() >= 3 ? parts[parts.size() - 3] + QLatin1Char('/') + parts.back() : parts.join(QLatin1Char('/'));
}

QVBoxLayout* makeColumn(QWidget* panel) {
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    return column;
}

} // namespace

ClipsTab::ClipsTab(QWidget* parent) : QWidget(parent) {
    auto* outside = new QVBoxLayout(this);
    outside->setContentsMargins(0, 0, 0, 0);
    m_empty = makeLabel({}, "muted", this);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    outside->addWidget(m_empty, 1);
    m_body = new QWidget(this);
    outside->addWidget(m_body, 1);
    auto* row = new QHBoxLayout(m_body);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);

    QFrame* left = makePanel(m_body);
    auto* column = makeColumn(left);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(12, 8, 12, 0);
    head->setSpacing(2);
    head->addWidget(m_title = makeLabel({}, "title", left));
    head->addWidget(m_note = makeLabel({}, "muted", left));
    m_title->setWordWrap(true);
    m_note->setWordWrap(true);
    column->addLayout(head);
    m_clips = new ValueList(left);
    m_clips->table()->setAccessibleName(tr("Clips by value"));
    column->addWidget(m_clips, 1);
    row->addWidget(left, 1);

    QFrame* right = makePanel(m_body);
    auto* second = makeColumn(right);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(12, 8, 8, 0);
    top->setSpacing(8);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_detailTitle = makeLabel({}, "title", right));
    words->addWidget(m_detailNote = makeLabel({}, "muted", right));
    m_detailTitle->setWordWrap(true);
    m_detailNote->setWordWrap(true);
    top->addLayout(words, 1);
    m_run = new QComboBox(right);
    m_run->setAccessibleName(tr("Run of this row"));
    top->addWidget(m_run, 0, Qt::AlignTop);
    m_explore = new Button(tr("Show in Explore"), right, QStringLiteral("face"));
    top->addWidget(m_explore, 0, Qt::AlignTop);
    second->addLayout(top);
    m_samples = new ValueList(right);
    m_samples->table()->setAccessibleName(tr("Reactions of the clip"));
    second->addWidget(m_samples, 1);
    m_legend = makeLabel({}, "caption", right);
    m_legend->setWordWrap(true);
    m_legend->setContentsMargins(12, 4, 12, 8);
    second->addWidget(m_legend);
    row->addWidget(right, 1);

    connect(m_clips, &ValueList::rowChosen, this, [this](int clip) { emit detailWanted(clip, chosenRun()); });
    connect(m_run, &QComboBox::activated, this, [this] {
        if (chosenClip() >= 0) emit detailWanted(chosenClip(), chosenRun());
    });
    connect(m_explore, &QPushButton::clicked, this, &ClipsTab::explore);
    connect(m_samples, &ValueList::rowActivated, this, &ClipsTab::explore);
    setEmpty({});
}

void ClipsTab::setEmpty(const QString& sentence) {
    m_empty->setText(sentence);
    m_empty->show();
    m_body->hide();
}

int ClipsTab::chosenClip() const {
    return m_clips->chosen();
}
int ClipsTab::chosenRun() const {
    return std::max(0, m_run->currentIndex());
}

void ClipsTab::setClips(const StudyClips& clips, const QString& title, const QString& reference, bool higherIsBetter,
                        int decimals) {
    m_empty->hide();
    m_body->show();
    m_title->setText(title);
    std::vector<ValueRow> rows;
    int better = 0, compared = 0;
    for (const StudyClip& clip : clips.clips) {
        ValueRow row;
        row.id = clip.place;
        row.name = shortName(clip.id);
        row.toolTip = QString::fromStdString(clip.id);
        row.value = clip.value;
        row.reference = clip.reference;
        if (clip.reference && std::isfinite(clip.value)) {
            ++compared;
            better += higherIsBetter ? clip.value > *clip.reference : clip.value < *clip.reference;
        }
        rows.push_back(std::move(row));
    }
    const bool against = compared > 0;
    m_note->setText(against ? tr("%n clip(s); bar: this row, line and dashes: %1; better on %2", nullptr,
                                 static_cast<int>(clips.clips.size()))
                                  .arg(reference)
                                  .arg(better)
                            : tr("%n clip(s), best first", nullptr, static_cast<int>(clips.clips.size())));
    m_clips->setHeadings(tr("Clip"), tr("Value"), against ? tr("Reference") : QString(), {});
    m_clips->setRows(std::move(rows), decimals, true, higherIsBetter);
    m_detail = {};
    m_samples->setRows({}, decimals, false, true);
    m_detailTitle->setText(tr("Choose a clip"));
    m_detailNote->setText(tr("Its reactions appear here, one by one."));
    m_legend->clear();
    m_run->hide();
    m_explore->setEnabled(false);
}

void ClipsTab::setDetailProblem(const QString& sentence) {
    m_detail = {};
    m_samples->setRows({}, 3, false, true);
    m_detailTitle->setText(tr("This clip cannot be taken apart"));
    m_detailNote->setText(sentence);
    m_legend->clear();
    m_explore->setEnabled(false);
}

void ClipsTab::setDetail(const StudyClipDetail& detail, const QString& metric, bool higherIsBetter, int decimals) {
    m_detail = detail;
    m_clips->choose(chosenClip());
    m_detailTitle->setText(QString::fromStdString(detail.id));
    const int run = chosenRun();
    {
        const QSignalBlocker quiet(m_run);
        m_run->clear();
        for (int i = 0; i < detail.runs; ++i) m_run->addItem(tr("Run %1 of %2").arg(i + 1).arg(detail.runs));
        m_run->setCurrentIndex(std::min(run, detail.runs - 1));
    }
    m_run->setVisible(detail.runs > 1);
    const QFileInfo weights(QString::fromStdString(detail.weights.string()));
    const QString from = weights.fileName() == QLatin1String("best.safetensors") ? QFileInfo(weights.path()).fileName()
                                                                                 : weights.fileName();
    m_detailNote->setText(tr("%1: %2 from %n reaction(s)", nullptr, static_cast<int>(detail.samples.size()))
                              .arg(metric, StudyWords::number(detail.value, decimals)) +
                          (from.isEmpty() ? QString() : QStringLiteral(" · ") + from) + QStringLiteral(" · ") +
                          tr("draws of seed %1").arg(detail.seed));
    bool neighbours = false;
    std::vector<ValueRow> rows;
    for (int k = 0; k < static_cast<int>(detail.samples.size()); ++k) {
        const StudySample& sample = detail.samples[static_cast<std::size_t>(k)];
        ValueRow row;
        row.id = k;
        row.name = tr("Reaction %1").arg(k + 1);
        row.value = sample.value;
        row.mark = k == detail.best ? 1 : k == detail.worst ? -1 : 0;
        row.note = sample.own ? tr("own listener") : shortName(sample.neighbour);
        row.toolTip = QString::fromStdString(sample.neighbour);
        neighbours = neighbours || !sample.neighbour.empty();
        rows.push_back(std::move(row));
    }
    m_samples->setHeadings(tr("Reaction"), metric, {},
                           !neighbours      ? QString()
                           : higherIsBetter ? tr("Most alike listener")
                                            : tr("Nearest listener"));
    m_samples->setRows(std::move(rows), decimals, false, higherIsBetter);
    m_samples->choose(std::max(0, detail.best));
    m_legend->setText(neighbours ? tr("Tick: best reaction; arrow: worst. Every reaction is compared with all "
                                      "listeners who answer this speaker appropriately; the named one decided.")
                                 : tr("Tick: best reaction; arrow: worst."));
    const bool truth = detail.model == kGroundTruth;
    const bool other = detail.fill != Fill::Cma && detail.availability != Availability{} &&
                       QString::fromStdString(detail.model).contains(QLatin1String("-emc"));
    m_explore->setEnabled(!truth && !other);
    m_explore->setToolTip(truth ? tr("The ground truth is the real listener; Explore shows it beside every model")
                          : other
                              ? tr("Explore lets EMC imagine what is missing; this row stands for another substitute")
                              : tr("Opens the clip with this model, condition and these draws"));
}

void ClipsTab::explore() {
    if (!m_explore->isEnabled()) return;
    ExploreWish wish;
    wish.clip = QString::fromStdString(m_detail.clip.string());
    wish.model = QString::fromStdString(m_detail.model);
    wish.weights = QString::fromStdString(m_detail.weights.string());
    wish.availability = m_detail.availability;
    wish.seed = m_detail.seed;
    wish.sample = std::max(0, m_samples->chosen());
    emit exploreRequested(wish);
}

} // namespace emc
