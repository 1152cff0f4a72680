#include "app/session/session_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>
#include <cmath>

#include "core/api/error.h"
#include "core/api/vectors.h"

namespace emc {

namespace {

constexpr qint64 kMostBytes = 32 << 20; // a session is small; anything larger is not one

QJsonArray toJson(const std::vector<FrameSpan>& spans) {
    QJsonArray array;
    for (const FrameSpan& span : spans) array.append(QJsonArray{span.begin, span.end});
    return array;
}

// Reads values of one object and gathers every fault with the name of its field.
class Reader {
public:
    Reader(const QJsonObject& object, QStringList& faults, QString where = {})
        : m_object(object), m_faults(faults), m_where(std::move(where)) {}
    bool flag(const char* key, bool fallback) const {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (value.isUndefined()) return fallback;
        if (!value.isBool()) fault(key, "must be true or false");
        return value.toBool(fallback);
    }
    double number(const char* key, double fallback, double low, double high) const {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (value.isUndefined()) return fallback;
        if (!value.isDouble() || !(value.toDouble() >= low && value.toDouble() <= high)) {
            fault(key, "must be a number in its range");
            return fallback;
        }
        return value.toDouble();
    }
    int whole(const char* key, int fallback, int low, int high) const {
        return static_cast<int>(std::lround(number(key, fallback, low, high)));
    }
    QString text(const char* key, const QString& fallback = {}) const {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (value.isUndefined()) return fallback;
        if (!value.isString()) fault(key, "must be text");
        return value.toString(fallback);
    }
    QStringList texts(const char* key) const {
        QStringList result;
        for (const QJsonValue& value : m_object.value(QLatin1String(key)).toArray()) {
            if (value.isString()) result.append(value.toString());
            else fault(key, "must be a list of texts");
        }
        return result;
    }
    std::vector<FrameSpan> spans(const char* key) const {
        std::vector<FrameSpan> result;
        for (const QJsonValue& value : m_object.value(QLatin1String(key)).toArray()) {
            const QJsonArray pair = value.toArray();
            const double begin = pair.at(0).toDouble(-1), end = pair.at(1).toDouble(-1);
            if (pair.size() != 2 || begin < 0 || end <= begin || end > (1 << 28))
                fault(key, "must be a list of [begin, end) in frames");
            else result.push_back({static_cast<int>(begin), static_cast<int>(end)});
        }
        return normalisedSpans(std::move(result), 1 << 28);
    }
    void fault(const char* key, const char* problem) const {
        const QString name = m_where + QLatin1String(key);
        m_faults.append(QStringLiteral("%1 %2").arg(name, QLatin1String(problem)));
    }

private:
    const QJsonObject& m_object;
    QStringList& m_faults;
    QString m_where;
};

} // namespace

QByteArray writeSession(const SessionFile& session, const QString& folder) {
    const SessionState& s = session.state;
    const QDir dir(folder);
    QJsonArray clips;
    for (const QString& path : s.clips) {
        const ClipConditions conditions = s.conditions.value(path);
        clips.append(QJsonObject{{QStringLiteral("path"), dir.relativeFilePath(path)},
                                 {QStringLiteral("hash"), session.hashes.value(path)},
                                 {QStringLiteral("face_missing"), toJson(conditions.faceMissing)},
                                 {QStringLiteral("speech_missing"), toJson(conditions.speechMissing)}});
    }
    QJsonObject root{
        {QStringLiteral("format"), QStringLiteral("emc-session")},
        {QStringLiteral("schema"), kSessionSchema},
        {QStringLiteral("program"), QStringLiteral(EMC_VERSION)},
        {QStringLiteral("clips"), clips},
        {QStringLiteral("current"), static_cast<int>(s.clips.indexOf(s.clip))},
        {QStringLiteral("switches"), QJsonObject{{QStringLiteral("face"), s.face},
                                                 {QStringLiteral("speech"), s.speech},
                                                 {QStringLiteral("ea"), s.emotionAttention},
                                                 {QStringLiteral("emc"), s.compensation}}},
        {QStringLiteral("models"), QJsonArray::fromStringList(s.models)},
        {QStringLiteral("real_listener"), s.realListener},
        {QStringLiteral("seed"), QString::number(s.seed)}, // 64 bits do not fit a JSON number
        {QStringLiteral("seed_locked"), s.seedLocked},
        {QStringLiteral("sample"), s.sample},
        {QStringLiteral("temperature"), s.temperature},
        {QStringLiteral("per_frame_draws"), s.perFrameDraws},
        {QStringLiteral("quantity"), QString::fromLatin1(kEmotionNames[static_cast<std::size_t>(s.quantity)].data())},
        {QStringLiteral("view"), s.view},
        {QStringLiteral("one_camera"), s.oneCamera},
        {QStringLiteral("playhead"), session.view.playhead},
        {QStringLiteral("page"), session.view.page},
        {QStringLiteral("right_tab"), session.view.rightTab},
        {QStringLiteral("layout"), session.view.layout},
    };
    if (s.loop) root.insert(QStringLiteral("loop"), QJsonArray{s.loop->begin, s.loop->end});
    if (!session.original.isEmpty()) root.insert(QStringLiteral("autosave_of"), session.original);
    return QJsonDocument(root).toJson();
}

SessionFile readSession(const QByteArray& bytes, const QString& folder, const QString& name) {
    QJsonParseError parse;
    const QJsonObject root = QJsonDocument::fromJson(bytes, &parse).object();
    const std::string where = name.toStdString();
    if (parse.error != QJsonParseError::NoError)
        throw Error(ErrorKind::BadInput, "this is not a session file: " + parse.errorString().toStdString(),
                    where + ", byte " + std::to_string(parse.offset));
    if (root.value(QStringLiteral("format")).toString() != QStringLiteral("emc-session"))
        throw Error(ErrorKind::BadInput, "this is not a session file", where,
                    "Sessions end in .emcs and are written by this program");
    if (root.value(QStringLiteral("schema")).toInt() > kSessionSchema)
        throw Error(ErrorKind::Unsupported, "this session was written by a newer version", where,
                    "Update the program to open it");

    QStringList faults;
    const Reader r(root, faults);
    SessionFile file;
    SessionState& s = file.state;
    const QDir dir(folder);
    int index = 0;
    const int current = r.whole("current", -1, -1, 1 << 20);
    for (const QJsonValue& value : root.value(QStringLiteral("clips")).toArray()) {
        const QJsonObject object = value.toObject();
        const Reader clip(object, faults, QStringLiteral("clips[%1].").arg(index));
        const QString path = QDir::cleanPath(dir.absoluteFilePath(clip.text("path")));
        if (clip.text("path").isEmpty()) clip.fault("path", "is missing");
        else if (!s.clips.contains(path)) {
            s.clips.append(path);
            s.conditions.insert(path, {clip.spans("face_missing"), clip.spans("speech_missing")});
            file.hashes.insert(path, clip.text("hash"));
            if (index == current) s.clip = path;
            if (!QFileInfo::exists(path)) file.missing.append(path);
        }
        ++index;
    }
    const QJsonObject switches = root.value(QStringLiteral("switches")).toObject();
    const Reader sw(switches, faults, QStringLiteral("switches."));
    s.face = sw.flag("face", true), s.speech = sw.flag("speech", true);
    s.emotionAttention = sw.flag("ea", true), s.compensation = sw.flag("emc", true);
    s.models = r.texts("models");
    s.realListener = r.flag("real_listener", true);
    bool seedOk = true;
    s.seed = r.text("seed", QStringLiteral("7")).toULongLong(&seedOk);
    if (!seedOk) r.fault("seed", "must be a whole number in quotes");
    s.seedLocked = r.flag("seed_locked", true);
    s.sample = r.whole("sample", 0, 0, kSamples - 1);
    s.temperature = r.number("temperature", 1.0, 0.0, 4.0);
    s.perFrameDraws = r.flag("per_frame_draws", false);
    const QString quantity = r.text("quantity", QStringLiteral("AU12"));
    const auto found = std::find(kEmotionNames.begin(), kEmotionNames.end(), quantity.toStdString());
    if (found == kEmotionNames.end()) r.fault("quantity", "must be one of the 25 emotion names");
    else s.quantity = static_cast<int>(found - kEmotionNames.begin());
    s.view = r.whole("view", 1, 0, 2);
    s.oneCamera = r.flag("one_camera", true);
    const QJsonArray loop = root.value(QStringLiteral("loop")).toArray();
    if (loop.size() == 2 && loop.at(1).toInt() > loop.at(0).toInt() && loop.at(0).toInt() >= 0)
        s.loop = FrameSpan{loop.at(0).toInt(), loop.at(1).toInt()};
    file.view.playhead = r.whole("playhead", 0, 0, 1 << 28);
    file.view.page = r.text("page", QStringLiteral("explore"));
    file.view.rightTab = r.text("right_tab", QStringLiteral("attention"));
    file.view.layout = root.value(QStringLiteral("layout")).toObject(); // pages read it as a wish
    file.original = r.text("autosave_of");
    if (!faults.isEmpty())
        throw Error(ErrorKind::BadInput, "the session has faults: " + faults.join(QStringLiteral("; ")).toStdString(),
                    where);
    return file;
}

void saveSessionFile(const QString& path, const SessionFile& session) {
    QSaveFile file(path);
    const QByteArray bytes = writeSession(session, QFileInfo(path).absolutePath());
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        throw Error(ErrorKind::Io, "the session could not be written: " + file.errorString().toStdString(),
                    path.toStdString(), "Choose another folder or free some space");
}

SessionFile loadSessionFile(const QString& path) {
    QFile file(path);
    if (!file.exists()) throw Error(ErrorKind::NotFound, "there is no such session", path.toStdString());
    if (!file.open(QIODevice::ReadOnly))
        throw Error(ErrorKind::Io, "the session could not be read: " + file.errorString().toStdString(),
                    path.toStdString());
    if (file.size() > kMostBytes)
        throw Error(ErrorKind::BadInput, "this file is far too large for a session", path.toStdString());
    return readSession(file.readAll(), QFileInfo(path).absolutePath(), path);
}

} // namespace emc
