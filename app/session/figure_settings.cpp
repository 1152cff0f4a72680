#include "app/session/figure_settings.h"

#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QJsonArray>
#include <QJsonDocument>
#include <QXmlStreamReader>

#include "core/api/error.h"
#include "core/api/figure_session.h"

namespace emc {

namespace {

constexpr qint64 kMostBytes = 64 << 20;

QString inSvg(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(file.exists() ? ErrorKind::Io : ErrorKind::NotFound, "the figure cannot be read",
                    path.toStdString(), file.errorString().toStdString());
    if (file.size() > kMostBytes)
        throw Error(ErrorKind::BadInput, "this file is far too large for a figure", path.toStdString());
    QXmlStreamReader xml(&file);
    while (!xml.atEnd())
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String("metadata") &&
            xml.attributes().value(QLatin1String("id")) == QLatin1String(kSessionTag))
            return xml.readElementText(QXmlStreamReader::SkipChildElements);
    return {};
}

int number(const QJsonObject& object, const char* key, int fallback) {
    return object.value(QLatin1String(key)).toInt(fallback);
}

// The keys of StudyModelsModel: a baseline by its name, weights by name and place. A run stands there by its folder.
QJsonArray tickedOf(const QJsonArray& models) {
    QJsonArray keys;
    for (const QJsonValue& value : models) {
        const QJsonObject model = value.toObject();
        const QString name = model.value(QStringLiteral("model")).toString();
        const QJsonArray checkpoints = model.value(QStringLiteral("checkpoints")).toArray();
        if (checkpoints.isEmpty()) keys.append(name);
        for (const QJsonValue& checkpoint : checkpoints) {
            const QString path = checkpoint.toObject().value(QStringLiteral("path")).toString();
            keys.append(name + QLatin1Char('\t') + path);
            keys.append(name + QLatin1Char('\t') + QFileInfo(path).path());
        }
    }
    return keys;
}

} // namespace

bool isFigure(const QString& path) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == QLatin1String("svg") || suffix == QLatin1String("png");
}

QJsonObject settingsInFigure(const QString& path) {
    const bool png = QFileInfo(path).suffix().toLower() == QLatin1String("png");
    const QString text = png ? QImageReader(path).text(QLatin1String(kSessionTag)) : inSvg(path);
    const QJsonObject settings = QJsonDocument::fromJson(text.toUtf8()).object();
    if (settings.isEmpty())
        throw Error(ErrorKind::BadInput, "this figure does not say how it was made", path.toStdString(),
                    "Figures that EMC Studio exports carry their settings; other programs may remove them on saving");
    return settings;
}

QString weightsIn(const QJsonObject& settings) {
    QStringList lines;
    for (const QJsonValue& value : settings.value(QLatin1String("models")).toArray()) {
        const QJsonObject model = value.toObject();
        for (const QJsonValue& checkpoint : model.value(QLatin1String("checkpoints")).toArray())
            lines.append(QStringLiteral("%1: %2, sha256 %3")
                             .arg(model.value(QLatin1String("label")).toString(),
                                  checkpoint.toObject().value(QLatin1String("path")).toString(),
                                  checkpoint.toObject().value(QLatin1String("sha256")).toString()));
    }
    return lines.join(QLatin1Char('\n'));
}

QJsonObject evaluateLayoutOf(const QJsonObject& settings, const QJsonObject& before) {
    if (settings.contains(QLatin1String("evaluate"))) return settings.value(QLatin1String("evaluate")).toObject();
    const QJsonObject own = settings.value(QLatin1String("settings")).toObject();
    QJsonObject form = before.value(QLatin1String("form")).toObject(),
                numbers = form.value(QLatin1String("numbers")).toObject();
    for (const char* key : {"samples", "sampling_seeds", "seed", "clips", "frames"})
        numbers.insert(QLatin1String(key), number(settings, key, number(numbers, key, 1)));
    form.insert(QStringLiteral("numbers"), numbers);
    form.insert(QStringLiteral("corpus"), settings.value(QLatin1String("corpus")));
    form.insert(QStringLiteral("partition"), settings.value(QLatin1String("partition")));
    form.insert(QStringLiteral("models"), tickedOf(settings.value(QLatin1String("models")).toArray()));
    if (own.contains(QLatin1String("variant")))
        form.insert(QStringLiteral("variant"), own.value(QLatin1String("variant")));
    QJsonObject layout = before;
    const QJsonArray modalities = own.value(QLatin1String("modalities")).toArray();
    if (own.contains(QLatin1String("occlusion"))) {
        layout.insert(QStringLiteral("occlusion"), own);
        layout.insert(QStringLiteral("tab"), QStringLiteral("occlusion"));
    } else {
        QJsonObject ticks = form.value(QLatin1String("ticks")).toObject();
        const QJsonArray fills = own.value(QLatin1String("fills")).toArray();
        for (const char* fill : {"cma", "zeros", "mean"})
            if (!fills.isEmpty()) ticks.insert(QLatin1String(fill), fills.contains(QLatin1String(fill)));
        form.insert(QStringLiteral("ticks"), ticks);
        layout.insert(
            QStringLiteral("robustness"),
            QJsonObject{{QStringLiteral("metric"), own.value(QLatin1String("metric"))},
                        {QStringLiteral("what"), modalities.size() != 1                                 ? 0
                                                 : modalities.at(0).toString() == QLatin1String("face") ? 1
                                                                                                        : 2},
                        {QStringLiteral("burst"), number(own, "burst", 25)},
                        {QStringLiteral("seeds"), number(own, "damage_seeds", 1)},
                        {QStringLiteral("bursts"), !own.value(QLatin1String("bursts")).toArray().isEmpty()},
                        {QStringLiteral("failures"), !own.value(QLatin1String("damages")).toArray().isEmpty()}});
        layout.insert(QStringLiteral("tab"), QStringLiteral("robustness"));
    }
    layout.insert(QStringLiteral("form"), form);
    return layout;
}

} // namespace emc
