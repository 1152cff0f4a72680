// TrainPage, second part: how it is laid out.
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QResizeEvent>
#include <QSortFilterProxyModel>
#include <QTableView>

#include "app/pages/train/group_form.h"
#include "app/pages/train/train_curves.h"
#include "app/pages/train/train_page.h"
#include "widgets/common/controls.h"
#include "widgets/common/icons.h"
#include "widgets/item_models/delegates.h"
#include "widgets/item_models/queue_model.h"
#include "widgets/item_models/runs_model.h"
#include "widgets/options/options_form.h"

namespace emc {

namespace {

void styleTable(QTableView* table) {
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(metrics::kListRow);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setFont(Theme::of(table).font(12));
    table->setWordWrap(false);
}

} // namespace

void TrainPage::dressForm() {
    QStringList shown, names;
    for (const ModelInfo& info : m_backend.models()) {
        if (info.condition == "baseline") continue;
        shown.append(QString::fromStdString(info.label));
        names.append(QString::fromStdString(info.name));
    }
    if (!names.isEmpty()) m_form->setChoices("model.name", shown, names);
    m_group->setModels(shown, names);
    const std::pair<const char*, QString> folders[] = {{"data.corpus", tr("Choose a corpus")},
                                                       {"run.folder", tr("Choose a folder for the run")}};
    for (const auto& [key, words] : folders) {
        auto* edit = qobject_cast<QLineEdit*>(m_form->editor(key));
        if (!edit) continue;
        QAction* choose = edit->addAction(icon(QStringLiteral("folder"), Theme::of(this), Theme::of(this).muted),
                                          QLineEdit::TrailingPosition);
        choose->setToolTip(words);
        choose->setText(words);
        connect(choose, &QAction::triggered, this, [this, edit, key = std::string(key), words] {
            const QString folder = QFileDialog::getExistingDirectory(this, words, edit->text());
            if (!folder.isEmpty()) m_form->setValueText(key, folder);
        });
    }
    if (auto* run = qobject_cast<QLineEdit*>(m_form->editor("run.folder"))) run->setPlaceholderText(tr("a new one"));
}

QWidget* TrainPage::buildForm() {
    auto* left = new QWidget(this);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 8, 4);
    head->addWidget(makeLabel(tr("New run"), "title", left));
    head->addStretch(1);
    auto* reset = new IconButton(QStringLiteral("reset"), tr("All options back to their defaults"), left);
    head->addWidget(reset);
    column->addLayout(head);
    m_form = new OptionsForm(left);
    m_group = new GroupForm(left);
    m_form->setOptions(TrainOptions{}, TrainOptions{});
    dressForm();
    m_form->setSearchVisible(true);
    m_form->setHelpVisible(true);
    column->addWidget(m_form, 1);
    connect(reset, &QToolButton::clicked, m_form, &OptionsForm::resetAll);
    column->addWidget(makeLine(Qt::Horizontal, left));
    column->addWidget(m_group);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(12, 8, 12, 8);
    foot->setSpacing(8);
    m_start = new Button(tr("Start run"), left, QStringLiteral("play"));
    m_start->with("primary");
    connect(m_start, &QPushButton::clicked, this, &TrainPage::start);
    connect(m_group, &GroupForm::toggled, this, [this](bool on) {
        if (on) m_group->suggest(m_form->valueText("model.name"));
        m_start->setText(on ? tr("Start group") : tr("Start run"));
    });
    m_device = makeLabel(tr("runs queue one after another"), "caption", left);
    foot->addWidget(m_start);
    foot->addWidget(m_device, 1);
    column->addLayout(foot);
    left->setFixedWidth(400);
    return left;
}

QWidget* TrainPage::buildQueue() {
    auto* panel = makePanel(this);
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    QHBoxLayout* head = addPanelHeader(column, panel, tr("Queue"), m_queueNote);
    m_pause = new Button(tr("Pause"), panel, QStringLiteral("pause"));
    m_finish = new Button(tr("Finish and keep"), panel, QStringLiteral("finish"));
    m_finish->setToolTip(tr("Ends after this step and keeps the checkpoint"));
    m_cancel = new Button(tr("Cancel"), panel, QStringLiteral("cross"));
    m_cancel->with("danger");
    m_copyError = new Button(tr("Copy error"), panel, QStringLiteral("copy"));
    m_clear = new Button(tr("Clear ended"), panel);
    for (Button* button : {m_copyError, m_pause, m_finish, m_cancel, m_clear}) head->addWidget(button);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (!m_jobs.resume(selectedJob())) m_jobs.pause(selectedJob());
    });
    connect(m_finish, &QPushButton::clicked, this, [this] { m_jobs.finishEarly(selectedJob()); });
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_jobs.cancel(selectedJob()); });
    connect(m_copyError, &QPushButton::clicked, this, [this] {
        if (const JobInfo* info = m_jobs.find(selectedJob())) QApplication::clipboard()->setText(info->details);
    });
    connect(m_clear, &QPushButton::clicked, this, [this] {
        for (const JobInfo& info : m_jobs.list())
            if (m_slots.contains(info.id) && isFinal(info.state)) m_jobs.forget(info.id);
    });
    m_queueTable = new QTableView(panel);
    styleTable(m_queueTable);
    m_queueTable->setModel(m_queue);
    m_queueTable->setAccessibleName(tr("Queue of runs"));
    m_queueTable->setItemDelegateForColumn(QueueModel::Progress, new ProgressDelegate(m_queueTable));
    QHeaderView* header = m_queueTable->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(QueueModel::Name, QHeaderView::Stretch);
    m_queueTable->setColumnWidth(QueueModel::State, 110);
    m_queueTable->setColumnWidth(QueueModel::Progress, 190);
    m_queueTable->setColumnWidth(QueueModel::Detail, 120);
    m_queueTable->setColumnWidth(QueueModel::TimeLeft, 90);
    m_queueTable->setColumnWidth(QueueModel::Device, 70);
    connect(m_queueTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this] { refreshButtons(); });
    column->addWidget(m_queueTable, 1);
    m_queueEmpty = makeLabel(tr("No run is waiting. Set the options on the left and start one."), "muted", panel);
    m_queueEmpty->setAlignment(Qt::AlignCenter);
    column->addWidget(m_queueEmpty, 1);
    return panel;
}

QWidget* TrainPage::buildLibrary() {
    auto* panel = makePanel(this);
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    QHBoxLayout* head = addPanelHeader(column, panel, tr("Run library"), m_runNote);
    auto* search = new QLineEdit(panel);
    search->setPlaceholderText(tr("Search runs"));
    search->setAccessibleName(tr("Search runs"));
    search->setClearButtonEnabled(true);
    search->setFixedWidth(200);
    search->addAction(icon(QStringLiteral("search"), Theme::of(this), Theme::of(this).muted),
                      QLineEdit::LeadingPosition);
    head->addWidget(search);
    m_resume = new Button(tr("Resume"), panel, QStringLiteral("play"));
    m_resume->setToolTip(tr("Continues an interrupted run, or the whole group it belongs to, exactly where it was"));
    m_resume->setEnabled(false);
    auto* folder = new IconButton(QStringLiteral("folder"), tr("Show the runs of another folder"), panel);
    connect(folder, &QToolButton::clicked, this, [this] {
        const QString chosen = QFileDialog::getExistingDirectory(this, tr("Folder of runs"), m_runsFolder);
        if (chosen.isEmpty()) return;
        setRunsFolder(chosen);
        emit runsFolderChosen(chosen);
    });
    head->addWidget(folder);
    head->addWidget(m_resume);
    connect(m_resume, &QPushButton::clicked, this, &TrainPage::resumeSelected);
    m_runFilter->setSourceModel(m_runs);
    m_runFilter->setFilterRole(RunsModel::SearchRole);
    m_runFilter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_runFilter->setSortRole(RunsModel::SortRole);
    m_runTable = new QTableView(panel);
    styleTable(m_runTable);
    m_runTable->setModel(m_runFilter);
    m_runTable->setSortingEnabled(true);
    m_runTable->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_runTable->setAccessibleName(tr("Run library"));
    QHeaderView* header = m_runTable->horizontalHeader();
    header->setSectionResizeMode(RunsModel::Name, QHeaderView::Stretch);
    m_runTable->setColumnWidth(RunsModel::Model, 170);
    m_runTable->setColumnWidth(RunsModel::State, 110);
    m_runTable->setColumnWidth(RunsModel::Steps, 120);
    m_runTable->setColumnWidth(RunsModel::Validation, 130);
    m_runTable->setColumnHidden(RunsModel::Folder, true);
    connect(search, &QLineEdit::textChanged, m_runFilter, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_runTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) {
                const RunInfo* run = m_runs->run(m_runFilter->mapToSource(index));
                m_resume->setEnabled(run && (ofGroup(*run) || run->state == "interrupted" || run->state == "failed"));
            });
    column->addWidget(m_runTable, 1);
    m_runsEmpty =
        makeLabel(tr("Runs appear here as soon as one is started, in this window or in a terminal."), "muted", panel);
    m_runsEmpty->setAlignment(Qt::AlignCenter);
    m_runsEmpty->setWordWrap(true);
    column->addWidget(m_runsEmpty, 1);
    return panel;
}

void TrainPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_left->setFixedWidth(width() < 1400 ? 384 : 400);
    m_curves->setNarrow(width() < 1300);
}

QJsonObject TrainPage::layoutState() const {
    const auto columns = [](const QTableView* table) {
        return QString::fromLatin1(table->horizontalHeader()->saveState().toBase64());
    };
    QJsonObject state = m_curves->state();
    state.insert(QStringLiteral("queue"), columns(m_queueTable));
    state.insert(QStringLiteral("runs"), columns(m_runTable));
    state.insert(QStringLiteral("group"), m_group->state());
    return state;
}

void TrainPage::restoreLayout(const QJsonObject& state) {
    if (state.isEmpty()) return;
    const auto columns = [&](QTableView* table, const char* key) {
        table->horizontalHeader()->restoreState(
            QByteArray::fromBase64(state.value(QLatin1String(key)).toString().toLatin1()));
    };
    m_group->setState(state.value(QStringLiteral("group")).toObject());
    columns(m_queueTable, "queue");
    columns(m_runTable, "runs");
    m_runTable->setColumnHidden(RunsModel::Folder, true); // a wish from a file must not show what has no heading
    m_curves->restore(state);
}

} // namespace emc
