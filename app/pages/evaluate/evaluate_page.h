#pragma once
// Workspace Evaluate: score models over a corpus, watch the table fill, and go down from a number to the clip, its
// reactions and their faces.
#include <QJsonObject>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

#include "app/jobs/job_runner.h"
#include "app/pages/evaluate/clips_tab.h"
#include "core/api/backend.h"
#include "core/api/study_service.h"

class QLabel;
class QProgressBar;
class QStackedWidget;
class QTabBar;

namespace emc {

class Button;
class MessageArea;
class OcclusionTab;
class RobustnessTab;
class StudyForm;
class StudyTableModel;
class StudyTableView;

class EvaluatePage : public QWidget {
    Q_OBJECT
public:
    // `runsFolder`: whose runs can be scored; `studiesFolder`: where studies go that name no folder of their own.
    EvaluatePage(Backend& backend, JobRunner& jobs, MessageArea& messages, const QString& runsFolder,
                 const QString& studiesFolder, QWidget* parent = nullptr);
    ~EvaluatePage() override;

    void setRunsFolder(const QString& folder);
    void setCorpus(const QString& folder);
    void start();                        // as the button does
    void chooseTab(const QString& name); // "table", "robustness", "occlusion", "clips"
    bool settled() const;                // nothing is being read or computed
    const StudyTable& table() const;
    StudyForm& form() { return *m_form; }
    StudyTableView& view() { return *m_view; }
    ClipsTab& clipsTab() { return *m_clips; }
    RobustnessTab& robustnessTab() { return *m_robustness; }
    OcclusionTab& occlusionTab() { return *m_occlusion; }
    // Writes the table: .md, .tex, .csv, .json by the core, .svg, .png, .pdf as it looks here. Throws Error.
    void writeTable(const QString& path);
    QJsonObject layoutState() const;
    void restoreLayout(const QJsonObject& state);

signals:
    void exploreRequested(const emc::ExploreWish& wish);

public slots:
    void refreshRuns();

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildLeft();
    QWidget* buildTable();
    void wire();
    void readStored();
    void read(const StudyRequest& request);
    void adoptJob();
    JobId submitHeavy(const QString& name, const QString& kind, std::function<void(JobContext&)> work);
    void startRobustness();
    void startOcclusion();
    void onJob(JobId id);
    void onEnded(JobId id, JobState state);
    void showTable(const StudyTable& table);
    void showWords(int row, int metric);
    void refreshButtons();
    void refreshEmpty();
    void openPlace(const StudyPlace& place);
    void readClips(const StudyPlace& place);
    void readDetail(int clip, int run);
    void exportTable();
    void exportFigure(const QString& name, const std::function<std::string(FigureFormat)>& text, bool json);
    void say(const QString& problem, const QString& details = {});
    const MetricColumn* columnOf(const std::string& metric) const;
    int decimalsOf(const std::string& metric) const;
    bool running() const;

    Backend& m_backend;
    StudyService& m_studies;
    JobRunner& m_jobs;
    MessageArea& m_messages;
    QString m_runsFolder;
    StudyForm* m_form = nullptr;
    StudyTableModel* m_model;
    StudyTableView* m_view = nullptr;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_stack = nullptr;
    ClipsTab* m_clips = nullptr;
    RobustnessTab* m_robustness = nullptr;
    OcclusionTab* m_occlusion = nullptr;
    QWidget *m_left = nullptr, *m_tablePanel = nullptr, *m_wordsPanel = nullptr, *m_emptyBox = nullptr;
    QLabel *m_tableNote = nullptr, *m_legend = nullptr, *m_empty = nullptr, *m_words = nullptr, *m_synthetic = nullptr,
           *m_notes = nullptr, *m_progressText = nullptr;
    Button *m_start = nullptr, *m_pause = nullptr, *m_cancel = nullptr, *m_copy = nullptr, *m_export = nullptr,
           *m_choose = nullptr;
    QProgressBar* m_progress = nullptr;

    StudyRequest m_request;            // of what the table shows
    std::optional<StudyPlace> m_place; // of the clips
    QTimer m_change, m_follow;
    JobId m_job = 0, m_readJob = 0, m_clipsJob = 0, m_detailJob = 0, m_runsJob = 0;
    bool m_runsRead = false, m_stale = true; // stale: the table has to be read again
    QString m_runsAsked;                     // the folder that is being read
};

} // namespace emc
