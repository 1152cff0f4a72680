#pragma once
// What a person chose on this machine, kept between starts. One ini file; tests give a folder of their own.
#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

#include "widgets/common/theme.h"

namespace emc {

class Settings {
public:
    explicit Settings(const QString& folder = {}); // empty = EMC_STUDIO_CONFIG, else the user's configuration folder

    QString folder() const { return m_folder; }
    QString recoveryFolder() const { return m_folder + QStringLiteral("/recovery"); }
    ThemeContext::Choice theme() const;
    void setTheme(ThemeContext::Choice choice);
    QString language() const; // "en", "de", ...; empty = the system's
    void setLanguage(const QString& code);
    QStringList recent() const;
    void addRecent(const QString& path);
    QByteArray geometry() const { return m_store.value(QStringLiteral("window/geometry")).toByteArray(); }
    void setGeometry(const QByteArray& geometry) { m_store.setValue(QStringLiteral("window/geometry"), geometry); }
    QString runsFolder() const;
    void setRunsFolder(const QString& folder) { m_store.setValue(QStringLiteral("runs/folder"), folder); }
    QString clipsFolder() const; // where imported videos become clips
    // Keys: an action's name -> text of a QKeySequence; empty = the default.
    QString key(const QString& action) const { return m_store.value(QStringLiteral("keys/") + action).toString(); }
    void setKey(const QString& action, const QString& keys);

private:
    QString m_folder;
    QSettings m_store;
};

} // namespace emc
