#pragma once
// A whole window on the made backend, with the demo open and settings that are thrown away.
#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QTemporaryDir>

#include <memory>

#include "app/main_window.h"
#include "app/pages/explore/explore_page.h"
#include "tests/app/wait.h"
#include "tests/support/fake_backend.h"

namespace emc {

class WindowTest : public testing::Test {
protected:
    void open(const QSize& size = {1600, 1000}, ThemeContext::Choice choice = ThemeContext::Choice::Dark,
              FakeOptions options = {.frames = 250}) {
        backend = std::make_unique<FakeBackend>(options);
        settings = std::make_unique<Settings>(folder.path());
        theme = std::make_unique<ThemeContext>(*qApp, choice);
        window = std::make_unique<MainWindow>(*backend, *settings, *theme,
                                              [](QWidget* parent) -> FaceCanvas* { return new DrawnFace(parent); });
        window->setAskOnClose(false);
        window->resize(size);
        window->openDemo();
        window->show();
        ASSERT_TRUE(waitUntil([this] { return window->explore().settled(); }));
    }
    SessionDocument& document() { return window->document(); }
    void press(const char* action) {
        for (QAction* candidate : window->actionsByKey())
            if (candidate->objectName() == QLatin1String(action)) return candidate->trigger();
        FAIL() << "no action " << action;
    }
    QTemporaryDir folder;
    std::unique_ptr<FakeBackend> backend;
    std::unique_ptr<Settings> settings;
    std::unique_ptr<ThemeContext> theme;
    std::unique_ptr<MainWindow> window;
};

} // namespace emc
