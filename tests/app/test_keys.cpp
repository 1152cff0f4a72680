#include <gtest/gtest.h>

#include <QAction>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/settings/settings.h"
#include "app/window/key_bindings.h"
#include "app/window/keys_dialog.h"

using namespace emc;

namespace {

class KeysTest : public testing::Test {
protected:
    KeysTest() {
        for (QAction* action : {&play, &face}) bind(action);
    }
    void bind(QAction* action) {
        action->setObjectName(action == &play ? QStringLiteral("play") : QStringLiteral("face"));
        bindings.add(action, QStringLiteral("Clip"),
                     action == &play ? QStringLiteral("Space; Ctrl+P") : QStringLiteral("F"));
    }
    QTemporaryDir folder;
    Settings settings{folder.path()};
    QAction play{QStringLiteral("Play")}, face{QStringLiteral("Face")};
    KeyBindings bindings{settings};
};

} // namespace

TEST_F(KeysTest, aKeyMovesToItsNewCommandAndIsKept) {
    EXPECT_EQ(play.shortcuts().size(), 2);
    EXPECT_EQ(bindings.holder(QKeySequence(QStringLiteral("F")), QStringLiteral("play")), &face);
    EXPECT_EQ(bindings.holder(QKeySequence(QStringLiteral("F")), QStringLiteral("face")), nullptr);
    QSignalSpy changed(&bindings, &KeyBindings::changed);
    bindings.assign(QStringLiteral("play"), QKeySequence(QStringLiteral("F")));
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(play.shortcuts(), QList<QKeySequence>{QKeySequence(QStringLiteral("F"))});
    EXPECT_TRUE(face.shortcuts().isEmpty());
    EXPECT_TRUE(bindings.isOwn(QStringLiteral("face")));
    EXPECT_EQ(bindings.textOf("play"), QStringLiteral("F"));
    EXPECT_EQ(bindings.textOf("face"), QString());
    // The next start has them too.
    QAction again(QStringLiteral("Play")), without(QStringLiteral("Face"));
    again.setObjectName(QStringLiteral("play")), without.setObjectName(QStringLiteral("face"));
    Settings reread(folder.path());
    KeyBindings next(reread);
    next.add(&again, {}, QStringLiteral("Space; Ctrl+P"));
    next.add(&without, {}, QStringLiteral("F"));
    EXPECT_EQ(again.shortcut(), QKeySequence(QStringLiteral("F")));
    EXPECT_TRUE(without.shortcuts().isEmpty());
    // A default that comes back takes its key from whoever has it now.
    bindings.reset(QStringLiteral("face"));
    EXPECT_EQ(face.shortcut(), QKeySequence(QStringLiteral("F")));
    EXPECT_TRUE(play.shortcuts().isEmpty());
    bindings.resetAll();
    EXPECT_EQ(play.shortcuts().size(), 2);
    EXPECT_FALSE(bindings.isOwn(QStringLiteral("play")));
    EXPECT_TRUE(settings.key(QStringLiteral("play")).isEmpty());
}

TEST_F(KeysTest, theDialogShowsConflictsBeforeTheyHappen) {
    KeysDialog dialog(bindings);
    dialog.choose(QStringLiteral("play"));
    auto* edit = dialog.findChild<QKeySequenceEdit*>();
    ASSERT_TRUE(edit);
    const auto says = [&](const QString& text) {
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            if (label->text().contains(text)) return true;
        return false;
    };
    const auto button = [&](const QString& text) -> QPushButton* {
        for (QPushButton* each : dialog.findChildren<QPushButton*>())
            if (each->text() == text) return each;
        return nullptr;
    };
    edit->setKeySequence(QKeySequence(QStringLiteral("Z")));
    EXPECT_TRUE(says(QStringLiteral("Z is free")));
    edit->setKeySequence(QKeySequence(QStringLiteral("F")));
    EXPECT_TRUE(says(QStringLiteral("already belongs to")));
    ASSERT_TRUE(button(QStringLiteral("Take over")));
    button(QStringLiteral("Take over"))->click();
    EXPECT_EQ(play.shortcut(), QKeySequence(QStringLiteral("F")));
    ASSERT_TRUE(button(QStringLiteral("No key")));
    button(QStringLiteral("No key"))->click();
    EXPECT_TRUE(play.shortcuts().isEmpty());
    button(QStringLiteral("Default"))->click();
    EXPECT_EQ(play.shortcuts().size(), 2);
}
