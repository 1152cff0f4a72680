#include "widgets/common/tabular_font.h"

#include <QDirIterator>
#include <QFile>
#include <QFontDatabase>
#include <QMap>
#include <QStandardPaths>
#include <QtEndian>

#include <optional>

namespace emc {

namespace {

// A read-only window on the font's bytes. Reading past the end gives 0 and marks the view as broken: fonts are input
// too.
class Bytes {
public:
    explicit Bytes(const QByteArray& data) : m_data(data) {}
    quint16 u16(qint64 at) const {
        return inside(at, 2) ? qFromBigEndian<quint16>(m_data.constData() + at) : quint16(0);
    }
    quint32 u32(qint64 at) const { return inside(at, 4) ? qFromBigEndian<quint32>(m_data.constData() + at) : 0U; }
    QByteArray tag(qint64 at) const { return inside(at, 4) ? m_data.mid(at, 4) : QByteArray(); }
    bool broken() const { return m_broken; }

private:
    bool inside(qint64 at, qint64 size) const {
        const bool ok = at >= 0 && at + size <= m_data.size();
        m_broken = m_broken || !ok;
        return ok;
    }
    const QByteArray& m_data;
    mutable bool m_broken = false;
};

// Offset of a table's record in the directory, or none.
std::optional<qint64> tableRecord(const Bytes& font, const QByteArray& tag) {
    const int count = font.u16(4);
    for (int i = 0; i < count; ++i)
        if (font.tag(12 + 16 * i) == tag) return 12 + 16 * i;
    return std::nullopt;
}

QList<quint16> coverage(const Bytes& font, qint64 at) {
    QList<quint16> glyphs;
    const int count = font.u16(at + 2);
    if (font.u16(at) == 1) {
        for (int i = 0; i < count; ++i) glyphs.append(font.u16(at + 4 + 2 * i));
    } else if (font.u16(at) == 2) {
        for (int i = 0; i < count; ++i)
            for (int g = font.u16(at + 4 + 6 * i); g <= font.u16(at + 6 + 6 * i); ++g)
                glyphs.append(static_cast<quint16>(g));
    }
    return glyphs;
}

void readSingleSubstitution(const Bytes& font, qint64 at, QMap<quint16, quint16>& map) {
    const QList<quint16> from = coverage(font, at + font.u16(at + 2));
    for (qsizetype i = 0; i < from.size(); ++i) {
        if (font.u16(at) == 1) map.insert(from[i], static_cast<quint16>(from[i] + font.u16(at + 4)));
        else if (font.u16(at) == 2 && i < font.u16(at + 4)) map.insert(from[i], font.u16(at + 6 + 2 * i));
    }
}

// glyph -> tabular glyph, from the first "tnum" feature of GSUB.
QMap<quint16, quint16> tabularGlyphs(const Bytes& font, qint64 gsub) {
    QMap<quint16, quint16> map;
    const qint64 features = gsub + font.u16(gsub + 6), lookups = gsub + font.u16(gsub + 8);
    for (int i = 0; i < font.u16(features); ++i) {
        if (font.tag(features + 2 + 6 * i) != "tnum") continue;
        const qint64 feature = features + font.u16(features + 6 + 6 * i);
        for (int k = 0; k < font.u16(feature + 2); ++k) {
            const qint64 lookup = lookups + font.u16(lookups + 2 + 2 * font.u16(feature + 4 + 2 * k));
            for (int s = 0; s < font.u16(lookup + 4); ++s) {
                qint64 sub = lookup + font.u16(lookup + 6 + 2 * s);
                int type = font.u16(lookup);
                if (type == 7) type = font.u16(sub + 2), sub += font.u32(sub + 4);
                if (type == 1) readSingleSubstitution(font, sub, map);
            }
        }
        break;
    }
    return map;
}

// character -> glyph, from the format 12 subtable.
QMap<quint32, quint32> characterMap(const Bytes& font, qint64 cmap) {
    QMap<quint32, quint32> map;
    for (int i = 0; i < font.u16(cmap + 2); ++i) {
        const qint64 sub = cmap + font.u32(cmap + 8 + 8 * i);
        if (font.u16(sub) != 12) continue;
        const quint32 groups = font.u32(sub + 12);
        for (quint32 g = 0; g < groups && !font.broken(); ++g) {
            const quint32 first = font.u32(sub + 16 + 12 * g), last = font.u32(sub + 20 + 12 * g);
            if (last > 0x10FFFF || last < first) return {};
            for (quint32 c = first; c <= last; ++c) map.insert(c, font.u32(sub + 24 + 12 * g) + c - first);
        }
        break;
    }
    return map;
}

void put16(QByteArray& out, quint16 value) {
    value = qToBigEndian(value), out.append(reinterpret_cast<const char*>(&value), 2);
}
void put32(QByteArray& out, quint32 value) {
    value = qToBigEndian(value), out.append(reinterpret_cast<const char*>(&value), 4);
}

QByteArray writeCharacterMap(const QMap<quint32, quint32>& map) {
    QByteArray out;
    put16(out, 0), put16(out, 2); // version, two encoding records that share one subtable
    put16(out, 0), put16(out, 4), put32(out, 20);
    put16(out, 3), put16(out, 10), put32(out, 20);
    put16(out, 12), put16(out, 0), put32(out, static_cast<quint32>(16 + 12 * map.size())), put32(out, 0);
    put32(out, static_cast<quint32>(map.size()));
    for (auto it = map.begin(); it != map.end(); ++it)
        put32(out, it.key()), put32(out, it.key()), put32(out, it.value());
    return out;
}

QByteArray utf16(const QByteArray& latin) {
    QByteArray out;
    for (char c : latin) out.append('\0'), out.append(c);
    return out;
}

QString findFont(const QString& file) {
    QStringList roots = {QStringLiteral("/usr/share/fonts/opentype/inter"),
                         QStringLiteral("/usr/share/fonts/truetype/inter")};
    roots += QStandardPaths::standardLocations(QStandardPaths::FontsLocation);
    roots << QStringLiteral("/usr/local/share/fonts") << QStringLiteral("/usr/share/fonts");
    for (const QString& root : roots) {
        QDirIterator files(root, {file + QStringLiteral(".otf"), file + QStringLiteral(".ttf")}, QDir::Files,
                           QDirIterator::Subdirectories);
        if (files.hasNext()) return files.next();
    }
    return {};
}

QString loadTabularFamily() {
    for (const char* weight : {"Regular", "Medium", "SemiBold", "Bold"}) {
        QFile file(findFont(QStringLiteral("Inter-") + QLatin1String(weight)));
        const QByteArray patched =
            file.open(QIODevice::ReadOnly) ? withTabularFigures(file.readAll(), "Inter", "EmcUi") : QByteArray();
        if (patched.isEmpty() || QFontDatabase::addApplicationFontFromData(patched) < 0) return {};
    }
    return QStringLiteral("EmcUi");
}

} // namespace

QByteArray withTabularFigures(const QByteArray& font, const QByteArray& oldFamily, const QByteArray& family) {
    if (oldFamily.size() != family.size()) return {};
    const Bytes bytes(font);
    const auto cmap = tableRecord(bytes, "cmap"), gsub = tableRecord(bytes, "GSUB"), name = tableRecord(bytes, "name");
    if (!cmap || !gsub || !name) return {};
    const QMap<quint16, quint16> tabular = tabularGlyphs(bytes, bytes.u32(*gsub + 8));
    QMap<quint32, quint32> characters = characterMap(bytes, bytes.u32(*cmap + 8));
    int changed = 0;
    for (quint32 digit = '0'; digit <= '9'; ++digit) {
        const auto glyph = characters.find(digit);
        if (glyph == characters.end() || !tabular.contains(static_cast<quint16>(*glyph))) continue;
        *glyph = tabular.value(static_cast<quint16>(*glyph));
        ++changed;
    }
    if (bytes.broken() || changed != 10) return {};

    QByteArray out = font;
    const qint64 names = bytes.u32(*name + 8), length = bytes.u32(*name + 12);
    if (names + length > out.size()) return {};
    QByteArray table = out.mid(names, length);
    table.replace(utf16(oldFamily), utf16(family)).replace(oldFamily, family);
    out.replace(names, length, table);
    while (out.size() % 4) out.append('\0');
    QByteArray place;
    const QByteArray written = writeCharacterMap(characters);
    put32(place, static_cast<quint32>(out.size())), put32(place, static_cast<quint32>(written.size()));
    out.replace(*cmap + 8, 8, place).append(written);
    return out;
}

QString tabularFamily() {
    static const QString family = [] {
        const QString tabular = loadTabularFamily();
        if (!tabular.isEmpty()) return tabular;
        const QStringList families = QFontDatabase::families();
        for (const char* wanted : {"Inter", "Noto Sans", "DejaVu Sans"})
            if (families.contains(QLatin1String(wanted))) return QString::fromLatin1(wanted);
        return QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    }();
    return family;
}

} // namespace emc
