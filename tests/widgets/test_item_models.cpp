#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QListView>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

#include "widgets/common/theme.h"
#include "widgets/item_models/clips_model.h"
#include "widgets/item_models/delegates.h"
#include "widgets/item_models/models_model.h"
#include "widgets/item_models/queue_model.h"
#include "widgets/item_models/runs_model.h"

namespace emc {
namespace {

using Tester = QAbstractItemModelTester;

TEST(ClipsModel, TreeOfGroupsAndClips) {
    ClipsModel model;
    Tester tester(&model, Tester::FailureReportingMode::Fatal);
    model.setGroups({{"Demo", "/demo", {{"a", "/demo/a", "speaker_03", 30, true, true, true, {}, {}}}, false},
                     {"Mine", "/mine", {}, true}});
    model.addClip("/mine", {"b", "/mine/b", "P07", 326, true, false, false, "Face lost", {}});
    model.addClip("/new/corpus", {"c", "/new/corpus/c", "c", 4000, true, true, false, {}, {}});
    EXPECT_EQ(model.clipCount(), 3);
    EXPECT_EQ(model.rowCount(), 3);
    const QModelIndex b = model.indexOfPath("/mine/b");
    ASSERT_TRUE(b.isValid());
    EXPECT_EQ(b.data().toString(), "P07");
    EXPECT_EQ(b.siblingAtColumn(ClipsModel::Duration).data().toString(), "05:26");
    EXPECT_EQ(b.data(ClipsModel::FaultRole).toString(), "Face lost");
    EXPECT_EQ(model.group(b)->name, "Mine");
    EXPECT_FALSE(model.clip(b.parent()));
    EXPECT_EQ(model.indexOfPath("/new/corpus/c").siblingAtColumn(1).data().toString(), "1:06:40");
    model.addClip("/mine", {"b", "/mine/b", "P07 again", 10, true, true, false, {}, {}});
    EXPECT_EQ(model.clipCount(), 3);
    model.removeClip("/mine/b");
    EXPECT_EQ(model.clipCount(), 2);
    EXPECT_FALSE(model.indexOfPath("/mine/b").isValid());
}

TEST(ClipsModel, ManyClipsComeAtOnceAndAreRenewedInPlace) {
    ClipsModel model;
    Tester tester(&model, Tester::FailureReportingMode::Fatal);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QVector<ClipRow> rows;
    for (int i = 0; i < 300; ++i)
        rows.append({QString::number(i), QStringLiteral("/c/%1").arg(i), "x", 0, true, true, false, {}, {}});
    model.addClips("corpus · val", rows);
    EXPECT_EQ(inserted.count(), 2); // the group and all its clips
    EXPECT_EQ(model.clipCount(), 300);
    ClipRow seen = rows[7];
    seen.seconds = 30;
    model.updateClip(seen);
    EXPECT_EQ(model.indexOfPath("/c/7").row(), 7);
    EXPECT_EQ(model.indexOfPath("/c/7").siblingAtColumn(ClipsModel::Duration).data().toString(), "00:30");
    model.updateClip({"z", "/unknown", "z", 1, true, true, false, {}, {}});
    EXPECT_EQ(model.clipCount(), 300);
}

TEST(ClipsModel, FilesMayBeDroppedOnWritableGroupsOnly) {
    ClipsModel model;
    model.setGroups({{"Demo", "/demo", {}, false}, {"Mine", "/mine", {}, true}});
    QSignalSpy dropped(&model, &ClipsModel::filesDropped);
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile("/tmp/a.mp4")});
    EXPECT_FALSE(model.canDropMimeData(&files, Qt::CopyAction, -1, -1, model.index(0, 0)));
    EXPECT_TRUE(model.canDropMimeData(&files, Qt::CopyAction, -1, -1, model.index(1, 0)));
    model.dropMimeData(&files, Qt::CopyAction, -1, -1, model.index(1, 0));
    ASSERT_EQ(dropped.count(), 1);
    EXPECT_EQ(dropped[0][1].toStringList(), QStringList{"/tmp/a.mp4"});
}

std::vector<ModelInfo> eightModels() {
    std::vector<ModelInfo> infos;
    for (int i = 0; i < 8; ++i) {
        ModelInfo info;
        info.name = "m" + std::to_string(i);
        info.label = "Model " + std::to_string(i);
        info.needsCheckpoint = i == 7;
        infos.push_back(info);
    }
    return infos;
}

TEST(ModelsModel, SlotsAreLowestFreeAndKept) {
    ModelsModel model;
    Tester tester(&model, Tester::FailureReportingMode::Fatal);
    model.setModels(eightModels());
    QSignalSpy changed(&model, &ModelsModel::checkedChanged), full(&model, &ModelsModel::slotsFull);
    EXPECT_TRUE(model.setChecked("m3", true));
    EXPECT_TRUE(model.setChecked("m1", true));
    EXPECT_EQ(model.slotOf("m3"), 1);
    EXPECT_EQ(model.slotOf("m1"), 2);
    EXPECT_TRUE(model.setChecked("m3", false));
    EXPECT_EQ(model.slotOf("m1"), 2); // keeps its colour
    EXPECT_TRUE(model.setChecked("m0", true));
    EXPECT_EQ(model.slotOf("m0"), 1);
    EXPECT_EQ(model.checkedNames(), (QStringList{"m0", "m1"}));
    model.swapSlots(1, 2);
    EXPECT_EQ(model.checkedNames(), (QStringList{"m1", "m0"}));
    EXPECT_FALSE(model.setChecked("m7", true)); // no weights
    EXPECT_FALSE(model.setChecked("unknown", true));
    for (const char* name : {"m2", "m3", "m4", "m5"}) EXPECT_TRUE(model.setChecked(name, true));
    EXPECT_FALSE(model.setChecked("m6", true));
    EXPECT_EQ(full.count(), 1);
    EXPECT_GE(changed.count(), 8);
    model.setModels(eightModels()); // a refresh of the catalogue keeps them
    EXPECT_EQ(model.slotOf("m1"), 1);
}

TEST(ModelsModel, WhatCanBeUsedComesFirst) {
    std::vector<ModelInfo> infos = eightModels();
    infos[0].needsCheckpoint = true;
    infos[1].condition = "baseline";
    ModelsModel model;
    model.setModels(infos);
    QStringList names;
    for (int i = 0; i < model.rowCount(); ++i) names.append(model.index(i).data(ModelsModel::NameRole).toString());
    EXPECT_EQ(names, (QStringList{"m2", "m3", "m4", "m5", "m6", "m1", "m0", "m7"}));
}

TEST(ModelsModel, TheListenerIsTheLastRow) {
    ModelsModel model;
    Tester tester(&model, Tester::FailureReportingMode::Fatal);
    model.setModels(eightModels());
    QSignalSpy changed(&model, &ModelsModel::listenerCheckedChanged);
    model.setListener(true, "2 of 19");
    EXPECT_EQ(model.rowCount(), 9);
    const QModelIndex row = model.index(8);
    EXPECT_TRUE(row.data(ModelsModel::IsListenerRole).toBool());
    EXPECT_TRUE(model.setData(row, Qt::Checked, Qt::CheckStateRole));
    EXPECT_TRUE(model.listenerChecked());
    EXPECT_EQ(changed.count(), 1);
    model.setListener(false);
    EXPECT_EQ(model.rowCount(), 8);
    EXPECT_FALSE(model.listenerChecked());
}

TEST(ModelRowDelegate, AClickOnTheBoxChecks) {
    ThemeContext context(*static_cast<QApplication*>(qApp), ThemeContext::Choice::Dark);
    QListView view;
    ModelsModel model;
    model.setModels(eightModels());
    view.setModel(&model);
    view.setItemDelegate(new ModelRowDelegate(&view));
    view.resize(240, 300);
    view.show();
    QTest::qWait(1);
    const QRect row = view.visualRect(model.index(2));
    const QPoint box(row.left() + 18, row.center().y());
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, box);
    EXPECT_EQ(model.slotOf("m2"), 1);
    const QImage picture = view.viewport()->grab().toImage();
    EXPECT_EQ(picture.pixelColor(row.left() + 37, row.center().y() - 5).rgb(),
              Theme::darkTheme().slot(0).rgb()); // its chip
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(row.left() + 120, row.center().y()));
    EXPECT_EQ(model.slotOf("m2"), 1); // the name only selects
    view.setCurrentIndex(model.index(2));
    QTest::keyClick(&view, Qt::Key_Space);
    EXPECT_EQ(model.slotOf("m2"), 0);
}

TEST(RunsModel, KeepsChecksThroughRefreshes) {
    RunsModel model;
    Tester tester(&model, Tester::FailureReportingMode::Fatal);
    RunInfo a{"/runs/a", "a", "trans-vae", "running", 10, 100, 0},
        b{"/runs/b", "b", "trans-vae-emc", "done", 100, 100, 0.5};
    model.setRuns({a, b});
    EXPECT_TRUE(model.setData(model.index(1, RunsModel::Name), Qt::Checked, Qt::CheckStateRole));
    EXPECT_TRUE(model.setData(model.index(0, RunsModel::Name), Qt::Checked, Qt::CheckStateRole));
    ASSERT_EQ(model.checkedRuns().size(), 2u);
    EXPECT_EQ(model.checkedRuns()[0].name, "b");
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    a.step = 20;
    model.setRuns({a, b});
    EXPECT_EQ(resets.count(), 0);
    EXPECT_EQ(model.index(0, RunsModel::Steps).data().toString(), "20 / 100");
    model.setRuns({b});
    ASSERT_EQ(model.checkedRuns().size(), 1u);
    model.updateRun(a);
    EXPECT_EQ(model.rowCount(), 2);
    EXPECT_EQ(model.index(1, RunsModel::Validation).data().toString(), "\u2013");
    model.uncheckAll();
    EXPECT_TRUE(model.checkedRuns().empty());
}

TEST(QueueModel, RowsByIdAndOverallProgress) {
    QueueModel model;
    Tester tester(&model, Tester::FailureReportingMode::Fatal);
    QueueRow one;
    one.id = 1, one.state = QueueState::Running, one.done = 64, one.total = 100, one.secondsLeft = 2352;
    model.put(one);
    QueueRow two;
    two.id = 2, two.state = QueueState::Failed, two.error = "The corpus was moved";
    model.put(two);
    EXPECT_EQ(model.rowCount(), 2);
    EXPECT_EQ(model.runningCount(), 1);
    EXPECT_NEAR(model.overallProgress(), 0.64, 1e-12);
    EXPECT_EQ(model.index(0, QueueModel::TimeLeft).data().toString(), "00:39:12");
    EXPECT_EQ(model.index(1, QueueModel::Detail).data().toString(), "The corpus was moved");
    EXPECT_EQ(model.index(1, QueueModel::Progress).data().toString(), "\u2013");
    one.state = QueueState::Done;
    model.put(one);
    EXPECT_EQ(model.rowCount(), 2);
    EXPECT_EQ(model.overallProgress(), -1);
    model.clearFinished();
    EXPECT_EQ(model.rowCount(), 0);
    EXPECT_EQ(timeLeftText(-1), "\u2013");
    EXPECT_EQ(timeLeftText(38.2), "39\u2009s");
}

} // namespace
} // namespace emc
