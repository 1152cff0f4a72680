#pragma once
// The window: wires pages, session, jobs and messages. What depends on what can be read here.
#include <QMainWindow>

#include <vector>

#include "app/jobs/job_runner.h"
#include "app/pages/explore/face_canvas.h"
#include "app/session/session_document.h"
#include "app/settings/settings.h"
#include "core/api/backend.h"
#include "widgets/common/theme.h"

class QMenu;
class QStackedWidget;

namespace emc {

class DoctorPage;
class ExplorePage;
class MessageArea;
class StatusLine;
class TopBar;
class TrainPage;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(Backend& backend, Settings& settings, ThemeContext& theme, FaceCanvasFactory makeCanvas,
               QWidget* parent = nullptr);
    ~MainWindow() override;

    ExplorePage& explore() { return *m_explore; }
    TrainPage& train() { return *m_train; }
    DoctorPage& doctor() { return *m_doctor; }
    SessionDocument& document() { return m_document; }
    JobRunner& jobs() { return m_jobs; }
    MessageArea& messages() { return *m_messages; }

    void showPage(const QString& name); // "explore", "train", "doctor"
    void openDemo();
    void openPaths(const QStringList& paths); // clips, videos, folders, sessions
    bool openSession(const QString& path);
    bool saveSession(const QString& path);
    void offerRecovery();
    // Every action by name ("play", "toggle-face", ...), for the cheat sheet and tests.
    const std::vector<QAction*>& actionsByKey() const { return m_actions; }
    void setAskOnClose(bool ask) { m_askOnClose = ask; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildMenus();
    QAction* action(QMenu* menu, const QString& name, const QString& text, const QString& keys,
                    const std::function<void()>& run);
    void refreshStatus();
    void refreshRecent();
    void newSession();
    bool saveAsked(bool as);
    void openAsked();
    void addFolder(const QString& folder);
    void ingest(const QStringList& videos);
    void showKeys();
    bool mayDiscard();

    Backend& m_backend;
    Settings& m_settings;
    ThemeContext& m_theme;
    JobRunner m_jobs; // before the pages, so that it outlives them
    SessionDocument m_document;
    TopBar* m_top;
    MessageArea* m_messages;
    QStackedWidget* m_pages;
    ExplorePage* m_explore;
    TrainPage* m_train;
    DoctorPage* m_doctor;
    StatusLine* m_status;
    QWidget* m_dropHint = nullptr;
    QMenu* m_recent = nullptr;
    std::vector<QAction*> m_actions;
    bool m_askOnClose = true;
};

} // namespace emc
