#include "app/session/relink.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

namespace emc {

namespace {

constexpr int kMostEntries = 20000; // a whole disk is not meant

QStringList clipFoldersUnder(const QString& folder) {
    QStringList clips;
    QDirIterator it(folder, {QStringLiteral("clip.toml")}, QDir::Files, QDirIterator::Subdirectories);
    for (int i = 0; it.hasNext() && i < kMostEntries; ++i) {
        it.next();
        clips.append(it.fileInfo().absolutePath());
    }
    clips.sort();
    return clips;
}

// Same place below another folder: "…/study/b/clip" under NEW is NEW/study/b/clip, NEW/b/clip, NEW/clip or NEW itself.
QStringList sameTail(const QString& path, const QString& folder) {
    const QStringList parts = path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    QStringList places;
    for (qsizetype first = 0; first < parts.size(); ++first) {
        const QString place = QDir::cleanPath(folder + QLatin1Char('/') + parts.mid(first).join(QLatin1Char('/')));
        if (QFileInfo::exists(place)) places.append(place);
    }
    if (!parts.isEmpty() && QFileInfo(folder).fileName() == parts.back()) places.append(QDir::cleanPath(folder));
    return places;
}

} // namespace

QMap<QString, QString> findMoved(const QStringList& missing, const QMap<QString, QString>& hashes,
                                 const QString& folder, const ClipHash& hashOf) {
    QMap<QString, QString> moved;
    QMap<QString, QString> seen; // hash by path: no clip is read twice
    const auto hash = [&](const QString& path) {
        if (!seen.contains(path)) seen.insert(path, hashOf(path));
        return seen.value(path);
    };
    QStringList below;
    bool listed = false;
    for (const QString& old : missing) {
        const QString wanted = hashes.value(old);
        QString sameName;
        const auto fits = [&](const QString& place) {
            const QString content = hash(place);
            if (content.isEmpty()) return false;
            if (sameName.isEmpty() && QFileInfo(place).fileName() == QFileInfo(old).fileName()) sameName = place;
            return !wanted.isEmpty() && content == wanted;
        };
        QString found;
        for (const QString& place : sameTail(old, folder))
            if (found.isEmpty() && fits(place)) found = place;
        if (found.isEmpty() && (sameName.isEmpty() || !wanted.isEmpty())) {
            if (!listed) below = clipFoldersUnder(folder), listed = true;
            for (const QString& place : below)
                if (found.isEmpty() && fits(place)) found = place;
        }
        if (found.isEmpty()) found = sameName;
        if (!found.isEmpty()) moved.insert(old, found);
    }
    return moved;
}

void relink(SessionFile& session, const QMap<QString, QString>& moved) {
    SessionState& s = session.state;
    for (auto it = moved.begin(); it != moved.end(); ++it) {
        const QString &old = it.key(), place = QDir::cleanPath(it.value());
        const qsizetype index = s.clips.indexOf(old);
        if (index < 0) continue;
        if (s.clips.contains(place)) s.clips.removeAt(index); // two entries were the same clip
        else s.clips[index] = place;
        if (s.clip == old) s.clip = place;
        if (s.conditions.contains(old)) s.conditions.insert(place, s.conditions.take(old));
        if (session.hashes.contains(old)) session.hashes.insert(place, session.hashes.take(old));
        session.missing.removeAll(old);
    }
}

} // namespace emc
