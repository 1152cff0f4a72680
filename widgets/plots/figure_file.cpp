#include "widgets/plots/figure_file.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>

#include "core/api/error.h"
#include "core/api/figure_session.h"
#include "widgets/common/theme.h"

namespace emc {

void writeFigure(const QString& path, const QSize& size, const FigureTexts& texts, const Theme& theme,
                 const std::function<void(QPainter&, const QRect&, bool)>& draw) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix != QLatin1String("png") && suffix != QLatin1String("svg") && suffix != QLatin1String("pdf"))
        throw Error(ErrorKind::Usage, "a figure is written as png, svg or pdf", path.toStdString(),
                    "Give the file one of these endings");
    const int width = std::clamp(size.width(), 16, 20000), height = std::clamp(size.height(), 16, 20000);
    const QFontMetrics fm(theme.font(11));
    const QRect captionBox = texts.caption.isEmpty()
                                 ? QRect()
                                 : fm.boundingRect(QRect(0, 0, width - 16, 10000), Qt::TextWordWrap, texts.caption);
    const QSize whole(width, height + (captionBox.isNull() ? 0 : captionBox.height() + 12));
    const auto paint = [&](QPainter& painter, bool vector) {
        painter.fillRect(QRect(QPoint(0, 0), whole), theme.base);
        draw(painter, QRect(0, 0, width, height), vector);
        if (captionBox.isNull()) return;
        painter.setFont(theme.font(11));
        painter.setPen(theme.muted);
        painter.drawText(QRect(8, height + 4, width - 16, captionBox.height() + 4), Qt::TextWordWrap, texts.caption);
    };
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (suffix == QLatin1String("png")) {
        QImage image(whole * 2, QImage::Format_RGB32);
        image.setDevicePixelRatio(2);
        {
            QPainter painter(&image);
            paint(painter, false);
        }
        image.setText(QStringLiteral("Title"), texts.title);
        image.setText(QStringLiteral("Description"), texts.caption);
        image.setText(QStringLiteral("Software"), QStringLiteral("EMC Studio " EMC_VERSION));
        if (!texts.session.isEmpty()) image.setText(QLatin1String(kSessionTag), texts.session);
        image.save(&buffer, "PNG");
    } else if (suffix == QLatin1String("svg")) {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(whole);
        generator.setViewBox(QRect(QPoint(0, 0), whole));
        generator.setTitle(texts.title.toHtmlEscaped()); // the generator writes both as they are
        generator.setDescription(texts.caption.toHtmlEscaped());
        {
            QPainter painter(&generator);
            paint(painter, true);
        }
        // The generator has no place for metadata: they follow its description.
        const qsizetype after = bytes.indexOf("<defs");
        if (!texts.session.isEmpty() && after > 0)
            bytes.insert(after, QStringLiteral("<metadata id=\"%1\">%2</metadata>\n")
                                    .arg(QLatin1String(kSessionTag), texts.session.toHtmlEscaped())
                                    .toUtf8());
    } else {
        QPdfWriter writer(&buffer);
        writer.setTitle(texts.title);
        writer.setCreator(QStringLiteral("EMC Studio " EMC_VERSION));
        writer.setResolution(96);
        writer.setPageSize(QPageSize(QSizeF(whole) * 0.75, QPageSize::Point, {}, QPageSize::ExactMatch));
        writer.setPageMargins({});
        QPainter painter(&writer);
        paint(painter, true);
    }
    buffer.close();
    QSaveFile file(path);
    if (bytes.isEmpty() || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        throw Error(ErrorKind::Io, "the figure could not be written", path.toStdString(),
                    file.errorString().toStdString());
}

} // namespace emc
