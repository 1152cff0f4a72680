#include "app/screenshots.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QPixmap>
#include <QTimer>

#include <cstdio>
#include <functional>

#include "app/main_window.h"
#include "app/pages/doctor/doctor_page.h"
#include "app/pages/evaluate/evaluate_page.h"
#include "app/pages/explore/explore_page.h"
#include "app/pages/train/train_page.h"
#include "widgets/samples/cma_panel.h"

namespace emc {

namespace {

// Runs the event loop until `ready` holds (checked every 30 ms) or the time is over.
bool waitFor(const std::function<bool()>& ready, int mostMs) {
    QElapsedTimer spent;
    spent.start();
    QEventLoop loop;
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        if (ready() || spent.elapsed() > mostMs) loop.quit();
    });
    tick.start(30);
    loop.exec();
    return ready();
}

} // namespace

int writeScreenshots(MainWindow& window, const QString& folder) {
    constexpr int kMostMs = 240000, kRestMs = 400;
    if (!QDir().mkpath(folder)) {
        std::fprintf(stderr, "emc-studio: %s cannot be made\n", qPrintable(folder));
        return 1;
    }
    int failures = 0;
    const auto take = [&](const char* name, const std::function<bool()>& ready) {
        if (!waitFor(ready, kMostMs)) {
            std::fprintf(stderr, "emc-studio: %s was not complete in time\n", name);
            ++failures;
        }
        QElapsedTimer rest;
        rest.start();
        waitFor([&] { return rest.elapsed() > kRestMs; }, 2 * kRestMs);
        const QString path = QDir(folder).filePath(QLatin1String(name) + QStringLiteral(".png"));
        if (!window.grab().save(path, "PNG", 0)) ++failures; // 0 = smallest file
        std::printf("%s\n", qPrintable(path));
    };
    ExplorePage& explore = window.explore();
    const auto settled = [&explore] { return explore.settled(); };
    window.showPage(QStringLiteral("explore"));
    waitFor(settled, kMostMs);
    // The states the program is about: a stretch without speech and one without face, the playhead in the first.
    const int frames = explore.clock().frames();
    if (frames > 20) {
        const FrameSpan speech{frames / 3, frames / 2}, face{frames * 13 / 20, frames * 31 / 40};
        window.document().change(QObject::tr("Missing spans"), [&](SessionState& s) {
            s.conditions[s.clip] = {{face}, {speech}};
        });
        explore.clock().seekFrame((speech.begin + speech.end) / 2);
    }
    take("explore", settled);
    explore.chooseRightTab(QStringLiteral("attention"));
    take("attention", settled);
    explore.chooseRightTab(QStringLiteral("cma"));
    if (auto* panel = window.findChild<CmaPanel*>()) emit panel->truthRequested(); // the demo knows what was taken away
    take("cma", settled);
    explore.chooseRightTab(QStringLiteral("attention"));
    window.showPage(QStringLiteral("train"));
    waitFor([&window] { return window.train().settled(); }, kMostMs);
    window.train().compareNewest(3);
    take("train", [&window] { return window.train().settled(); });
    window.showPage(QStringLiteral("evaluate"));
    EvaluatePage& evaluate = window.evaluate();
    const auto evaluated = [&evaluate] { return evaluate.settled(); };
    waitFor(evaluated, kMostMs);
    take("evaluate", evaluated);
    window.showPage(QStringLiteral("doctor"));
    take("doctor", [&window] { return window.doctor().settled(); });
    return failures ? 1 : 0;
}

} // namespace emc
