#pragma once
// Workspace Train: describe a run, start it, watch it, stop it in two ways, find earlier ones.
#include <QHash>
#include <QJsonObject>
#include <QTimer>
#include <QWidget>

#include <functional>

#include "app/jobs/job_runner.h"
#include "app/pages/train/run_curves.h"
#include "core/api/backend.h"

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace emc {

class Button;
class GroupForm;
class MessageArea;
class OptionsForm;
class QueueModel;
class RunsModel;
class TrainCurves;
struct ShownRun;

class TrainPage : public QWidget {
    Q_OBJECT
public:
    // runsFolder: where new runs go and which ones are listed.
    TrainPage(Backend& backend, JobRunner& jobs, MessageArea& messages, const QString& runsFolder,
              QWidget* parent = nullptr);
    ~TrainPage() override;

    void setRunsFolder(const QString& folder);
    bool settled() const;                        // the list of runs has been read
    JobId startRun(const TrainOptions& options); // as the button does; also used to resume
    JobId startGroup(const TrainGroup& group);   // its folder may be left out
    GroupForm& groupForm() { return *m_group; }
    void compareNewest(int count);   // ticks the first runs of the library
    QJsonObject layoutState() const; // columns, smoothing, scale
    void restoreLayout(const QJsonObject& state);

signals:
    void statusChanged();
    void runsFolderChosen(const QString& folder);

public slots:
    void refreshRuns();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildForm();
    QWidget* buildQueue();
    QWidget* buildLibrary();
    void start();
    void onJob(JobId id);
    void refreshButtons();
    void refreshCurves();
    void resumeSelected();
    static bool ofGroup(const RunInfo& run) { return run.name.find('/') != std::string::npos; } // as listed
    void dressForm(); // what setOptions() of the form takes away
    void adoptJobs(); // that a page before this one started
    JobId submit(const std::string& folder, const std::string& device, std::function<void(JobContext&)> work);
    QString newFolder(const QString& words) const;
    TrainOptions named(TrainOptions options) const; // with a run folder of its own where none is given
    JobId selectedJob() const;
    std::vector<ShownRun> shownRuns();

    Backend& m_backend;
    JobRunner& m_jobs;
    MessageArea& m_messages;
    QString m_runsFolder;
    OptionsForm* m_form = nullptr;
    QueueModel* m_queue;
    RunsModel* m_runs;
    QSortFilterProxyModel* m_runFilter;
    QTableView *m_queueTable = nullptr, *m_runTable = nullptr;
    TrainCurves* m_curves = nullptr;
    QLabel *m_queueNote = nullptr, *m_queueEmpty = nullptr, *m_runNote = nullptr, *m_runsEmpty = nullptr,
           *m_device = nullptr;
    Button *m_start = nullptr, *m_pause = nullptr, *m_finish = nullptr, *m_cancel = nullptr, *m_copyError = nullptr,
           *m_resume = nullptr, *m_clear = nullptr;
    QHash<JobId, RunCurves> m_live;
    QHash<JobId, int> m_slots;
    QHash<QString, RunCurves> m_read; // by run folder
    QTimer m_poll, m_redraw;
    QWidget *m_left = nullptr, *m_queuePanel = nullptr;
    JobId m_readJob = 0;
    bool m_runsRead = false, m_reading = false;
    GroupForm* m_group = nullptr;
};

} // namespace emc
