#include "app/session/react_tree.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QStringList>

#include <algorithm>

namespace emc {

namespace {

const QStringList kPartitions = {QStringLiteral("train"), QStringLiteral("val"), QStringLiteral("test")};
// The first folder that is there names the item; which one does not matter to the reader of the clip.
const QStringList kModalities = {QStringLiteral("Video_files"), QStringLiteral("Emotion"),
                                 QStringLiteral("3D_FV_files"), QStringLiteral("Audio_files")};
constexpr qint64 kMostBytes = 64 << 20; // of a table

struct Row {
    QString speaker, listener; // "Made/script0000/Expert_video/1"
};

// An item's name inside a tree must stay inside it.
bool isItem(const QString& item) {
    return !item.isEmpty() && !item.startsWith(QLatin1Char('/')) &&
           !item.split(QLatin1Char('/')).contains(QStringLiteral(".."));
}

std::vector<Row> rowsOf(const QString& csv, int most) {
    std::vector<Row> rows;
    QFile file(csv);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kMostBytes) return rows;
    const QStringList head = QString::fromUtf8(file.readLine(1 << 16)).trimmed().split(QLatin1Char(','));
    const qsizetype speaker = head.indexOf(QStringLiteral("speaker_path")),
                    listener = head.indexOf(QStringLiteral("listener_path"));
    if (speaker < 0 || listener < 0) return rows;
    while (!file.atEnd() && static_cast<int>(rows.size()) < most) {
        const QStringList cells = QString::fromUtf8(file.readLine(1 << 16)).trimmed().split(QLatin1Char(','));
        const Row row{cells.value(speaker), cells.value(listener)};
        if (isItem(row.speaker) && isItem(row.listener)) rows.push_back(row);
    }
    return rows;
}

// ROOT/PARTITION/MODALITY/ITEM with the ending that is there; frames of a video may be a folder without one.
QString fileOf(const QString& tree, const QString& item) {
    for (const QString& modality : kModalities) {
        const QString base = tree + QLatin1Char('/') + modality + QLatin1Char('/') + item;
        for (const char* ending : {"", ".mp4", ".csv", ".npy", ".wav"})
            if (QFileInfo::exists(base + QLatin1String(ending))) return base + QLatin1String(ending);
    }
    return {};
}

// What tells an item from its neighbours: the folder of the talk and the number, without site and role.
QString nameOf(const QString& item) {
    const QStringList parts = item.split(QLatin1Char('/'));
    return parts.size() >= 3 ? parts[parts.size() - 3] + QLatin1Char('/') + parts.back() : item;
}

} // namespace

bool isReactTree(const QString& folder) {
    return std::any_of(kPartitions.begin(), kPartitions.end(), [&](const QString& partition) {
        return QFileInfo(folder + QLatin1Char('/') + partition + QStringLiteral(".csv")).isFile() &&
               QFileInfo(folder + QLatin1Char('/') + partition).isDir();
    });
}

std::vector<ReactTreePair> reactPairs(const QString& root, int most) {
    std::vector<ReactTreePair> pairs;
    for (const QString& partition : kPartitions) {
        const QString tree = QDir::cleanPath(root + QLatin1Char('/') + partition);
        for (const Row& row : rowsOf(tree + QStringLiteral(".csv"), most)) {
            const QString speaker = fileOf(tree, row.speaker);
            if (!speaker.isEmpty())
                pairs.push_back({partition, speaker, fileOf(tree, row.listener), nameOf(row.speaker)});
        }
    }
    return pairs;
}

QString reactPartner(const QString& path) {
    // From the end: …/ROOT/PARTITION/MODALITY/ITEM.
    const QStringList parts = QDir::cleanPath(path).split(QLatin1Char('/'));
    for (qsizetype i = parts.size() - 2; i > 0; --i) {
        if (!kPartitions.contains(parts[i])) continue;
        const QString tree = parts.mid(0, i + 1).join(QLatin1Char('/'));
        if (!QFileInfo::exists(tree + QStringLiteral(".csv"))) continue;
        const qsizetype first = kModalities.contains(parts[i + 1]) ? i + 2 : i + 1;
        QString item = parts.mid(first).join(QLatin1Char('/'));
        // The ending of a file, not a dot in the name of a folder.
        if (const QFileInfo info(path); info.isFile()) item.chop(info.suffix().size() + 1);
        for (const Row& row : rowsOf(tree + QStringLiteral(".csv"), 1 << 20)) {
            if (row.speaker == item) return fileOf(tree, row.listener);
            if (row.listener == item) return fileOf(tree, row.speaker);
        }
        return {};
    }
    return {};
}

} // namespace emc
