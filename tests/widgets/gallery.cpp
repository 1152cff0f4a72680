// widget_gallery FOLDER [NAME]: draws every widget with made data into PNG files, dark and light, to be looked at.
#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QPainter>
#include <QWidget>

#include <cstdio>
#include <functional>
#include <vector>

#include "tests/widgets/gallery_pages.h"
#include "widgets/common/theme.h"

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (argc < 2) {
        std::fprintf(stderr, "usage: widget_gallery FOLDER [NAME]\n");
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    if (!folder.mkpath(QStringLiteral("."))) return 1;
    const QString only = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString();
    emc::ThemeContext context(application, emc::ThemeContext::Choice::Dark);
    for (const emc::test::GalleryPage& page : emc::test::galleryPages()) {
        if (!only.isEmpty() && page.name != only) continue;
        for (const bool dark : {true, false}) {
            context.setChoice(dark ? emc::ThemeContext::Choice::Dark : emc::ThemeContext::Choice::Light);
            const std::unique_ptr<QWidget> widget(page.make());
            widget->resize(page.size);
            widget->setAttribute(Qt::WA_StyledBackground);
            widget->show();
            if (page.prepare) page.prepare(*widget);
            for (int i = 0; i < 5; ++i) QCoreApplication::processEvents(QEventLoop::AllEvents, 50);
            // Run with QT_SCALE_FACTOR=2 for pictures at ratio 2.
            QImage picture((QSizeF(page.size) * widget->devicePixelRatioF()).toSize(), QImage::Format_RGB32);
            picture.setDevicePixelRatio(widget->devicePixelRatioF());
            picture.fill(emc::Theme::of(widget.get()).window);
            widget->render(&picture);
            const QString file = folder.filePath(
                QStringLiteral("%1-%2%3.png")
                    .arg(page.name, dark ? "dark" : "light", widget->devicePixelRatioF() > 1 ? "-2x" : ""));
            if (!picture.save(file)) return 1;
        }
    }
    return 0;
}
