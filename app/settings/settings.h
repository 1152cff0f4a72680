#pragma once
// What a person chose on this machine, kept between starts. One ini file; tests give a folder of their own.
#include <QByteArray>
#include <QJsonObject>
#include <QSettings>
#include <QString>
#include <QStringList>

#include <optional>

#include "widgets/common/theme.h"

namespace emc {

class Settings {
public:
    explicit Settings(const QString& folder = {}); // empty = EMC_STUDIO_CONFIG, else the user's configuration folder

    QString folder() const { return m_folder; }
    QString recoveryFolder() const { return m_folder + QStringLiteral("/recovery"); }
    ThemeContext::Choice theme() const;
    void setTheme(ThemeContext::Choice choice);
    // What the desktop preferred last; the answer of this start comes after the window is up.
    std::optional<bool> systemDark() const;
    void setSystemDark(std::optional<bool> dark);
    QString language() const; // "en", "de", ...; empty = the system's
    void setLanguage(const QString& code);
    QStringList recent() const;
    void addRecent(const QString& path);
    QByteArray geometry() const { return m_store.value(QStringLiteral("window/geometry")).toByteArray(); }
    void setGeometry(const QByteArray& geometry) { m_store.setValue(QStringLiteral("window/geometry"), geometry); }
    QJsonObject layout() const; // of the pages, for new sessions
    void setLayout(const QJsonObject& layout);
    QString runsFolder() const;
    void setRunsFolder(const QString& folder) { m_store.setValue(QStringLiteral("runs/folder"), folder); }
    QString studiesFolder() const;     // where evaluations keep reactions and scores
    QString clipsFolder() const;       // where imported videos become clips
    QString checkpointsFolder() const; // where files of the authors become files of ours
    // Keys: an action's name -> texts of QKeySequences with "; " between, kNoKey for none; empty = the default.
    static constexpr char kNoKey[] = "none";
    QString key(const QString& action) const { return m_store.value(QStringLiteral("keys/") + action).toString(); }
    void setKey(const QString& action, const QString& keys);

private:
    QString m_folder;
    QSettings m_store;
};

} // namespace emc
