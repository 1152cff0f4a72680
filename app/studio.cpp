#include "app/studio.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTimer>

#include <cstdio>

#include "app/main_window.h"
#include "app/pages/evaluate/evaluate_page.h"
#include "app/pages/evaluate/study_form.h"
#include "app/pages/train/train_page.h"
#include "app/screenshots.h"
#include "app/settings/desktop_scheme.h"
#include "app/settings/language.h"
#include "app/settings/settings.h"

namespace emc {

namespace {

bool wants(int argc, char** argv, const char* option) {
    for (int i = 1; i < argc; ++i)
        if (qstrncmp(argv[i], option, qstrlen(option)) == 0) return true;
    return false;
}

} // namespace

int runStudio(int argc, char** argv, std::chrono::steady_clock::time_point processStart,
              const std::function<std::unique_ptr<Backend>()>& makeBackend, const FaceCanvasFactory& makeCanvas) {
    // Before QApplication: the platform for pictures without a screen; the ffmpeg media backend, because gstreamer has
    // no plugins here.
    if (wants(argc, argv, "--screenshots") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (qEnvironmentVariableIsEmpty("QT_MEDIA_BACKEND")) qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("emc-studio"));
    QApplication::setApplicationDisplayName(QStringLiteral("EMC Studio"));
    QApplication::setApplicationVersion(QStringLiteral(EMC_VERSION));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Studio for research on appropriate facial reactions"));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption screenshots(QStringLiteral("screenshots"),
                                         QStringLiteral("Write a picture of every page and quit."),
                                         QStringLiteral("DIR"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("dark, light or system."),
                                   QStringLiteral("NAME"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Size of the window, 1600x1000."),
                                  QStringLiteral("WxH"));
    QStringList languages;
    for (const auto& [code, name] : Language::all()) languages.append(code);
    const QCommandLineOption language({QStringLiteral("language"), QStringLiteral("lang")},
                                      QStringLiteral("Language: %1.").arg(languages.join(QStringLiteral(", "))),
                                      QStringLiteral("CODE"));
    const QCommandLineOption bench(QStringLiteral("startup-bench"),
                                   QStringLiteral("Print the milliseconds to a usable window and quit."));
    const QCommandLineOption clip(QStringLiteral("clip"), QStringLiteral("Open a clip folder or a video."),
                                  QStringLiteral("PATH"));
    const QCommandLineOption session(QStringLiteral("open"), QStringLiteral("Open a session."), QStringLiteral("FILE"));
    const QCommandLineOption config(QStringLiteral("config"), QStringLiteral("Folder of the settings."),
                                    QStringLiteral("DIR"));
    const QCommandLineOption runs(QStringLiteral("runs"), QStringLiteral("Folder of the runs that Train lists."),
                                  QStringLiteral("DIR"));
    const QCommandLineOption corpus(QStringLiteral("corpus"), QStringLiteral("Corpus that Evaluate scores on."),
                                    QStringLiteral("DIR"));
    const QCommandLineOption studies(QStringLiteral("studies"),
                                     QStringLiteral("Folder where evaluations keep reactions and scores."),
                                     QStringLiteral("DIR"));
    parser.addOptions({screenshots, theme, size, language, bench, clip, session, config, runs, corpus, studies});
    parser.addPositionalArgument(QStringLiteral("paths"), QStringLiteral("Clips, videos, folders or a session."),
                                 QStringLiteral("[PATH...]"));
    parser.process(application);

    QSize wanted;
    if (parser.isSet(size)) {
        const QStringList parts = parser.value(size).split(QLatin1Char('x'));
        wanted = QSize(parts.value(0).toInt(), parts.value(1).toInt());
        if (parts.size() != 2 || wanted.width() < 800 || wanted.height() < 600 || wanted.width() > 8000 ||
            wanted.height() > 8000) {
            std::fprintf(stderr, "emc-studio: --size needs WxH between 800x600 and 8000x8000\n");
            return 2;
        }
    }
    const QString look = parser.value(theme);
    if (!look.isEmpty() && look != QLatin1String("dark") && look != QLatin1String("light") &&
        look != QLatin1String("system")) {
        std::fprintf(stderr, "emc-studio: --theme is dark, light or system\n");
        return 2;
    }

    const bool quiet = parser.isSet(screenshots) || parser.isSet(bench);
    Settings settings(parser.isSet(config) ? parser.value(config)
                      : quiet
                          ? QDir::temp().filePath(QStringLiteral("emc-studio-%1").arg(QApplication::applicationPid()))
                          : QString());
    Language tongue(application, parser.isSet(language) ? parser.value(language) : settings.language());
    ThemeContext context(application,
                         look == QLatin1String("dark")     ? ThemeContext::Choice::Dark
                         : look == QLatin1String("light")  ? ThemeContext::Choice::Light
                         : look == QLatin1String("system") ? ThemeContext::Choice::System
                                                           : settings.theme(),
                         nullptr, settings.systemDark());
    const std::unique_ptr<Backend> backend = makeBackend();
    const FaceCanvasFactory canvas =
        makeCanvas ? makeCanvas : [](QWidget* parent) -> FaceCanvas* { return new DrawnFace(parent); };
    int code = 0;
    {
        MainWindow window(*backend, settings, context, canvas);
        window.setAskOnClose(!quiet);
        if (parser.isSet(runs)) {
            window.train().setRunsFolder(QFileInfo(parser.value(runs)).absoluteFilePath());
            window.evaluate().setRunsFolder(QFileInfo(parser.value(runs)).absoluteFilePath());
        }
        if (parser.isSet(studies))
            window.evaluate().form().setStudiesFolder(QFileInfo(parser.value(studies)).absoluteFilePath());
        if (parser.isSet(corpus)) window.evaluate().setCorpus(parser.value(corpus));
        QObject::connect(&window, &MainWindow::languageChosen, &tongue, &Language::setCode);
        if (wanted.isValid()) window.resize(wanted);
        QStringList paths = parser.positionalArguments();
        if (parser.isSet(clip)) paths.append(parser.value(clip));
        if (parser.isSet(session)) window.openSession(parser.value(session));
        else if (paths.isEmpty() && !backend->demoClip().empty()) window.openDemo();
        if (!paths.isEmpty()) {
            QStringList absolute;
            for (const QString& path : paths) absolute.append(QFileInfo(path).absoluteFilePath());
            window.openPaths(absolute);
        }
        window.show();
        // Usable = shown, painted once and back in the event loop.
        const bool onlyBench = parser.isSet(bench);
        QTimer::singleShot(0, &window, [&window, processStart, onlyBench] {
            window.repaint();
            QTimer::singleShot(0, &window, [&window, processStart, onlyBench] {
                const double ms =
                    std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - processStart).count();
                window.setStartMs(ms);
                if (!onlyBench) return;
                std::printf("{\"name\": \"startup\", \"figures\": {\"ms\": %.1f}}\n", ms);
                std::fflush(stdout);
                QApplication::quit();
            });
        });
        if (parser.isSet(screenshots)) {
            code = writeScreenshots(window, parser.value(screenshots));
        } else if (onlyBench) {
            code = QApplication::exec();
        } else {
            // Asked after the window is up: connecting to the bus must not cost the start.
            std::unique_ptr<DesktopScheme> scheme;
            QTimer::singleShot(0, &window, [&] {
                scheme = std::make_unique<DesktopScheme>(QDBusConnection::sessionBus());
                QObject::connect(scheme.get(), &DesktopScheme::changed, &context, [&](std::optional<bool> dark) {
                    settings.setSystemDark(dark);
                    context.setSystemDark(dark);
                });
            });
            window.offerRecovery();
            code = QApplication::exec();
        }
    }
    if (quiet && !parser.isSet(config)) QDir(settings.folder()).removeRecursively();
    return code;
}

} // namespace emc
