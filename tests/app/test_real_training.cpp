// The Train page with the real core behind it, in one program as users run it: what only shows when both are linked.
#include <algorithm>
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

    // A group of seeds, then the same group with one seed more: what is done is not repeated, and Evaluate offers it.
    TrainGroup group;
    group.base = options;
    group.models = {options.model};
    group.seeds = {1};
    group.folder = root / "runs" / "seeds";
    const auto trained = [&](const TrainGroup& asked) {
        const JobId job = window.train().startGroup(asked);
        const bool over = waitUntil([&] { return isFinal(window.jobs().find(job)->state); }, 100000);
        EXPECT_TRUE(over && window.jobs().find(job)->state == JobState::Done)
            << window.jobs().find(job)->problem.toStdString();
        return window.jobs().find(job)->done;
    };
    EXPECT_EQ(trained(group), 4);
    const std::filesystem::path first = group.folder / (options.model + "-s1") / "best.safetensors";
    const auto written = std::filesystem::last_write_time(first);
    TrainGroup more = backend->openGroup(group.folder);
    EXPECT_EQ(more.models, group.models);
    EXPECT_EQ(more.seeds, group.seeds);
    EXPECT_EQ(more.base.steps, 4);
    more.seeds = {1, 2};
    EXPECT_EQ(trained(more), 8);
    EXPECT_EQ(std::filesystem::last_write_time(first), written);
    std::vector<std::string> names;
    for (const RunInfo& run : backend->runs(root / "runs")) names.push_back(run.name);
    std::sort(names.begin(), names.end());
    EXPECT_EQ(names, (std::vector<std::string>{"seeds/" + options.model + "-s1", "seeds/" + options.model + "-s2"}));
}

} // namespace emc
