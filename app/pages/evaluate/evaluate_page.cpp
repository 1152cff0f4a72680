#include "app/pages/evaluate/evaluate_page.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLabel>
#include <QPointer>
#include <QProgressBar>
#include <QStackedWidget>
#include <QTabBar>

#include "app/pages/evaluate/occlusion_tab.h"
#include "app/pages/evaluate/robustness_tab.h"
#include "app/pages/evaluate/study_form.h"
#include "widgets/common/controls.h"
#include "widgets/common/message_bar.h"
#include "widgets/item_models/queue_model.h"
#include "widgets/study/study_table_view.h"
#include "widgets/study/study_words.h"
#include "widgets/study/value_list.h"

namespace emc {

namespace {

const QString kTable = QStringLiteral("study"), kMessages = QStringLiteral("evaluate");
const char* const kTabs[] = {"table", "robustness", "occlusion", "clips"};

} // namespace

EvaluatePage::~EvaluatePage() = default;

void EvaluatePage::wire() {
    m_change.setSingleShot(true);
    m_change.setInterval(250); // a spin box that is being turned
    connect(&m_change, &QTimer::timeout, this, &EvaluatePage::readStored);
    connect(m_form, &StudyForm::changed, this, [this] {
        m_stale = true;
        refreshButtons();
        m_change.start();
    });
    connect(m_form, &StudyForm::shownChanged, this, [this] { m_model->setShown(m_form->shown()); });
    connect(&m_jobs, &JobRunner::changed, this, &EvaluatePage::onJob);
    connect(&m_jobs, &JobRunner::ended, this, &EvaluatePage::onEnded);
    // A job that an earlier page started (another language since) tells that page: its rows are read from the disk.
    m_follow.setInterval(3000);
    connect(&m_follow, &QTimer::timeout, this, [this] {
        if (running() && !m_readJob) read(m_request);
    });
    connect(m_view, &StudyTableView::placeChosen, this, &EvaluatePage::openPlace);
    connect(m_view, &StudyTableView::cellSelected, this, &EvaluatePage::showWords);
    connect(m_clips, &ClipsTab::detailWanted, this, &EvaluatePage::readDetail);
    connect(m_clips, &ClipsTab::exploreRequested, this, &EvaluatePage::exploreRequested);
    connect(m_robustness, &RobustnessTab::startRequested, this, &EvaluatePage::startRobustness);
    connect(m_occlusion, &OcclusionTab::startRequested, this, &EvaluatePage::startOcclusion);
    StudyService* studies = &m_studies;
    connect(m_robustness, &RobustnessTab::exportRequested, this, [this, studies] {
        exportFigure(
            tr("robustness"), [this, studies](FigureFormat f) { return studies->text(m_robustness->result(), f); },
            true);
    });
    connect(m_occlusion, &OcclusionTab::exportRequested, this, [this, studies] {
        exportFigure(
            tr("occlusion"), [this, studies](FigureFormat f) { return studies->text(m_occlusion->result(), f); },
            false);
    });
    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_start, &QPushButton::clicked, this, &EvaluatePage::start);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (!m_jobs.resume(m_job)) m_jobs.pause(m_job);
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_jobs.cancel(m_job); });
}

void EvaluatePage::setRunsFolder(const QString& folder) {
    m_runsFolder = folder;
    refreshRuns();
}

void EvaluatePage::setCorpus(const QString& folder) {
    m_form->setCorpus(folder);
}

void EvaluatePage::refreshRuns() {
    if (m_runsJob) return;
    m_runsAsked = m_runsFolder;
    using Found = std::pair<std::vector<ModelInfo>, std::vector<RunInfo>>;
    m_runsJob = m_jobs.submit<Found>(
        {tr("Read the runs"), JobLane::Light, false, true, {}},
        [&backend = m_backend, folder = m_runsFolder](JobContext&) {
            return Found{backend.models(), backend.runs(folder.toStdString())};
        },
        this,
        [this](Found found) {
            m_form->setModels(found.first, found.second);
            m_stale = true;
            m_change.start();
        });
}

bool EvaluatePage::running() const {
    const JobInfo* info = m_jobs.find(m_job);
    return info && !isFinal(info->state);
}

bool EvaluatePage::settled() const {
    return m_runsRead && !running() && !m_readJob && !m_clipsJob && !m_detailJob && !m_change.isActive() && !m_stale;
}

const StudyTable& EvaluatePage::table() const {
    return m_model->table();
}

void EvaluatePage::readStored() {
    refreshEmpty();
    refreshButtons();
    if (!isVisible()) return; // a corpus is only opened for somebody who looks
    if (running()) return;    // its table is the one that is shown; read again when it ends
    m_stale = false;
    const StudyRequest request = m_form->request();
    if (!m_form->fault().isEmpty()) {
        m_model->setTable({});
        refreshEmpty();
        return;
    }
    m_request = request;
    if (m_readJob) m_jobs.cancel(m_readJob);
    read(request);
    refreshEmpty();
}

void EvaluatePage::read(const StudyRequest& request) {
    StudyService* studies = &m_studies;
    m_readJob = m_jobs.submit<StudyTable>(
        {tr("Read the study"), JobLane::Light, false, true, {}},
        [studies, request](JobContext& job) { return studies->stored(request, job); }, this,
        [this](StudyTable table) {
            if (!running() || m_follow.isActive()) showTable(table);
        });
}

JobId EvaluatePage::submitHeavy(const QString& name, const QString& kind, std::function<void(JobContext&)> work) {
    m_messages.clear(kMessages);
    JobSpec spec{name, JobLane::Heavy, false, false, QString::fromStdString(m_request.study.device).toUpper()};
    spec.kind = kind, spec.place = QString::fromStdString(m_request.study.folder.string());
    m_job = m_jobs.submit(spec, std::move(work));
    onJob(m_job);
    return m_job;
}

void EvaluatePage::start() {
    StudyService* studies = &m_studies;
    const QString fault = m_form->fault();
    if (!fault.isEmpty()) return say(fault);
    if (running()) return;
    m_request = m_form->request();
    chooseTab(QStringLiteral("table"));
    submitHeavy(tr("Study of %1").arg(QFileInfo(m_form->corpus()).fileName()), kTable,
                [studies, request = m_request, page = QPointer<EvaluatePage>(this)](JobContext& job) {
                    studies->table(request, job, [&page](const StudyTable& table) {
                        // The pointer is only looked into on the window's thread, where the page lives and dies.
                        QMetaObject::invokeMethod(
                            qApp,
                            [page, table] {
                                if (page && page->running()) page->showTable(table);
                            },
                            Qt::QueuedConnection);
                    });
                });
}

void EvaluatePage::startRobustness() {
    StudyService* studies = &m_studies;
    const QString fault = m_form->fault();
    if (!fault.isEmpty()) return say(fault);
    if (running()) return;
    m_request = m_form->request();
    auto result = std::make_shared<Robustness>();
    const JobId id =
        submitHeavy(tr("Robustness on %1").arg(QFileInfo(m_form->corpus()).fileName()), RobustnessTab::jobKind(),
                    [studies, request = m_request, curves = m_robustness->request(), result](JobContext& job) {
                        *result = studies->robustness(request, curves, job);
                    });
    connect(&m_jobs, &JobRunner::ended, m_robustness, [this, id, result](JobId ended, JobState state) {
        if (ended == id && state == JobState::Done) m_robustness->setResult(*result);
    });
}

void EvaluatePage::startOcclusion() {
    StudyService* studies = &m_studies;
    if (running()) return;
    m_request = m_form->request();
    auto result = std::make_shared<StudyOcclusion>();
    const JobId id =
        submitHeavy(tr("Occlusion of one clip"), OcclusionTab::jobKind(),
                    [studies, request = m_request, place = m_occlusion->place(), clip = m_occlusion->clip(),
                     options = m_occlusion->options(),
                     result](JobContext& job) { *result = studies->occlusion(request, place, clip, options, job); });
    connect(&m_jobs, &JobRunner::ended, m_occlusion, [this, id, result](JobId ended, JobState state) {
        if (ended == id && state == JobState::Done) m_occlusion->setResult(*result);
    });
}

// A page that is built anew (another language) finds the work that goes on.
void EvaluatePage::adoptJob() {
    for (const JobInfo& job : m_jobs.list()) {
        const bool own = job.spec.kind == kTable || job.spec.kind == RobustnessTab::jobKind() ||
                         job.spec.kind == OcclusionTab::jobKind();
        if (!own || isFinal(job.state)) continue;
        m_job = job.id;
        m_request = m_form->request();
        onJob(m_job);
        m_follow.start();
    }
}

void EvaluatePage::onJob(JobId id) {
    if (id != m_job) return;
    const JobInfo* info = m_jobs.find(id);
    if (!info || isFinal(info->state)) return;
    const double share = info->total > 0 ? info->done / info->total : 0;
    m_progress->setRange(0, 1000);
    m_progress->setValue(qRound(1000 * share));
    m_progress->setProperty("state", info->state == JobState::Paused ? QStringLiteral("paused") : QString());
    QString text;
    if (info->state == JobState::Queued) text = tr("waits for another job");
    else if (info->state == JobState::Paused) text = tr("paused at %1 %").arg(qRound(100 * share));
    else if (info->state == JobState::Cancelling) text = tr("stopping");
    else if (info->total > 0)
        text = info->secondsLeft >= 0
                   ? tr("%1 %, %2 left").arg(qRound(100 * share)).arg(timeLeftText(info->secondsLeft))
                   : tr("%1 %").arg(qRound(100 * share));
    else text = tr("reads the corpus");
    m_progressText->setText(text);
    m_progressText->setToolTip(info->text);
    refreshButtons();
}

void EvaluatePage::onEnded(JobId id, JobState state) {
    const JobInfo* info = m_jobs.find(id);
    const QString problem = info ? info->problem : QString(), details = info ? info->details : QString();
    if (id == m_runsJob) {
        m_runsJob = 0;
        m_runsRead = m_runsAsked == m_runsFolder;
        if (!m_runsRead) refreshRuns(); // another folder was chosen meanwhile
        if (state == JobState::Failed) say(problem, details);
    }
    if (id == m_readJob) {
        m_readJob = 0;
        if (state == JobState::Failed) {
            m_model->setTable({});
            m_empty->setText(problem);
            m_empty->setToolTip(details);
            m_view->hide(), m_emptyBox->show();
        } else refreshEmpty();
    }
    if (id == m_clipsJob) {
        m_clipsJob = 0;
        if (state == JobState::Failed) m_clips->setEmpty(problem);
    }
    if (id == m_detailJob) {
        m_detailJob = 0;
        if (state == JobState::Failed) m_clips->setDetailProblem(problem);
    }
    if (id == m_job) {
        m_follow.stop();
        if (state == JobState::Failed) say(tr("%1 failed: %2").arg(info->spec.name, problem), details);
        if (state == JobState::Done)
            m_messages.show({Severity::Ok, tr("%1 is finished.").arg(info->spec.name), {}, {}, {}, kMessages});
        if (state == JobState::Cancelled)
            m_messages.show({Severity::Info,
                             tr("%1 was stopped; what is stored stays, Start goes on from there.").arg(info->spec.name),
                             {},
                             {},
                             {},
                             kMessages});
        m_stale = true;
        m_change.start();
    }
    refreshButtons();
}

void EvaluatePage::readClips(const StudyPlace& place) {
    StudyService* studies = &m_studies;
    m_place = place;
    if (m_clipsJob) m_jobs.cancel(m_clipsJob);
    m_clips->setEmpty(tr("Reading the clips"));
    m_clipsJob = m_jobs.submit<StudyClips>(
        {tr("Read the clips"), JobLane::Light, false, true, {}},
        [studies, request = m_request, place](JobContext& job) { return studies->clips(request, place, job); }, this,
        [this, place](StudyClips clips) {
            const MetricColumn* column = columnOf(place.metric);
            QString row, reference = QString::fromStdString(clips.reference);
            for (const TableRow& one : table().rows) {
                if (one.label == place.label && one.condition == place.condition) row = StudyWords::rowName(one);
                if (clips.reference == one.label + " (" + one.conditionLabel + ")")
                    reference = StudyWords::rowName(one);
            }
            const bool up = !column || column->higherIsBetter;
            m_clips->setClips(
                clips,
                QStringLiteral("%1 %2 · %3")
                    .arg(QString::fromStdString(place.metric), up ? QStringLiteral("↑") : QStringLiteral("↓"), row),
                reference, up, decimalsOf(place.metric));
            m_occlusion->setClips(clips);
        });
}

void EvaluatePage::readDetail(int clip, int run) {
    StudyService* studies = &m_studies;
    if (!m_place || clip < 0) return;
    if (m_detailJob) m_jobs.cancel(m_detailJob);
    m_detailJob = m_jobs.submit<StudyClipDetail>(
        {tr("Read a clip"), JobLane::Light, false, true, {}},
        [studies, request = m_request, place = *m_place, clip, run](JobContext& job) {
            return studies->clip(request, place, clip, run, job);
        },
        this,
        [this, metric = m_place->metric](StudyClipDetail detail) {
            const MetricColumn* column = columnOf(metric);
            m_clips->setDetail(detail, QString::fromStdString(metric), !column || column->higherIsBetter,
                               decimalsOf(metric));
        });
}

void EvaluatePage::openPlace(const StudyPlace& place) {
    chooseTab(QStringLiteral("clips"));
    readClips(place);
}

void EvaluatePage::chooseTab(const QString& name) {
    for (int i = 0; i < m_tabs->count(); ++i)
        if (name == QLatin1String(kTabs[i])) m_tabs->setCurrentIndex(i);
}

void EvaluatePage::say(const QString& problem, const QString& details) {
    m_messages.show({Severity::Error, problem, details, {}, {}, kMessages});
}

QJsonObject EvaluatePage::layoutState() const {
    return {{QStringLiteral("form"), m_form->state()},
            {QStringLiteral("robustness"), m_robustness->state()},
            {QStringLiteral("occlusion"), m_occlusion->state()},
            {QStringLiteral("tab"), QLatin1String(kTabs[std::max(0, m_tabs->currentIndex())])}};
}

void EvaluatePage::restoreLayout(const QJsonObject& state) {
    if (state.isEmpty()) return;
    m_form->setState(state.value(QStringLiteral("form")).toObject());
    m_robustness->setState(state.value(QStringLiteral("robustness")).toObject());
    m_occlusion->setState(state.value(QStringLiteral("occlusion")).toObject());
    chooseTab(state.value(QStringLiteral("tab")).toString());
}

} // namespace emc
