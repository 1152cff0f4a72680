// The Train page with the real core behind it, in one program as users run it: what only shows when both are linked.
#include <filesystem>

#include "app/main_window.h"
#include "app/pages/train/train_page.h"
#include "core/backend/studio_backend.h"
#include "tests/app/wait.h"
#include "tests/core/train/tiny_corpus.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QTemporaryDir>

namespace emc {

TEST(RealTraining, aRunStartedFromThePageEndsWithACheckpoint) {
    QTemporaryDir folder;
    const std::filesystem::path root = folder.path().toStdString();
    qputenv("XDG_CACHE_HOME", folder.filePath(QStringLiteral("cache")).toUtf8());
    test::TinyCorpus{}.write(root / "corpus");

    const std::unique_ptr<Backend> backend = makeStudioBackend();
    Settings settings(folder.path());
    ThemeContext theme(*qApp, ThemeContext::Choice::Light);
    MainWindow window(*backend, settings, theme, [](QWidget* parent) -> FaceCanvas* { return new DrawnFace(parent); });
    window.setAskOnClose(false);
    window.show();
    window.showPage(QStringLiteral("train"));

    TrainOptions options = test::tinyOptions(root / "corpus", root / "run");
    options.steps = 4;
    options.encoder = "joint"; // spares the test the training of a frame encoder
    const JobId id = window.train().startRun(options);
    const auto ended = [&] {
        const JobState state = window.jobs().find(id)->state;
        return state == JobState::Done || state == JobState::Failed;
    };
    ASSERT_TRUE(waitUntil(ended, 100000));
    EXPECT_EQ(window.jobs().find(id)->state, JobState::Done) << window.jobs().find(id)->problem.toStdString();
    EXPECT_TRUE(std::filesystem::exists(root / "run" / "best.safetensors"));
    EXPECT_EQ(window.jobs().find(id)->done, 4);
}

} // namespace emc
