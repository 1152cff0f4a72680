// "Open checkpoint": the file becomes the weights of its model and Explore shows them.
#include <gtest/gtest.h>

#include <QPushButton>

#include "app/pages/explore/explore_page.h"
#include "app/react/reaction_controller.h"
#include "tests/app/put_file.h"
#include "tests/app/wait.h"
#include "tests/app/window_test.h"
#include "widgets/common/message_bar.h"

using namespace emc;

namespace {

class CheckpointTest : public WindowTest {
protected:
    QString checkpoint(const QString& name) {
        const QString path = folder.filePath(name);
        put(path, "the made core asks for the name only");
        return path;
    }
    QString weightsOf(const QString& model) {
        return QString::fromStdString(window->explore().reactions().info(model)->checkpoint);
    }
    void press(const QString& text) {
        for (QPushButton* button : window->messages().findChildren<QPushButton*>())
            if (button->text() == text) button->click();
    }
};

TEST_F(CheckpointTest, givesItsModelOtherWeightsAndShowsIt) {
    open();
    document().change(QStringLiteral("x"), [](SessionState& s) { s.models = {QStringLiteral("mime")}; });
    const QString file = checkpoint(QStringLiteral("regnn-emc.pth")), own = weightsOf(QStringLiteral("regnn-emc"));
    window->showPage(QStringLiteral("doctor"));
    window->openPaths({file});
    ASSERT_TRUE(waitUntil([&] { return weightsOf(QStringLiteral("regnn-emc")) == file; }));
    ASSERT_TRUE(waitUntil([&] { return window->explore().settled(); }));
    EXPECT_EQ(document().view().page, QStringLiteral("explore"));
    EXPECT_EQ(document().state().models, QStringList({QStringLiteral("regnn-emc"), QStringLiteral("mime")}));
    EXPECT_TRUE(window->messages().lastText().contains(QStringLiteral("regnn-emc.pth")));
    document().undoStack().undo();
    EXPECT_EQ(document().state().models, QStringList(QStringLiteral("mime")));
    press(QStringLiteral("Use the program's weights"));
    EXPECT_EQ(weightsOf(QStringLiteral("regnn-emc")), own);
}

TEST_F(CheckpointTest, theFormWithoutEmotionAttentionIsAHostAndASwitch) {
    open();
    const QString file = checkpoint(QStringLiteral("trans-vae-emc-no-ea.safetensors"));
    window->openPaths({file});
    ASSERT_TRUE(waitUntil([&] { return weightsOf(QStringLiteral("trans-vae-emc-no-ea")) == file; }));
    EXPECT_TRUE(document().state().models.contains(QStringLiteral("trans-vae-emc")));
    EXPECT_FALSE(document().state().emotionAttention);
}

TEST_F(CheckpointTest, eachOfSeveralCanBeTakenBack) {
    open();
    const QString first = QStringLiteral("regnn"), second = QStringLiteral("regnn-emc"), own = weightsOf(first);
    window->openPaths({checkpoint(QStringLiteral("regnn.pth"))});
    ASSERT_TRUE(waitUntil([&] { return weightsOf(first) != own; }));
    const QString before = weightsOf(second);
    window->openPaths({checkpoint(QStringLiteral("regnn-emc.pth"))});
    ASSERT_TRUE(waitUntil([&] { return weightsOf(second) != before; }));
    press(QStringLiteral("Use the program's weights")); // those of both messages
    EXPECT_EQ(weightsOf(first), own);
    EXPECT_EQ(weightsOf(second), before);
}

TEST_F(CheckpointTest, takesThePlaceOfTheLastOfFour) {
    open();
    document().change(QStringLiteral("x"), [](SessionState& s) {
        s.models = {QStringLiteral("mime"), QStringLiteral("regnn"), QStringLiteral("regnn-emc"),
                    QStringLiteral("trans-vae-emc")};
    });
    window->openPaths({checkpoint(QStringLiteral("trans-vae.ckpt"))});
    ASSERT_TRUE(waitUntil([&] { return document().state().models.contains(QStringLiteral("trans-vae")); }));
    EXPECT_EQ(document().state().models, QStringList({QStringLiteral("trans-vae"), QStringLiteral("mime"),
                                                      QStringLiteral("regnn"), QStringLiteral("regnn-emc")}));
}

TEST_F(CheckpointTest, oneThatFitsNothingIsAMessageAndNothingElse) {
    open();
    const SessionState before = document().state();
    window->openPaths({checkpoint(QStringLiteral("unknown.pt"))});
    ASSERT_TRUE(waitUntil([&] { return window->messages().lastText().contains(QStringLiteral("no model")); }));
    EXPECT_TRUE(window->messages().lastText().contains(QStringLiteral("unknown.pt")));
    EXPECT_EQ(document().state().models, before.models);
    EXPECT_FALSE(document().undoStack().canUndo());
}

} // namespace
