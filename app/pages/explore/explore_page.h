#pragma once
// Workspace Explore: what a listener answers to the clip, under conditions that one changes by hand.
#include <QJsonObject>
#include <QPointer>
#include <QSplitter>
#include <QWidget>

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "app/pages/explore/clip_data.h"
#include "app/pages/explore/face_canvas.h"
#include "app/playback/playback_clock.h"
#include "app/react/reaction_controller.h"
#include "app/session/session_document.h"

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QTabBar;
class QStackedWidget;

namespace emc {

class AttentionPanel;
class ClipsModel;
class CmaPanel;
class JobRunner;
class LeftDock;
class ListenerPane;
class MessageArea;
class ModelsModel;
class Rail;
class SoundPlayer;
class SpeakerPane;
class TimelineView;
class TransportBar;
class VideoCache;

struct ExploreParts { // from outside; all outlive the page
    Backend& backend;
    JobRunner& jobs;
    SessionDocument& document;
    MessageArea& messages;
    FaceCanvasFactory makeCanvas;
};

class ExplorePage : public QWidget {
    Q_OBJECT
public:
    explicit ExplorePage(const ExploreParts& parts, QWidget* parent = nullptr);
    ~ExplorePage() override;

    PlaybackClock& clock() { return *m_clock; }
    ReactionController& reactions() { return *m_reactions; }
    TimelineView& timeline() { return *m_timeline; }
    AttentionPanel& attention() { return *m_attention; }
    const ClipData* clip() const { return m_clip ? &*m_clip : nullptr; }
    QString soundText() const;

    static constexpr int kMostModels = 4; // shown at once

    // The clip is loaded, its first picture is shown, every pane has its answer.
    bool settled() const;
    void setActive(bool active);                // an inactive page stops playing
    void startAtBeginning(const QString& clip); // if it is not the one that is open: before the session changes
    void chooseRightTab(const QString& name);   // "attention", "cma"
    void refreshModels();                       // other models have weights, or other weights
    void clipsChanged();                        // the session lists other clips
    struct KnownClip {
        QString path, name; // name empty = that of the file
    };
    void addKnownClips(const QString& group, const std::vector<KnownClip>& clips);
    const std::vector<std::pair<QString, KnownClip>>& knownClips() const { return m_known; } // by group, as added
    void focusSearch();
    // Where the splitters stand, the zoom of the timeline, the pane that stands alone.
    QJsonObject layoutState() const;
    void restoreLayout(const QJsonObject& state);
    void setKeys(const std::function<QString(const char* action)>& keyOf); // shown on controls and in tooltips

public slots:
    void togglePlay();
    void setSwitch(const QString& which, bool on); // face, speech, ea, emc
    void toggleSwitch(const QString& which);
    void stepSample(int by);
    void newDraws();
    void toggleSeedLock();
    void resetView();
    void addSpanAtPlayhead();
    void removeSelectedSpan();
    void loopIn();
    void loopOut();
    void toggleLoop();
    void toggleOneCamera();
    void soloPane(int pane); // -1 = all
    void showPane(int pane);
    void toggleListener();
    void shuttle(int direction); // J K L: -1, 0, +1

signals:
    void openRequested();
    void statusChanged();
    void filesDropped(const QStringList& paths);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildCentre();
    void buildRight();
    void wire();
    void adapt();
    void setFlyout(bool open);
    void rememberSizes();
    void applyWanted();
    // session and data to views
    void onSession(const SessionState& before, const SessionState& after);
    void loadClip();
    void showClip();
    void rebuildPanes();
    void refreshPane(int pane);
    void refreshReactionLanes();
    void refreshRight();
    void refreshAvailability();
    void refreshFrame(int frame);
    void refreshValues(int frame);
    void refreshStatus();
    void refreshEntropy();
    std::vector<float> curveOf(const Reactions& reactions, int channel) const; // samples x frames
    QString speakerText(int frame) const;
    Availability missing() const; // what the models do not get: switches, spans, and what the clip does not have
    bool imaginedAt(int frame, Modality& which) const;
    void setCamera(const FaceCamera& camera, const QObject* from);
    void exportAttention();

    ExploreParts m_parts;
    PlaybackClock* m_clock;
    ReactionController* m_reactions;
    SoundPlayer* m_sound;
    VideoCache* m_video;
    ClipsModel* m_clipsModel;
    ModelsModel* m_modelsModel;

    Rail* m_rail;
    LeftDock* m_left;
    QSplitter *m_across, *m_down;
    QWidget *m_centre, *m_rightDock;
    QHBoxLayout* m_paneRow;
    SpeakerPane* m_speaker;
    std::vector<ListenerPane*> m_panes;
    ListenerPane* m_realPane = nullptr;
    QWidget* m_viewBar;
    QCheckBox* m_oneCamera;
    QComboBox *m_viewPreset, *m_quantity;
    QLabel *m_reactionStatus, *m_quantityLabel, *m_viewLabel;
    TransportBar* m_transport;
    TimelineView* m_timeline;
    QTabBar* m_tabs;
    QStackedWidget* m_stack;
    AttentionPanel* m_attention;
    CmaPanel* m_cma;

    std::optional<ClipData> m_clip;
    QString m_loading, m_shownClip;
    quint64 m_loadJob = 0;
    FaceCamera m_camera;
    int m_solo = -1;
    bool m_cmaTruth = false, m_modelsFromSession = false, m_videoShown = false, m_flyout = false;
    int m_sizeClass = -1;
    struct Proportions { // set by the user; not above 0: the page's own
        int left = -1;   // pixels
        double right = -1, panes = -1;
    };
    std::array<Proportions, 2> m_proportions; // beside Attention, beside the wide CMA dock
    std::pair<double, double> m_zoom{}, m_wantedZoom{};
    int m_wantedSolo = -1;
    std::vector<std::pair<QString, KnownClip>> m_known;
};

} // namespace emc
