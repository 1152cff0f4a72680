#pragma once
// The window: wires pages, session, jobs and messages. What depends on what can be read here.
#include <QMainWindow>

#include <vector>

#include "app/jobs/job_runner.h"
#include "app/pages/explore/face_canvas.h"
#include "app/session/session_document.h"
#include "app/settings/settings.h"
#include "app/window/key_bindings.h"
#include "core/api/backend.h"
#include "widgets/common/theme.h"

class QMenu;
class QStackedWidget;

namespace emc {

class DoctorPage;
class EvaluatePage;
class ExplorePage;
struct ExploreWish;
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
    KeyBindings& keys() { return m_keys; }
    TrainPage& train() { return *m_train; }
    EvaluatePage& evaluate() { return *m_evaluate; }
    DoctorPage& doctor() { return *m_doctor; }
    SessionDocument& document() { return m_document; }
    JobRunner& jobs() { return m_jobs; }
    MessageArea& messages() { return *m_messages; }

    void showPage(const QString& name); // "explore", "train", "evaluate", "doctor"
    void openDemo();
    void openPaths(const QStringList& paths); // clips, videos, folders, sessions, checkpoints
    bool openSession(const QString& path);    // asks where clips are that have moved
    bool saveSession(const QString& path);
    void offerRecovery();
    // Every action by name ("play", "toggle-face", ...), for the cheat sheet and tests.
    void setStartMs(double ms); // told by main() once the window is usable
    const std::vector<QAction*>& actionsByKey() const { return m_actions; }
    void setAskOnClose(bool ask) { m_askOnClose = ask; } // false: no questions at all (tests, pictures)

signals:
    void languageChosen(const QString& code); // whoever owns the translators installs them; "" = the system's

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build();    // everything that shows texts
    void tearDown(); // and takes it away again; session, history and jobs stay
    void rebuild();
    void keepLayout();                   // of the pages, into the session
    void restoreLayout();                // and back
    bool askForMoved(SessionFile& file); // true: some clips got new places
    void buildMenus();
    void buildLookMenus(QMenu* view);
    void buildClipMenu();
    QAction* action(QMenu* menu, const QString& name, const QString& text, const QString& keys,
                    const std::function<void()>& run);
    void refreshStatus();
    void refreshRecent();
    void newSession();
    bool saveAsked(bool as);
    void openAsked();
    void openCheckpointAsked();
    void openCheckpoint(const QString& file);
    void addFolder(const QString& folder);
    void useWeights(const QString& model, const QString& weights);
    void restoreFigure(const QString& path);
    void exploreWish(const ExploreWish& wish); // a clip of a study, as it was scored
    void ingest(const QStringList& videos);
    void showKeys();
    void editKeys();
    void chooseFolder();
    void applyKeys();
    bool mayDiscard();

    Backend& m_backend;
    Settings& m_settings;
    ThemeContext& m_theme;
    JobRunner m_jobs; // before the pages, so that it outlives them
    SessionDocument m_document;
    KeyBindings m_keys;
    FaceCanvasFactory m_makeCanvas;
    TopBar* m_top = nullptr;
    MessageArea* m_messages = nullptr;
    QStackedWidget* m_pages = nullptr;
    ExplorePage* m_explore = nullptr;
    TrainPage* m_train = nullptr;
    EvaluatePage* m_evaluate = nullptr;
    DoctorPage* m_doctor = nullptr;
    StatusLine* m_status = nullptr;
    QWidget* m_dropHint = nullptr;
    QMenu* m_recent = nullptr;
    std::vector<QAction*> m_actions, m_undoActions;
    bool m_askOnClose = true, m_rebuilding = false;
    double m_startMs = -1;
};

} // namespace emc
