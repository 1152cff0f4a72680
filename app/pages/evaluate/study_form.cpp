#include "app/pages/evaluate/study_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCryptographicHash>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QSpinBox>
#include <QTreeView>

#include "app/session/react_tree.h"
#include "widgets/common/controls.h"
#include "widgets/item_models/study_models_model.h"
#include "widgets/study/study_words.h"

namespace emc {

namespace {

constexpr int kFieldWidth = 108;

QSpinBox* makeSpin(QWidget* parent, int low, int high, int value, const QString& name, const QString& zero = {}) {
    auto* spin = new QSpinBox(parent);
    spin->setRange(low, high);
    spin->setValue(value);
    spin->setAccessibleName(name);
    spin->setAlignment(Qt::AlignRight);
    spin->setFixedWidth(kFieldWidth);
    if (!zero.isEmpty()) spin->setSpecialValueText(zero);
    return spin;
}

QHBoxLayout* fieldRow(QWidget* parent, const QString& name, QWidget* field, const QString& toolTip = {}) {
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    QLabel* label = makeLabel(name, "field", parent);
    label->setBuddy(field);
    label->setToolTip(toolTip);
    field->setToolTip(toolTip);
    row->addWidget(label, 1);
    row->addWidget(field);
    return row;
}

} // namespace

QString StudyForm::publishedHelp() {
    return tr("From the EMC paper: other data, not results of ours; official variant only");
}

StudyForm::StudyForm(QWidget* parent) : QWidget(parent), m_models(new StudyModelsModel(this)) {
    auto* outside = new QVBoxLayout(this);
    outside->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* inside = new QWidget(scroll);
    scroll->setWidget(inside);
    outside->addWidget(scroll);
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(6);
    buildSource(column);
    buildModels(column);
    buildConditions(column);
    buildSizes(column);
    buildColumns(column);
    column->addStretch(1);
    refreshNotes();
}

QWidget* StudyForm::section(QVBoxLayout* column, const QString& title, QLabel** note) {
    column->addSpacing(4);
    column->addWidget(makeLine(Qt::Horizontal, this));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 4, 0, 0);
    QLabel* label = makeLabel(title, "title", this);
    row->addWidget(label);
    if (note) row->addWidget(*note = makeLabel({}, "muted", this));
    row->addStretch(1);
    column->addLayout(row);
    return label;
}

void StudyForm::buildSource(QVBoxLayout* column) {
    column->addWidget(makeLabel(tr("Corpus and part"), "title", this));
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    m_corpus = new QComboBox(this);
    m_corpus->setAccessibleName(tr("Corpus"));
    m_corpus->setPlaceholderText(tr("none chosen"));
    m_corpus->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_corpus->setMinimumContentsLength(6);
    m_partition = new QComboBox(this);
    for (const char* part : {"test", "val", "train"}) m_partition->addItem(QLatin1String(part), QLatin1String(part));
    m_partition->setAccessibleName(tr("Part of the corpus"));
    auto* choose = new IconButton(QStringLiteral("folder"), tr("Choose a corpus"), this);
    row->addWidget(m_corpus, 1);
    row->addWidget(m_partition);
    row->addWidget(choose);
    column->addLayout(row);
    m_folder = new QLineEdit(this);
    m_folder->setPlaceholderText(tr("study folder: the program's own"));
    m_folder->setAccessibleName(tr("Study folder"));
    m_folder->setToolTip(
        tr("Keeps reactions and scores, so that a stopped study goes on and nothing is computed twice"));
    column->addWidget(m_folder);
    connect(choose, &QToolButton::clicked, this, &StudyForm::chooseCorpus);
    connect(m_corpus, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_setting) emit changed();
    });
    connect(m_partition, &QComboBox::activated, this, &StudyForm::changed);
    connect(m_folder, &QLineEdit::editingFinished, this, &StudyForm::changed);
    m_lockable = {m_corpus, m_partition, choose, m_folder};
}

void StudyForm::buildModels(QVBoxLayout* column) {
    section(column, tr("Models"), &m_modelNote);
    m_tree = new QTreeView(this);
    m_tree->setModel(m_models);
    m_tree->setHeaderHidden(true);
    m_tree->setIndentation(16);
    m_tree->setUniformRowHeights(true);
    m_tree->setTextElideMode(Qt::ElideMiddle);
    m_tree->setFont(Theme::of(this).font(12));
    m_tree->setMinimumHeight(176);
    m_tree->setMaximumHeight(320);
    m_tree->setAccessibleName(tr("Models and their training runs"));
    column->addWidget(m_tree, 1);
    QLabel* help = makeLabel(tr("Ticked runs of one name are training seeds."), "caption", this);
    help->setWordWrap(true);
    column->addWidget(help);
    m_groups = new Button(tr("Tick a group"), this, QStringLiteral("model"));
    m_groups->setToolTip(tr("Ticks all runs of a group that was trained as one, instead of others"));
    m_groups->setMenu(new QMenu(m_groups));
    m_groups->hide();
    column->addWidget(m_groups, 0, Qt::AlignLeft);
    m_lockable.push_back(m_groups);
    connect(m_models, &StudyModelsModel::tickedChanged, this, [this] {
        refreshNotes();
        if (!m_setting) emit changed();
    });
    m_lockable.push_back(m_tree);
}

void StudyForm::buildConditions(QVBoxLayout* column) {
    section(column, tr("Conditions"));
    const auto box = [&](const QString& text, bool on, const QString& toolTip = {}) {
        auto* made = new QCheckBox(text, this);
        made->setChecked(on);
        made->setToolTip(toolTip);
        connect(made, &QCheckBox::toggled, this, [this] {
            if (!m_setting) emit changed();
        });
        m_lockable.push_back(made);
        return made;
    };
    column->addWidget(m_everything = box(tr("Everything"), true));
    column->addWidget(m_noFace = box(tr("Without face"), true));
    column->addWidget(m_noSpeech = box(tr("Without speech"), true));
    column->addWidget(makeLabel(tr("What stands in for it"), "field", this));
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_cma = box(StudyWords::fill(Fill::Cma), true, tr("EMC imagines the missing modality")));
    row->addWidget(m_zeros = box(StudyWords::fill(Fill::Zeros), true,
                                 tr("Zeros: the only substitute that a host without EMC knows")));
    row->addWidget(m_mean = box(StudyWords::fill(Fill::Mean), false, tr("The mean over the training data")));
    row->addStretch(1);
    column->addLayout(row);
}

void StudyForm::buildSizes(QVBoxLayout* column) {
    section(column, tr("Scores"));
    m_variant = new SegmentedControl(this);
    m_variant->setItems({tr("official"), tr("fixed")},
                        {tr("Official metrics, as published"), tr("Fixed metrics, in double precision")});
    column->addLayout(
        fieldRow(this, tr("Variant"), m_variant,
                 tr("Official: what the published code prints, its quirks included. Fixed: the number one "
                    "would defend; published values do not belong beside it.")));
    m_samples = makeSpin(this, 1, 100, 10, tr("Reactions per clip"));
    m_draws = makeSpin(this, 1, 20, 1, tr("Sampling seeds"));
    m_seed = makeSpin(this, 0, 1 << 30, 7, tr("First seed of the draws"));
    m_clips = makeSpin(this, 0, 100000, 0, tr("Clips"), tr("all"));
    m_frames = makeSpin(this, 0, 100000, 0, tr("Frames of each clip"), tr("all"));
    m_device = new QComboBox(this);
    m_device->addItem(QStringLiteral("CPU"), QStringLiteral("cpu"));
    m_device->addItem(QStringLiteral("CUDA"), QStringLiteral("cuda"));
    m_device->setFixedWidth(kFieldWidth);
    m_device->setAccessibleName(tr("Device"));
    column->addLayout(fieldRow(this, tr("Reactions per clip"), m_samples));
    column->addLayout(fieldRow(this, tr("Clips"), m_clips, tr("Speakers, evenly spread over the part")));
    column->addLayout(fieldRow(this, tr("Frames"), m_frames, tr("First frames of each clip")));
    column->addLayout(fieldRow(this, tr("First seed"), m_seed, tr("Of the draws; the same for every model")));
    column->addLayout(fieldRow(this, tr("Sampling seeds"), m_draws,
                               tr("Repeats the draws of the same networks; a spread over them is marked (s) and says "
                                  "nothing about other trainings")));
    column->addLayout(fieldRow(this, tr("Device"), m_device));
    for (QSpinBox* spin : {m_samples, m_draws, m_seed, m_clips, m_frames}) {
        connect(spin, &QSpinBox::valueChanged, this, [this] {
            if (!m_setting) emit changed();
        });
        m_lockable.push_back(spin);
    }
    m_lockable.push_back(m_device);
    m_lockable.push_back(m_variant);
    connect(m_variant, &SegmentedControl::chosen, this, &StudyForm::changed);
}

void StudyForm::buildColumns(QVBoxLayout* column) {
    section(column, tr("Columns and rows"));
    const auto box = [&](const QString& text, bool on, const QString& toolTip) {
        auto* made = new QCheckBox(text, this);
        made->setChecked(on);
        made->setToolTip(toolTip);
        column->addWidget(made);
        return made;
    };
    m_change = box(tr("Change against original"), true, tr("With p after Holm's correction"));
    m_deviation = box(tr("± sd over seeds"), true, tr("Over training seeds; (s): over draws of one network"));
    m_published = box(tr("Published values"), true, publishedHelp());
    m_untrained = box(tr("Paper rows without a model"), false, tr("They show what was published"));
    for (QCheckBox* one : {m_change, m_deviation, m_published})
        connect(one, &QCheckBox::toggled, this, &StudyForm::shownChanged);
    connect(m_untrained, &QCheckBox::toggled, this, [this] {
        if (!m_setting) emit changed();
    });
    m_lockable.push_back(m_untrained);
}

void StudyForm::chooseCorpus() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Choose a corpus"), corpus());
    if (!folder.isEmpty()) setCorpus(folder);
}

void StudyForm::setCorpus(const QString& folder) {
    const QString path = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    int at = m_corpus->findData(path);
    if (at < 0) {
        m_setting = true;
        m_corpus->insertItem(0, QFileInfo(path).fileName(), path);
        m_corpus->setItemData(0, path, Qt::ToolTipRole);
        while (m_corpus->count() > kMostCorpora) m_corpus->removeItem(m_corpus->count() - 1);
        m_setting = false;
        at = 0;
    }
    if (m_corpus->currentIndex() == at && !m_setting) emit changed();
    m_corpus->setCurrentIndex(at);
    m_corpus->setToolTip(path);
}

QString StudyForm::corpus() const {
    return m_corpus->currentData().toString();
}

void StudyForm::setModels(const std::vector<ModelInfo>& models, const std::vector<RunInfo>& runs) {
    const bool first = m_infos.empty();
    m_infos = models;
    m_setting = true;
    m_models->setModels(models, runs);
    if (first && m_models->ticked().isEmpty()) { // what the program can score at once, so that Start is one click away
        QStringList names;
        for (const ModelInfo& info : models)
            if (info.condition == "baseline" ? info.name == "mime" : !info.checkpoint.empty())
                names.append(QString::fromStdString(info.name));
        m_models->setTicked(names);
    }
    m_setting = false;
    m_groups->menu()->clear();
    const QStringList groups = m_models->groups();
    for (const QString& group : groups)
        m_groups->menu()->addAction(group, this, [this, group] { m_models->tickGroup(group); });
    m_groups->setVisible(!groups.isEmpty());
    for (int r = 0; r < m_models->rowCount(); ++r) // one kind of weights needs no second line
        m_tree->setExpanded(m_models->index(r, 0), m_models->item(r)->rowCount() > 1);
    refreshNotes();
}

void StudyForm::refreshNotes() {
    if (!m_modelNote) return;
    int models = 0;
    for (int r = 0; r < m_models->rowCount(); ++r) models += m_models->item(r)->checkState() == Qt::Checked;
    m_modelNote->setText(tr("%1 of %2").arg(models).arg(m_models->rowCount()));
}

QString StudyForm::studyFolder() const {
    const QString named = m_folder->text().trimmed();
    if (!named.isEmpty()) return QDir::cleanPath(named);
    const QByteArray hash = QCryptographicHash::hash(corpus().toUtf8(), QCryptographicHash::Sha256).toHex().left(8);
    return QDir(m_studies).filePath(QStringLiteral("%1-%2").arg(QFileInfo(corpus()).fileName(), QLatin1String(hash)));
}

StudyRequest StudyForm::request() const {
    StudyRequest request;
    StudyOptions& study = request.study;
    study.corpus = corpus().toStdString();
    study.folder = studyFolder().toStdString();
    study.partition = m_partition->currentData().toString().toStdString();
    study.samples = m_samples->value();
    study.seed = static_cast<std::uint64_t>(m_seed->value());
    study.samplingSeeds = m_draws->value();
    study.frames = m_frames->value();
    study.clips = m_clips->value();
    study.device = m_device->currentData().toString().toStdString();
    TableOptions& table = request.table;
    table.variant = m_variant->current() == 1 ? "fixed" : "official";
    table.models = m_models->chosen();
    table.allConditions = true;
    table.untrained = m_untrained->isChecked();
    const std::pair<QCheckBox*, const char*> conditions[] = {
        {m_everything, "both"}, {m_noFace, "without-face"}, {m_noSpeech, "without-speech"}};
    for (const auto& [box, name] : conditions)
        if (box->isChecked()) table.conditions.emplace_back(name);
    const std::pair<QCheckBox*, Fill> fills[] = {{m_cma, Fill::Cma}, {m_zeros, Fill::Zeros}, {m_mean, Fill::Mean}};
    for (const auto& [box, fill] : fills)
        if (box->isChecked()) table.fills.push_back(fill);
    return request;
}

QString StudyForm::fault() const {
    if (corpus().isEmpty()) return tr("Choose a corpus first.");
    if (!QFileInfo(corpus()).isDir()) return tr("The corpus %1 is not there any more.").arg(corpus());
    const StudyRequest wish = request();
    if (wish.table.models.empty()) return tr("Tick at least one model.");
    if (wish.table.conditions.empty()) return tr("Tick at least one condition.");
    const bool missing = m_noFace->isChecked() || m_noSpeech->isChecked();
    if (missing && wish.table.fills.empty()) return tr("Tick what stands in for a missing modality.");
    return {};
}

StudyTableModel::Shown StudyForm::shown() const {
    return {m_change->isChecked(), m_deviation->isChecked(), m_published->isChecked() && !m_narrow};
}

void StudyForm::setNarrow(bool narrow) {
    if (narrow == m_narrow) return;
    m_narrow = narrow;
    m_published->setEnabled(!narrow);
    m_published->setToolTip(narrow ? tr("The window is too narrow for this column; the tooltip of a number names it")
                                   : publishedHelp());
    emit shownChanged();
}

void StudyForm::setLocked(bool locked) {
    for (QWidget* widget : m_lockable) widget->setEnabled(!locked);
}

} // namespace emc
