#include "app/pages/train/train_page.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QTableView>

#include <algorithm>

#include "app/pages/train/group_form.h"
#include "app/pages/train/train_curves.h"
#include "widgets/common/controls.h"
#include "widgets/common/message_bar.h"
#include "widgets/item_models/queue_model.h"
#include "widgets/item_models/runs_model.h"
#include "widgets/options/options_form.h"

namespace emc {

namespace {

const QString kKind = QStringLiteral("train"); // of this page's jobs

QueueState queueState(JobState state) {
    switch (state) {
    case JobState::Running: return QueueState::Running;
    case JobState::Paused: return QueueState::Paused;
    case JobState::Finishing: return QueueState::Finishing;
    case JobState::Cancelling: return QueueState::Cancelling;
    case JobState::Done: return QueueState::Done;
    case JobState::Failed: return QueueState::Failed;
    case JobState::Cancelled: return QueueState::Cancelled;
    case JobState::Idle:
    case JobState::Queued: break;
    }
    return QueueState::Queued;
}

} // namespace

TrainPage::TrainPage(Backend& backend, JobRunner& jobs, MessageArea& messages, const QString& runsFolder,
                     QWidget* parent)
    : QWidget(parent), m_backend(backend), m_jobs(jobs), m_messages(messages), m_runsFolder(runsFolder),
      m_queue(new QueueModel(this)), m_runs(new RunsModel(this)), m_runFilter(new QSortFilterProxyModel(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_left = buildForm();
    row->addWidget(m_left);
    row->addWidget(makeLine(Qt::Vertical, this));
    auto* right = new QVBoxLayout;
    right->setContentsMargins(8, 8, 8, 8);
    right->setSpacing(8);
    m_queuePanel = buildQueue();
    m_curves = new TrainCurves(this);
    connect(m_curves, &TrainCurves::quantityChosen, this, &TrainPage::refreshCurves);
    right->addWidget(m_queuePanel, 3);
    right->addWidget(m_curves, 4);
    right->addWidget(buildLibrary(), 5);
    row->addLayout(right, 1);

    connect(&m_jobs, &JobRunner::changed, this, &TrainPage::onJob);
    connect(&m_jobs, &JobRunner::trainEvent, this, [this](JobId id, const TrainEvent& event) {
        if (!m_slots.contains(id)) return;
        if (event.kind == "member") m_live[id] = {}; // the next run of a group begins at its first step
        else m_live[id].add(event);
        if (!m_redraw.isActive()) m_redraw.start();
    });
    connect(&m_jobs, &JobRunner::ended, this, [this](JobId id, JobState state) {
        if (id == m_readJob && state != JobState::Done) m_reading = false, m_runsRead = true;
        if (!m_slots.contains(id)) return;
        refreshRuns();
        const JobInfo* info = m_jobs.find(id);
        if (state == JobState::Failed && info)
            m_messages.show(
                {Severity::Error, tr("%1 failed: %2").arg(info->spec.name, info->problem), info->details, {}, {}, {}});
        if (state == JobState::Done && info)
            m_messages.show({Severity::Ok, tr("%1 is finished.").arg(info->spec.name), {}, {}, {}, {}});
    });
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(100);
    connect(&m_redraw, &QTimer::timeout, this, &TrainPage::refreshCurves);
    m_poll.setInterval(3000); // runs started from a terminal or a cluster appear by themselves
    connect(&m_poll, &QTimer::timeout, this, [this] {
        if (isVisible()) refreshRuns();
    });
    m_poll.start();
    connect(m_runs, &RunsModel::checkedChanged, this, [this] {
        for (const RunInfo& run : m_runs->checkedRuns()) {
            const QString folder = QString::fromStdString(run.folder.string());
            if (!m_read.contains(folder)) m_read.insert(folder, readRunLog(run.folder));
        }
        refreshCurves();
    });
    adoptJobs();
    refreshButtons();
    refreshRuns();
    refreshCurves();
}

TrainPage::~TrainPage() = default;

void TrainPage::setRunsFolder(const QString& folder) {
    m_runsFolder = folder;
    refreshRuns();
}

bool TrainPage::settled() const {
    return m_runsRead;
}

void TrainPage::start() {
    const TrainOptions options = named(m_form->options<TrainOptions>());
    const std::vector<OptionFault> faults = options.check();
    m_form->setFaults(faults);
    if (!faults.empty()) {
        const OptionFault& first = faults.front();
        m_messages.show(
            {Severity::Error,
             tr("The run cannot start: %1 %2").arg(m_form->label(first.key), QString::fromStdString(first.problem)),
             {},
             tr("Show the option"),
             [this, key = first.key] { m_form->focusOption(key); },
             QStringLiteral("train")});
        return;
    }
    m_messages.clear(QStringLiteral("train"));
    if (!m_group->isOn()) {
        startRun(options);
        return;
    }
    if (const QString fault = m_group->fault(); !fault.isEmpty()) {
        m_messages.show({Severity::Error, fault, {}, {}, {}, QStringLiteral("train")});
        return;
    }
    TrainGroup group;
    group.base = options;
    group.models = m_group->models(), group.seeds = m_group->seeds();
    group.folder = m_form->options<TrainOptions>().run;
    startGroup(group);
}

TrainOptions TrainPage::named(TrainOptions options) const {
    if (!options.run.empty()) return options;
    options.run = newFolder(QStringLiteral("%1-seed%2").arg(QString::fromStdString(options.model)).arg(options.seed))
                      .toStdString();
    return options;
}

QString TrainPage::newFolder(const QString& words) const {
    const QString wanted = QDir(m_runsFolder)
                               .filePath(QStringLiteral("%1-%2").arg(
                                   words, QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss"))));
    const std::vector<JobInfo> jobs = m_jobs.list(); // one that waits has no folder yet
    const auto taken = [&](const QString& path) {
        return QFileInfo::exists(path) || std::any_of(jobs.begin(), jobs.end(), [&](const JobInfo& job) {
                   return job.spec.kind == kKind && job.spec.place == path;
               });
    };
    QString path = wanted;
    for (int i = 2; taken(path); ++i) path = QStringLiteral("%1-%2").arg(wanted).arg(i);
    return path;
}

JobId TrainPage::startRun(const TrainOptions& given) {
    const TrainOptions options = named(given);
    return submit(options.run, options.device,
                  [&backend = m_backend, options](JobContext& job) { backend.train(options, job); });
}

JobId TrainPage::startGroup(const TrainGroup& given) {
    TrainGroup group = given;
    if (group.folder.empty())
        group.folder =
            newFolder(QStringLiteral("group-%1").arg(QDir(QString::fromStdString(group.base.corpus)).dirName()))
                .toStdString();
    return submit(group.folder.string(), group.base.device,
                  [&backend = m_backend, group](JobContext& job) { backend.trainGroup(group, job); });
}

JobId TrainPage::submit(const std::string& folder, const std::string& device, std::function<void(JobContext&)> work) {
    JobSpec spec{QString::fromStdString(std::filesystem::path(folder).filename().string()), JobLane::Heavy, true, false,
                 QString::fromStdString(device).toUpper()};
    spec.kind = kKind, spec.place = QString::fromStdString(folder);
    const JobId id = m_jobs.submit(spec, std::move(work));
    m_slots.insert(id, static_cast<int>(m_slots.size()) % 6 + 1);
    onJob(id);
    m_queueTable->selectRow(m_queue->rowCount() - 1);
    return id;
}

void TrainPage::adoptJobs() {
    for (const JobInfo& job : m_jobs.list()) {
        if (job.spec.kind != kKind || m_slots.contains(job.id)) continue;
        m_slots.insert(job.id, static_cast<int>(m_slots.size()) % 6 + 1);
        m_live.insert(job.id, readRunLog(job.spec.place.toStdString()));
        onJob(job.id);
    }
}

void TrainPage::onJob(JobId id) {
    if (!m_slots.contains(id)) return;
    const JobInfo* info = m_jobs.find(id);
    if (!info) {
        m_queue->remove(id);
    } else {
        QueueRow row;
        row.id = id, row.state = queueState(info->state), row.slot = m_slots.value(id);
        row.name = info->spec.name, row.done = info->done, row.total = info->total;
        row.detail = info->total > 0
                         ? QStringLiteral("%1 / %2").arg(locale().toString(static_cast<qlonglong>(info->done)),
                                                         locale().toString(static_cast<qlonglong>(info->total)))
                         : info->text;
        row.secondsLeft = info->secondsLeft, row.device = info->spec.device, row.error = info->problem;
        m_queue->put(row);
    }
    refreshButtons();
    emit statusChanged();
}

JobId TrainPage::selectedJob() const {
    const QModelIndex index = m_queueTable->currentIndex();
    const QueueRow* row = index.isValid() ? m_queue->row(index) : nullptr;
    return row ? row->id : 0;
}

void TrainPage::refreshButtons() {
    const JobInfo* info = m_jobs.find(selectedJob());
    const auto can = [info](JobAction action) { return info && allowed(info->state, action); };
    const bool paused = can(JobAction::Resume);
    m_pause->setText(paused ? tr("Resume") : tr("Pause"));
    m_pause->setIconName(paused ? QStringLiteral("play") : QStringLiteral("pause"));
    m_pause->setEnabled(paused || can(JobAction::Pause));
    m_finish->setEnabled(can(JobAction::FinishEarly));
    m_cancel->setEnabled(can(JobAction::Cancel));
    m_copyError->setVisible(info && info->state == JobState::Failed);
    const int rows = m_queue->rowCount();
    m_queueEmpty->setVisible(rows == 0);
    m_queueTable->setVisible(rows > 0);
    m_queuePanel->setMaximumHeight(rows > 0 ? QWIDGETSIZE_MAX : 96);
    int running = 0, waiting = 0, ended = 0;
    for (const JobInfo& job : m_jobs.list()) {
        if (!m_slots.contains(job.id)) continue;
        running += isLive(job.state), waiting += job.state == JobState::Queued, ended += isFinal(job.state);
    }
    m_clear->setEnabled(ended > 0);
    m_queueNote->setText(rows ? tr("%1 running, %2 waiting, %3 ended").arg(running).arg(waiting).arg(ended)
                              : QString());
}

std::vector<ShownRun> TrainPage::shownRuns() {
    std::vector<ShownRun> shown;
    for (auto it = m_live.begin(); it != m_live.end(); ++it) {
        const JobInfo* info = m_jobs.find(it.key());
        if (info) shown.push_back({info->spec.name, m_slots.value(it.key()), &it.value(), isLive(info->state)});
    }
    std::sort(shown.begin(), shown.end(), [](const ShownRun& a, const ShownRun& b) { return a.slot < b.slot; });
    int slot = static_cast<int>(shown.size());
    std::vector<RunInfo> wanted = m_runs->checkedRuns();
    if (wanted.empty() && shown.empty() &&
        m_runs->rowCount() > 0) { // nothing chosen: the newest run, so that the plots say something
        if (const RunInfo* newest = m_runs->run(m_runs->index(0, 0))) wanted.push_back(*newest);
    }
    for (const RunInfo& run : wanted) {
        const QString folder = QString::fromStdString(run.folder.string());
        if (!m_read.contains(folder)) m_read.insert(folder, readRunLog(run.folder));
        shown.push_back({QString::fromStdString(run.name), slot++ % 6 + 1, &m_read[folder], false});
    }
    if (shown.size() > 6) shown.resize(6);
    return shown;
}

void TrainPage::refreshCurves() {
    m_curves->setRuns(shownRuns());
}

void TrainPage::refreshRuns() {
    if (m_reading) return;
    m_reading = true;
    m_readJob = m_jobs.submit<std::vector<RunInfo>>(
        {tr("Read the runs"), JobLane::Light, false, true, {}},
        [&backend = m_backend, folder = m_runsFolder](JobContext&) { return backend.runs(folder.toStdString()); }, this,
        [this](std::vector<RunInfo> runs) {
            m_reading = false;
            m_runsRead = true;
            for (const RunInfo& run : runs)
                if (run.state == "running") m_read.remove(QString::fromStdString(run.folder.string()));
            m_runs->setRuns(runs);
            m_runsEmpty->setVisible(runs.empty());
            m_runTable->setVisible(!runs.empty());
            m_runNote->setText(runs.empty() ? tr("none yet") : tr("%n run(s)", nullptr, static_cast<int>(runs.size())));
            refreshCurves();
        });
}

void TrainPage::compareNewest(int count) {
    for (int row = 0; row < std::min(count, m_runs->rowCount()); ++row)
        m_runs->setData(m_runs->index(row, RunsModel::Name), Qt::Checked, Qt::CheckStateRole);
}

void TrainPage::resumeSelected() {
    const QModelIndex index = m_runFilter->mapToSource(m_runTable->currentIndex());
    const RunInfo* run = index.isValid() ? m_runs->run(index) : nullptr;
    if (!run) return;
    try {
        if (ofGroup(*run)) {
            startGroup(m_backend.openGroup(run->folder.parent_path()));
            return;
        }
        TrainOptions options = readTrainOptions(run->folder / "config.toml");
        options.run = run->folder.string();
        m_form->setOptions(options, TrainOptions{});
        dressForm();
        startRun(options);
    } catch (...) {
        const Failure failure = Failure::current();
        m_messages.show({Severity::Error, failure.problem, failure.details, {}, {}, QStringLiteral("train")});
    }
}

} // namespace emc
