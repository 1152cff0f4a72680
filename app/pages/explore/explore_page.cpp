#include "app/pages/explore/explore_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "app/pages/explore/left_dock.h"
#include "app/pages/explore/panes.h"
#include "app/pages/explore/transport_bar.h"
#include "app/playback/sound_player.h"
#include "app/playback/video_cache.h"
#include "widgets/attention/attention_panel.h"
#include "widgets/common/channel_words.h"
#include "widgets/common/controls.h"
#include "widgets/samples/cma_panel.h"
#include "widgets/timeline/timeline_view.h"

namespace emc {

ExplorePage::ExplorePage(const ExploreParts& parts, QWidget* parent)
    : QWidget(parent), m_parts(parts), m_clock(new PlaybackClock(this)),
      m_reactions(new ReactionController(parts.backend, this)), m_sound(new SoundPlayer(this)),
      m_video(new VideoCache(this)), m_clipsModel(new ClipsModel(this)), m_modelsModel(new ModelsModel(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_rail = new Rail(this);
    m_left = new LeftDock(*m_clipsModel, *m_modelsModel, this);
    m_across = new QSplitter(Qt::Horizontal, this);
    m_across->setChildrenCollapsible(false);
    m_across->setHandleWidth(1);
    m_modelsModel->setCheckable(kMostModels);
    buildCentre();
    buildRight();
    m_across->addWidget(m_left);
    m_across->addWidget(m_centre);
    m_across->addWidget(m_rightDock);
    m_across->setStretchFactor(1, 1);
    row->addWidget(m_rail);
    row->addWidget(makeLine(Qt::Vertical, this));
    row->addWidget(m_across, 1);
    m_camera = presetCamera(m_parts.document.state().view);
    wire();
    rebuildPanes();
    refreshRight();
    setAcceptDrops(false); // the window takes drops for every page
}

ExplorePage::~ExplorePage() {
    m_clock->pause();
}

void ExplorePage::buildCentre() {
    m_centre = new QWidget(this);
    auto* column = new QVBoxLayout(m_centre);
    column->setContentsMargins(8, 0, 8, 8);
    column->setSpacing(0);
    m_viewBar = new QWidget(m_centre);
    m_viewBar->setFixedHeight(metrics::kViewBar);
    auto* bar = new QHBoxLayout(m_viewBar);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->setSpacing(8);
    m_oneCamera = new QCheckBox(tr("One camera"), m_viewBar);
    m_oneCamera->setFocusPolicy(Qt::TabFocus);
    m_viewLabel = makeLabel(tr("View"), "muted", m_viewBar);
    m_viewPreset = new QComboBox(m_viewBar);
    m_viewPreset->addItems({tr("Front"), tr("Three-quarter"), tr("Profile")});
    m_viewPreset->setAccessibleName(tr("View"));
    m_quantityLabel = makeLabel(tr("Curve"), "muted", m_viewBar);
    m_quantity = new QComboBox(m_viewBar);
    m_quantity->setAccessibleName(tr("Curve of the reactions"));
    m_quantity->setToolTip(tr("Which of the 25 values the lane of reactions and the panes show"));
    for (int channel = 0; channel < kEmotionDims; ++channel) m_quantity->addItem(channelWord(channel));
    m_reactionStatus = makeLabel({}, "caption", m_viewBar);
    bar->addWidget(m_oneCamera);
    bar->addSpacing(4);
    bar->addWidget(m_viewLabel);
    bar->addWidget(m_viewPreset);
    bar->addSpacing(4);
    bar->addWidget(m_quantityLabel);
    bar->addWidget(m_quantity);
    bar->addStretch(1);
    bar->addWidget(m_reactionStatus);
    column->addWidget(m_viewBar);

    m_down = new QSplitter(Qt::Vertical, m_centre);
    m_down->setChildrenCollapsible(false);
    m_down->setHandleWidth(1);
    auto* top = new QWidget(m_down);
    m_paneRow = new QHBoxLayout(top);
    m_paneRow->setContentsMargins(0, 0, 0, 8);
    m_paneRow->setSpacing(metrics::kPaneGap);
    m_speaker = new SpeakerPane(top);
    m_paneRow->addWidget(m_speaker, 1);
    auto* bottom = new QWidget(m_down);
    auto* lower = new QVBoxLayout(bottom);
    lower->setContentsMargins(0, 0, 0, 0);
    lower->setSpacing(0);
    m_transport = new TransportBar(bottom);
    m_timeline = new TimelineView(bottom);
    m_timeline->setAccessibleName(tr("Timeline"));
    lower->addWidget(m_transport);
    lower->addWidget(m_timeline, 1);
    m_down->addWidget(top);
    m_down->addWidget(bottom);
    m_down->setStretchFactor(0, 1);
    m_down->setStretchFactor(1, 2);
    column->addWidget(m_down, 1);
}

void ExplorePage::buildRight() {
    m_rightDock = new QWidget(this);
    m_rightDock->setMinimumWidth(300);
    auto* column = new QVBoxLayout(m_rightDock);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_tabs = new QTabBar(m_rightDock);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setFocusPolicy(Qt::TabFocus);
    m_tabs->setFixedHeight(metrics::kDockTabs);
    m_tabs->addTab(tr("Attention"));
    m_tabs->addTab(QStringLiteral("CMA"));
    m_tabs->setTabToolTip(1, tr("Cross-modal alignment: how what is missing is imagined"));
    auto* tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(8, 0, 8, 0);
    tabRow->addWidget(m_tabs);
    tabRow->addStretch();
    column->addLayout(tabRow);
    column->addWidget(makeLine(Qt::Horizontal, m_rightDock));
    m_stack = new QStackedWidget(m_rightDock);
    m_attention = new AttentionPanel(m_stack);
    m_cma = new CmaPanel(m_stack);
    m_stack->addWidget(m_attention);
    m_stack->addWidget(m_cma);
    column->addWidget(m_stack, 1);
}

void ExplorePage::wire() {
    SessionDocument& document = m_parts.document;
    connect(&document, &SessionDocument::changed, this, &ExplorePage::onSession);
    connect(m_rail, &Rail::toggled, this, [this] { setFlyout(!m_flyout); });
    for (QSplitter* splitter : {m_across, m_down})
        connect(splitter, &QSplitter::splitterMoved, this, &ExplorePage::rememberSizes);
    connect(m_left, &LeftDock::clipChosen, this, [this](const QString& path) {
        setFlyout(false);
        startAtBeginning(path);
        m_parts.document.change(tr("Open clip"), [&](SessionState& s) {
            if (!s.clips.contains(path)) s.clips.append(path);
            s.clip = path;
        });
    });
    connect(m_left, &LeftDock::openRequested, this, &ExplorePage::openRequested);
    connect(m_left, &LeftDock::addSpanRequested, this, &ExplorePage::addSpanAtPlayhead);
    connect(m_left, &LeftDock::spanChosen, this, [this](Modality modality, int index) {
        m_timeline->selectSpan(TimelineView::Selection{modality, index});
        const auto& spans = m_timeline->spans(modality);
        if (index < static_cast<int>(spans.size())) m_clock->seekFrame(spans[static_cast<std::size_t>(index)].begin);
    });
    connect(m_left, &LeftDock::spanRemoved, this, [this](Modality modality, int index) {
        m_timeline->selectSpan(TimelineView::Selection{modality, index});
        removeSelectedSpan();
    });
    connect(m_clipsModel, &ClipsModel::filesDropped, this,
            [this](const QString&, const QStringList& files) { emit filesDropped(files); });
    connect(m_modelsModel, &ModelsModel::checkedChanged, this, [this] {
        if (m_modelsModel->property("fromSession").toBool()) return;
        const QStringList names = m_modelsModel->checkedNames();
        m_parts.document.change(tr("Choose models"), [&](SessionState& s) { s.models = names; });
    });
    connect(m_modelsModel, &ModelsModel::listenerCheckedChanged, this, [this](bool checked) {
        if (m_modelsModel->property("fromSession").toBool()) return;
        m_parts.document.change(checked ? tr("Show the real listener") : tr("Hide the real listener"),
                                [&](SessionState& s) { s.realListener = checked; });
    });

    connect(m_clock, &PlaybackClock::frameChanged, this, &ExplorePage::refreshFrame);
    connect(m_clock, &PlaybackClock::playingChanged, this, [this](bool playing) {
        m_transport->setPlaying(playing);
        if (!playing) m_sound->stop();
    });
    connect(m_clock, &PlaybackClock::jumped, this, [this](double seconds) {
        if (m_clock->playing()) m_sound->play(seconds, m_clock->speed());
    });
    m_clock->setSoundPosition([this] { return m_sound->heardSeconds(); });
    connect(m_video, &VideoCache::ready, this, [this](int, const QImage& image) {
        m_speaker->setImage(image);
        m_videoShown = true;
    });
    connect(m_video, &VideoCache::failed, this, [this](const QString& problem) {
        m_speaker->setEmpty(problem);
        m_videoShown = true;
    });

    connect(m_transport, &TransportBar::playClicked, this, &ExplorePage::togglePlay);
    connect(m_transport, &TransportBar::stepClicked, this, [this](int by) { m_clock->step(by); });
    connect(m_transport, &TransportBar::loopToggled, this, &ExplorePage::toggleLoop);
    connect(m_transport, &TransportBar::speedChosen, m_clock, &PlaybackClock::setSpeed);
    connect(m_transport, &TransportBar::faceToggled, this, [this](bool on) { setSwitch(QStringLiteral("face"), on); });
    connect(m_transport, &TransportBar::speechToggled, this,
            [this](bool on) { setSwitch(QStringLiteral("speech"), on); });
    connect(m_transport, &TransportBar::eaToggled, this, [this](bool on) { setSwitch(QStringLiteral("ea"), on); });
    connect(m_transport, &TransportBar::emcToggled, this, [this](bool on) { setSwitch(QStringLiteral("emc"), on); });
    connect(m_transport, &TransportBar::sampleChosen, this, [this](int sample) {
        m_parts.document.change(
            tr("Show sample %1").arg(sample + 1), [&](SessionState& s) { s.sample = sample; },
            QStringLiteral("sample"));
    });
    connect(m_transport, &TransportBar::seedClicked, this, &ExplorePage::newDraws);
    connect(m_transport, &TransportBar::seedLockToggled, this, &ExplorePage::toggleSeedLock);
    connect(m_transport, &TransportBar::seedEdited, this, [this](quint64 seed) {
        m_parts.document.change(tr("Seed %1").arg(seed), [&](SessionState& s) { s.seed = seed; });
    });

    connect(m_timeline, &TimelineView::viewChanged, this, [this](double first, double last) {
        m_zoom = {first, last};
    });
    connect(m_timeline, &TimelineView::playheadChanged, m_clock, &PlaybackClock::seekFrame);
    connect(m_timeline, &TimelineView::spansChangeRequested, this,
            [this](Modality modality, const std::vector<FrameSpan>&, const std::vector<FrameSpan>& after) {
                const bool speech = modality == Modality::Speech;
                m_parts.document.change(speech ? tr("Change speech spans") : tr("Change face spans"),
                                        [&](SessionState& s) {
                                            ClipConditions& conditions = s.conditions[s.clip];
                                            (speech ? conditions.speechMissing : conditions.faceMissing) = after;
                                        });
            });

    connect(m_oneCamera, &QCheckBox::clicked, this, &ExplorePage::toggleOneCamera);
    connect(m_viewPreset, &QComboBox::activated, this, [this](int preset) {
        m_parts.document.change(tr("Change view"), [&](SessionState& s) { s.view = preset; });
        setCamera(presetCamera(preset), nullptr);
    });
    connect(m_quantity, &QComboBox::activated, this, [this](int channel) {
        m_parts.document.change(tr("Show another curve"), [&](SessionState& s) { s.quantity = channel; });
    });

    connect(m_reactions, &ReactionController::panesChanged, this, &ExplorePage::rebuildPanes);
    connect(m_reactions, &ReactionController::paneChanged, this, &ExplorePage::refreshPane);
    connect(m_reactions, &ReactionController::computing, this, &ExplorePage::refreshStatus);

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        m_parts.document.view().rightTab = index == 0 ? QStringLiteral("attention") : QStringLiteral("cma");
        setFlyout(false);
        m_reactions->setTraceWanted(index == 1, m_cmaTruth);
        m_reactions->setAttentionWanted(index == 0, m_attention->currentSite());
        refreshRight();
    });
    connect(m_attention, &AttentionPanel::seekRequested, m_clock, &PlaybackClock::seekFrame);
    connect(m_attention, &AttentionPanel::siteRequested, this,
            [this](int, const QString& site) { m_reactions->setAttentionWanted(true, site); });
    connect(m_attention, &AttentionPanel::shownChanged, this, &ExplorePage::refreshEntropy);
    connect(m_attention, &AttentionPanel::exportRequested, this, &ExplorePage::exportAttention);
    m_attention->setSpeakerText([this](int frame) { return speakerText(frame); });

    connect(m_cma, &CmaPanel::seekRequested, m_clock, &PlaybackClock::seekFrame);
    connect(m_cma, &CmaPanel::modelChosen, this, [this](int index) { soloPane(index), refreshRight(); });
    connect(m_cma, &CmaPanel::temperatureChanged, this, [this](double t) {
        m_parts.document.change(
            tr("Temperature"), [&](SessionState& s) { s.temperature = t; }, QStringLiteral("temperature"));
    });
    connect(m_cma, &CmaPanel::perFrameDrawsChanged, this, [this](bool on) {
        m_parts.document.change(tr("Draws per frame"), [&](SessionState& s) { s.perFrameDraws = on; });
    });
    connect(m_cma, &CmaPanel::seedChanged, this, [this](quint64 seed) {
        m_parts.document.change(tr("Seed %1").arg(seed), [&](SessionState& s) { s.seed = seed; });
    });
    connect(m_cma, &CmaPanel::seedLockChanged, this, &ExplorePage::toggleSeedLock);
    connect(m_cma, &CmaPanel::newDrawsRequested, this, &ExplorePage::newDraws);
    connect(m_cma, &CmaPanel::latentChosen, this,
            [this](const std::vector<float>& latent) { m_reactions->setLatent(latent); });
    connect(m_cma, &CmaPanel::walkEnded, this, [this] { m_reactions->setLatent({}); });
    connect(m_cma, &CmaPanel::sampleChosen, this, [this](int sample) {
        m_parts.document.change(tr("Show sample %1").arg(sample + 1), [&](SessionState& s) { s.sample = sample; });
    });
    connect(m_cma, &CmaPanel::truthRequested, this, [this] {
        m_cmaTruth = true;
        m_reactions->setTraceWanted(true, true);
    });
}

void ExplorePage::chooseRightTab(const QString& name) {
    m_tabs->setCurrentIndex(name == QLatin1String("cma") ? 1 : 0);
}

void ExplorePage::setActive(bool active) {
    if (!active) m_clock->pause();
}

void ExplorePage::setKeys(const std::function<QString(const char* action)>& keyOf) {
    m_transport->setKeys(keyOf);
    const QString camera = keyOf("camera-one");
    m_oneCamera->setToolTip(tr("All faces turn together") +
                            (camera.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(camera)));
    m_left->setSpanKey(keyOf("span-add"));
}

void ExplorePage::focusSearch() {
    if (m_rail->isVisible()) setFlyout(true);
    m_left->focusSearch();
}

} // namespace emc
