#include "app/studio.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QTimer>
#include <QTranslator>

#include <cstdio>

#include "app/main_window.h"
#include "app/screenshots.h"
#include "app/settings/settings.h"

namespace emc {

namespace {

void loadTranslations(QApplication& application, const QString& code) {
    QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    if (locale.language() == QLocale::C) locale = QLocale(QLocale::English, QLocale::UnitedStates);
    QLocale::setDefault(locale);
    auto* own = new QTranslator(&application);
    if (own->load(locale, QStringLiteral("emc"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        application.installTranslator(own); // the English one holds the plurals
    else if (own->load(QStringLiteral(":/i18n/emc_en.qm"))) application.installTranslator(own);
    auto* qt = new QTranslator(&application);
    if (qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        application.installTranslator(qt);
}

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
    if (wants(argc, argv, "--screenshots")) qputenv("QT_QPA_PLATFORM", "offscreen");
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
    const QCommandLineOption language(QStringLiteral("lang"), QStringLiteral("Language: en, de."),
                                      QStringLiteral("CODE"));
    const QCommandLineOption bench(QStringLiteral("startup-bench"),
                                   QStringLiteral("Print the milliseconds to a usable window and quit."));
    const QCommandLineOption clip(QStringLiteral("clip"), QStringLiteral("Open a clip folder or a video."),
                                  QStringLiteral("PATH"));
    const QCommandLineOption session(QStringLiteral("session"), QStringLiteral("Open a session."),
                                     QStringLiteral("FILE"));
    const QCommandLineOption config(QStringLiteral("config"), QStringLiteral("Folder of the settings."),
                                    QStringLiteral("DIR"));
    parser.addOptions({screenshots, theme, size, language, bench, clip, session, config});
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
    loadTranslations(application, parser.isSet(language) ? parser.value(language) : settings.language());
    ThemeContext context(application, look == QLatin1String("dark")     ? ThemeContext::Choice::Dark
                                      : look == QLatin1String("light")  ? ThemeContext::Choice::Light
                                      : look == QLatin1String("system") ? ThemeContext::Choice::System
                                                                        : settings.theme());
    const std::unique_ptr<Backend> backend = makeBackend();
    const FaceCanvasFactory canvas =
        makeCanvas ? makeCanvas : [](QWidget* parent) -> FaceCanvas* { return new DrawnFace(parent); };
    int code = 0;
    {
        MainWindow window(*backend, settings, context, canvas);
        window.setAskOnClose(!quiet);
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
        if (parser.isSet(screenshots)) {
            code = writeScreenshots(window, parser.value(screenshots));
        } else if (parser.isSet(bench)) {
            // Usable = shown, painted once and back in the event loop.
            QTimer::singleShot(0, &window, [&window, processStart] {
                window.repaint();
                QTimer::singleShot(0, &window, [processStart] {
                    const double ms =
                        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - processStart)
                            .count();
                    std::printf("{\"name\": \"startup\", \"figures\": {\"ms\": %.1f}}\n", ms);
                    std::fflush(stdout);
                    QApplication::quit();
                });
            });
            code = QApplication::exec();
        } else {
            window.offerRecovery();
            code = QApplication::exec();
        }
    }
    if (quiet && !parser.isSet(config)) QDir(settings.folder()).removeRecursively();
    return code;
}

} // namespace emc
