#include "tests/widgets/gallery_pages.h"

#include <QFrame>
#include <QHeaderView>
#include <QListView>
#include <QTableView>
#include <QTest>
#include <QTreeView>
#include <QVBoxLayout>

#include "tests/widgets/made_data.h"
#include "tests/widgets/made_options.h"
#include "widgets/attention/attention_panel.h"
#include "widgets/item_models/clips_model.h"
#include "widgets/item_models/delegates.h"
#include "widgets/item_models/models_model.h"
#include "widgets/item_models/queue_model.h"
#include "widgets/item_models/runs_model.h"
#include "widgets/options/options_form.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/samples/cma_panel.h"
#include "widgets/timeline/timeline_view.h"

namespace emc::test {

namespace {

constexpr int kFrames = 750;

std::unique_ptr<TimelineView> madeTimeline(int frames = kFrames) {
    auto view = std::make_unique<TimelineView>();
    view->setClip(frames, 25);
    view->setWaveform(madeWaveform(frames / 25.0), QStringLiteral("44.1 kHz, mono mix"));
    view->setFaceConfidence(madeCurve(8, frames, 0.6, 1.0), 0.7);
    view->setEmotion(madeEmotion(frames));
    view->setReactions({{1, QStringLiteral("Trans-VAE + EMC"), 10, frames, madeSamples(11, 10, frames), 2},
                        {2, QStringLiteral("REGNN + EMC"), 10, frames, madeSamples(12, 10, frames), 2}},
                       QStringLiteral("AU12"));
    view->setRealListener(madeCurve(11, frames, 0.05, 0.75), QStringLiteral("real, 2 of 19"));
    view->setEntropy(madeCurve(21, frames, 0.45, 0.9));
    view->setEvents({{78, QStringLiteral("smile")},
                     {208, QStringLiteral("topic change")},
                     {430, QStringLiteral("laughs")},
                     {615, QStringLiteral("nod")}});
    view->setSpans(Modality::Speech, {{250, 380}});
    view->setSpans(Modality::Face, {{490, 580}, {640, 655}});
    view->setPlayhead(312);
    return view;
}

std::unique_ptr<QWidget> madePlots() {
    auto page = std::make_unique<QWidget>();
    auto* layout = new QHBoxLayout(page.get());
    for (int i = 0; i < 3; ++i) {
        auto* plot = new CurvePlot(page.get());
        layout->addWidget(plot);
        plot->setTitle(i == 0   ? QStringLiteral("Total")
                       : i == 1 ? QStringLiteral("KL, per dimension")
                                : QStringLiteral("AU12"));
        plot->setXLabel(i == 2 ? QStringLiteral("time") : QStringLiteral("step"),
                        i == 2 ? QStringLiteral("s") : QString());
        plot->setSmoothing(i == 2 ? 0 : 0.85);
        plot->setLogScale(i == 1);
        if (i == 2) {
            const auto samples = madeSamples(4, 6, kFrames);
            for (int k = 0; k < 6; ++k) {
                const int c = plot->addCurve(QStringLiteral("s"), {LineRole::Ghost, 1, {}, false, false});
                plot->setCurve(c, std::span<const float>(samples).subspan(std::size_t(k) * kFrames, kFrames), 0, 0.04);
            }
            plot->setCurve(plot->addCurve(QStringLiteral("real"), {LineRole::Real, 0, {}, false, false}),
                           std::span<const float>(madeCurve(5, kFrames, 0, 1)), 0, 0.04);
            plot->addSpan(10, 15.2, QColor(0xD67AAE), QStringLiteral("imagined"), false);
            plot->setPlayhead(12.48);
            continue;
        }
        plot->setValueText(QStringLiteral("1.08 at step 2 680"));
        MadeNumbers numbers(static_cast<std::uint64_t>(i) + 5);
        for (int slot : {1, 2}) {
            const int c = plot->addCurve(QStringLiteral("seed %1").arg(slot + 6),
                                         {slot == 1 ? LineRole::Chosen : LineRole::Other, slot, {}, false, true});
            for (int step = 1; step < 4000 / slot; step += 10)
                plot->append(c, step, (1 + 3 * std::exp(-step / 700.0)) * (1 + 0.08 * numbers.normal()) * slot);
        }
        plot->addMark(2000, QStringLiteral("resumed"));
    }
    return page;
}

std::unique_ptr<AttentionPanel> madeAttentionPanel() {
    auto panel = std::make_unique<AttentionPanel>();
    AttentionSource one{1, QStringLiteral("Trans-VAE + EMC"), {}, {}, {}},
        two{2, QStringLiteral("REGNN + EMC"), {}, {}, {}};
    for (const char* part : {"self_x", "self_e", "cross"})
        one.maps.push_back(madeAttention("u_ea_s", part, 4, kFrames, kFrames, 5));
    two.maps.push_back(madeAttention("u_ea_s", "cross", 4, kFrames, kFrames, 6));
    panel->setTime(kFrames, 25);
    panel->setAvailability({{{490, 580}}, {{250, 380}}});
    panel->setSpeakerText([](int frame) {
        return QStringLiteral("valence 0.%1 \u00b7 happy 0.%2").arg(frame % 90 + 10).arg(frame % 70 + 20);
    });
    panel->setSources({one, two});
    panel->setPlayhead(312);
    return panel;
}

std::unique_ptr<CmaPanel> madeCmaPanel(bool truth) {
    auto panel = std::make_unique<CmaPanel>();
    panel->setTime(25);
    panel->setAvailability({{}, {{250, 380}}});
    panel->setModels({{1, QStringLiteral("Trans-VAE + EMC")}, {2, QStringLiteral("REGNN + EMC")}}, 0);
    panel->setTraces({madeTrace(Modality::Speech, kFrames, truth)}, 1, QStringLiteral("Trans-VAE + EMC"));
    panel->setDisplayedSample(2);
    panel->setPlayhead(312);
    return panel;
}

std::unique_ptr<QWidget> madeLists() {
    auto page = std::make_unique<QWidget>();
    auto* across = new QHBoxLayout(page.get());
    auto* clips = new QTreeView(page.get());
    auto* clipsModel = new ClipsModel(clips);
    clipsModel->setGroups({{QStringLiteral("Demo corpus"),
                            QStringLiteral("/demo"),
                            {{QStringLiteral("a"),
                              QStringLiteral("/demo/a"),
                              QStringLiteral("demo_speaker_03"),
                              30,
                              true,
                              true,
                              true,
                              {},
                              {}},
                             {QStringLiteral("b"),
                              QStringLiteral("/demo/b"),
                              QStringLiteral("P07_s1_speaker"),
                              326,
                              true,
                              true,
                              false,
                              QStringLiteral("Face lost for 19.5 s"),
                              {}}},
                            false},
                           {QStringLiteral("Imported"), QStringLiteral("/imported"), {}, true}});
    clips->setModel(clipsModel);
    clips->setItemDelegate(new ClipRowDelegate(clips));
    clips->setHeaderHidden(true);
    clips->expandAll();
    clips->header()->setStretchLastSection(false);
    clips->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    clips->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    clips->setFixedWidth(240);
    auto* models = new QListView(page.get());
    auto* modelsModel = new ModelsModel(models);
    std::vector<ModelInfo> infos;
    for (const char* label : {"Trans-VAE + EMC", "REGNN + EMC", "FaceAIS + EMC", "Trans-VAE"}) {
        ModelInfo info;
        info.name = info.label = label;
        info.needsCheckpoint = true;
        info.checkpoint = std::string(label) == "FaceAIS + EMC" ? "" : "w.safetensors";
        infos.push_back(info);
    }
    modelsModel->setModels(infos);
    modelsModel->setChecked(QStringLiteral("Trans-VAE + EMC"), true);
    modelsModel->setChecked(QStringLiteral("REGNN + EMC"), true);
    modelsModel->setState(QStringLiteral("Trans-VAE + EMC"), QStringLiteral("cached"));
    modelsModel->setListener(true, QStringLiteral("6 of 19"));
    modelsModel->setListenerChecked(true);
    models->setModel(modelsModel);
    models->setItemDelegate(new ModelRowDelegate(models));
    models->setFixedWidth(240);
    auto* queue = new QTableView(page.get());
    auto* queueModel = new QueueModel(queue);
    queueModel->put({1,
                     QueueState::Running,
                     1,
                     QStringLiteral("tvae-emc seed 7"),
                     QStringLiteral("step 640 of 1000"),
                     640,
                     1000,
                     2352,
                     QStringLiteral("CPU"),
                     {}});
    queueModel->put({2,
                     QueueState::Paused,
                     2,
                     QStringLiteral("tvae-emc seed 8"),
                     QStringLiteral("step 470 of 1000"),
                     470,
                     1000,
                     -1,
                     QStringLiteral("CPU"),
                     {}});
    queueModel->put({3,
                     QueueState::Failed,
                     0,
                     QStringLiteral("mime"),
                     {},
                     3,
                     92,
                     -1,
                     QStringLiteral("CPU"),
                     QStringLiteral("The corpus was moved")});
    queue->setModel(queueModel);
    queue->setItemDelegateForColumn(QueueModel::Progress, new ProgressDelegate(queue));
    queue->verticalHeader()->hide();
    queue->setShowGrid(false);
    queue->setColumnWidth(QueueModel::Progress, 170);
    queue->setColumnWidth(QueueModel::Detail, 130);
    for (QWidget* w : std::initializer_list<QWidget*>{clips, models, queue}) across->addWidget(w);
    return page;
}

} // namespace

std::vector<GalleryPage> galleryPages() {
    std::vector<GalleryPage> pages;
    pages.push_back({QStringLiteral("timeline"),
                     {970, 540},
                     [] { return madeTimeline(); },
                     [](QWidget& w) {
                         static_cast<TimelineView&>(w).selectSpan(TimelineView::Selection{Modality::Speech, 0});
                     }});
    pages.push_back({QStringLiteral("timeline-small"),
                     {914, 440},
                     [] {
                         auto view = madeTimeline();
                         view->setCompact(true);
                         return view;
                     },
                     {}});
    pages.push_back({QStringLiteral("timeline-drag"),
                     {970, 540},
                     [] {
                         auto view = madeTimeline();
                         view->setView(200, 500);
                         return view;
                     },
                     [](QWidget& w) {
                         auto& view = static_cast<TimelineView&>(w);
                         const int y = view.laneRect(TimelineView::Lane::Speech).center().y();
                         QTest::mousePress(&view, Qt::LeftButton, {}, QPoint(int(view.xOfFrame(380)), y));
                         QTest::mouseMove(&view, QPoint(int(view.xOfFrame(400)), y));
                         QTest::mouseMove(&view, QPoint(int(view.xOfFrame(408)), y));
                     }});
    pages.push_back({QStringLiteral("timeline-long"), {970, 540}, [] { return madeTimeline(15000); }, {}});
    pages.push_back({QStringLiteral("timeline-empty"),
                     {970, 300},
                     [] {
                         auto view = std::make_unique<TimelineView>();
                         view->setClip(750, 25);
                         return view;
                     },
                     {}});
    pages.push_back({QStringLiteral("plots"), {1020, 230}, [] { return madePlots(); }, {}});
    pages.push_back({QStringLiteral("attention"), {372, 860}, [] { return madeAttentionPanel(); }, {}});
    pages.push_back({QStringLiteral("attention-small"),
                     {308, 740},
                     [] {
                         auto panel = madeAttentionPanel();
                         panel->setCompact(true);
                         panel->chooseShow(AttentionPanel::Show::ModelDifference);
                         return panel;
                     },
                     {}});
    pages.push_back(
        {QStringLiteral("attention-empty"), {372, 700}, [] { return std::make_unique<AttentionPanel>(); }, {}});
    pages.push_back({QStringLiteral("cma"),
                     {1110, 880},
                     [] { return madeCmaPanel(true); },
                     [](QWidget& w) { static_cast<CmaPanel&>(w).setWalk(2, 7, 0.35); }});
    pages.push_back({QStringLiteral("cma-narrow"), {372, 900}, [] { return madeCmaPanel(false); }, {}});
    pages.push_back({QStringLiteral("cma-empty"), {1110, 400}, [] { return std::make_unique<CmaPanel>(); }, {}});
    pages.push_back({QStringLiteral("options"),
                     {400, 620},
                     [] {
                         auto form = std::make_unique<OptionsForm>();
                         MadeOptions values;
                         values.lr = 2e-5;
                         values.dropSpeech = 0.25;
                         form->setOptions(values);
                         form->setFaults({{"optim.batch", "the batch must not be larger than the corpus", "Try 4"}});
                         return form;
                     },
                     [](QWidget& w) { static_cast<OptionsForm&>(w).focusOption("optim.lr"); }});
    pages.push_back({QStringLiteral("lists"), {1180, 220}, [] { return madeLists(); }, {}});
    return pages;
}

} // namespace emc::test
