#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QWheelEvent>

#include "tests/widgets/made_options.h"
#include "widgets/common/theme.h"
#include "widgets/options/option_editors.h"
#include "widgets/options/options_form.h"

namespace emc {
namespace {

class Form : public ::testing::Test {
protected:
    Form() {
        form.resize(400, 620);
        form.setOptions(test::MadeOptions());
        form.show();
        QTest::qWait(1);
    }
    ThemeContext context{*static_cast<QApplication*>(qApp), ThemeContext::Choice::Dark};
    OptionsForm form;
};

TEST_F(Form, ValuesGoInAndOutUnchanged) {
    test::MadeOptions values;
    values.lr = 1.2345678901234e-7;
    values.crop = 100;
    values.seeds = {1};
    values.corpus = "a b";
    values.emotionAttention = false;
    form.setOptions(values);
    const test::MadeOptions back = form.options<test::MadeOptions>();
    EXPECT_EQ(back.lr, values.lr); // exact: the box shows it shortly but does not round it
    EXPECT_EQ(back.crop, 100);
    EXPECT_EQ(back.seeds, std::vector<int>{1});
    EXPECT_EQ(back.corpus, "a b");
    EXPECT_FALSE(back.emotionAttention);
    EXPECT_EQ(form.optionCount(), 8);
    EXPECT_EQ(form.changedCount(), 5);
}

TEST_F(Form, TypingChangesAndResetTakesBack) {
    QSignalSpy changed(&form, &OptionsForm::changed);
    auto* crop = qobject_cast<QSpinBox*>(form.editor("data.crop"));
    ASSERT_TRUE(crop);
    crop->setFocus();
    crop->selectAll();
    QTest::keyClicks(crop, "128");
    QTest::keyClick(crop, Qt::Key_Return);
    EXPECT_EQ(form.options<test::MadeOptions>().crop, 128);
    EXPECT_GE(changed.count(), 1);
    EXPECT_EQ(form.changedKeys(), QStringList{"data.crop"});
    QAbstractButton* reset = nullptr;
    for (auto* button : form.findChildren<QAbstractButton*>())
        if (button->accessibleName() == "Reset Crop") reset = button;
    ASSERT_TRUE(reset && reset->isVisible());
    QTest::mouseClick(reset, Qt::LeftButton);
    EXPECT_EQ(form.options<test::MadeOptions>().crop, 256);
    EXPECT_TRUE(form.changedKeys().isEmpty());
    EXPECT_FALSE(reset->isVisible());
}

TEST_F(Form, EditorsFitTheirTypes) {
    auto* schedule = qobject_cast<QComboBox*>(form.editor("optim.schedule"));
    ASSERT_TRUE(schedule);
    EXPECT_EQ(schedule->count(), 2);
    schedule->setCurrentIndex(1);
    EXPECT_EQ(form.options<test::MadeOptions>().schedule, "constant");
    auto* ea = qobject_cast<SwitchButton*>(form.editor("model.ea"));
    ASSERT_TRUE(ea);
    QTest::mouseClick(ea, Qt::LeftButton);
    EXPECT_FALSE(form.options<test::MadeOptions>().emotionAttention);
    auto* seeds = qobject_cast<QLineEdit*>(form.editor("run.seeds"));
    ASSERT_TRUE(seeds);
    seeds->selectAll();
    QTest::keyClicks(seeds, "4, 5x");
    EXPECT_EQ(form.options<test::MadeOptions>().seeds, (std::vector<int>{4, 5})); // the last good list
    EXPECT_TRUE(form.setValueText("run.seeds", "1 2 3"));
    EXPECT_EQ(form.options<test::MadeOptions>().seeds, (std::vector<int>{1, 2, 3}));
    EXPECT_FALSE(form.setValueText("optim.batch", "many"));
    EXPECT_FALSE(form.setValueText("no.such", "1"));
}

TEST_F(Form, SearchLooksIntoKeysHelpAndClosedGroups) {
    form.setGroupOpen("Optimiser", false);
    EXPECT_FALSE(form.editor("optim.lr")->isVisible());
    form.setSearchText("step size");
    EXPECT_TRUE(form.editor("optim.lr")->isVisible());
    EXPECT_FALSE(form.editor("data.crop")->isVisible());
    form.setSearchText("data.crop");
    EXPECT_TRUE(form.editor("data.crop")->isVisible());
    form.setSearchText("nothing like it");
    EXPECT_FALSE(form.editor("data.crop")->isVisible());
    form.setSearchText("");
    EXPECT_TRUE(form.editor("data.crop")->isVisible());
}

TEST_F(Form, FaultsStandAtTheirRowsUntilMended) {
    form.setFaults({{"optim.batch", "the batch is too large", "Try 4"}, {"optim.btch", "there is no such option", ""}});
    const auto shown = [&](const QString& text) {
        for (auto* label : form.findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(text)) return true;
        return false;
    };
    EXPECT_TRUE(shown("the batch is too large. Try 4"));
    EXPECT_TRUE(shown("optim.btch: there is no such option"));
    form.setValueText("optim.batch", "4");
    EXPECT_FALSE(shown("the batch is too large"));
}

TEST_F(Form, HelpFollowsTheFocus) {
    form.focusOption("data.drop_speech");
    QString texts;
    for (auto* label : form.findChildren<QLabel*>()) texts += label->text() + '\n';
    EXPECT_TRUE(texts.contains("data.drop_speech"));
    EXPECT_TRUE(texts.contains("Share of clips that lose their speech. 0 to 1, default 0."));
}

TEST_F(Form, TheWheelDoesNotChangeWhatHasNoFocus) {
    QWidget* crop = form.editor("data.crop");
    form.editor("optim.batch")->setFocus();
    QWheelEvent wheel(QPointF(5, 5), crop->mapToGlobal(QPointF(5, 5)), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(crop, &wheel);
    EXPECT_EQ(form.options<test::MadeOptions>().crop, 256);
}

TEST_F(Form, ChoicesFromOutside) {
    form.setChoices("data.corpus", {"Demo corpus"}, {"/demo"});
    auto* box = qobject_cast<QComboBox*>(form.editor("data.corpus"));
    ASSERT_TRUE(box);
    EXPECT_EQ(form.options<test::MadeOptions>().corpus, "corpus"); // an unknown value stays
    box->setCurrentIndex(0);
    EXPECT_EQ(form.options<test::MadeOptions>().corpus, "/demo");
}

TEST(NumberBox, ShowsShortlyAndStepsByDecades) {
    NumberBox box;
    box.setRange(-1e300, 1e300);
    EXPECT_EQ(box.textFromValue(1e-5), "1e-5");
    EXPECT_EQ(box.textFromValue(0.25), "0.25");
    EXPECT_EQ(box.textFromValue(10), "10");
    EXPECT_DOUBLE_EQ(NumberBox::stepFor(0.2), 0.01);
    box.setValue(0.2);
    box.stepBy(1);
    EXPECT_EQ(box.value(), 0.21);
    box.setValue(1e-5);
    box.stepBy(2);
    EXPECT_EQ(box.value(), 1.2e-5);
    int at = 0;
    QString text = "1e";
    EXPECT_EQ(box.validate(text, at), QValidator::Intermediate);
    text = "2,5";
    EXPECT_EQ(box.valueFromText(text), 2.5);
    text = "abc";
    EXPECT_EQ(box.validate(text, at), QValidator::Invalid);
}

} // namespace
} // namespace emc
