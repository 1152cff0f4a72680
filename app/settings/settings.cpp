#include "app/settings/settings.h"

#include <QDir>
#include <QJsonDocument>
#include <QStandardPaths>

namespace emc {

namespace {

QString defaultFolder() {
    const QString given = qEnvironmentVariable("EMC_STUDIO_CONFIG");
    return given.isEmpty()
               ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/emc-studio")
               : given;
}

QString dataFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/emc-studio");
}

constexpr int kMostRecent = 10;

} // namespace

Settings::Settings(const QString& folder)
    : m_folder(folder.isEmpty() ? defaultFolder() : folder),
      m_store(m_folder + QStringLiteral("/studio.ini"), QSettings::IniFormat) {
    QDir().mkpath(m_folder);
}

ThemeContext::Choice Settings::theme() const {
    const QString name = m_store.value(QStringLiteral("look/theme")).toString();
    return name == QLatin1String("dark")    ? ThemeContext::Choice::Dark
           : name == QLatin1String("light") ? ThemeContext::Choice::Light
                                            : ThemeContext::Choice::System;
}

void Settings::setTheme(ThemeContext::Choice choice) {
    using enum ThemeContext::Choice;
    m_store.setValue(QStringLiteral("look/theme"), choice == Dark    ? QStringLiteral("dark")
                                                   : choice == Light ? QStringLiteral("light")
                                                                     : QStringLiteral("system"));
}

std::optional<bool> Settings::systemDark() const {
    const QVariant value = m_store.value(QStringLiteral("look/system-dark"));
    return value.isValid() ? std::optional(value.toBool()) : std::nullopt;
}

void Settings::setSystemDark(std::optional<bool> dark) {
    if (dark) m_store.setValue(QStringLiteral("look/system-dark"), *dark);
    else m_store.remove(QStringLiteral("look/system-dark"));
}

QJsonObject Settings::layout() const {
    return QJsonDocument::fromJson(m_store.value(QStringLiteral("window/layout")).toByteArray()).object();
}
void Settings::setLayout(const QJsonObject& layout) {
    m_store.setValue(QStringLiteral("window/layout"), QJsonDocument(layout).toJson(QJsonDocument::Compact));
}

QString Settings::language() const {
    return m_store.value(QStringLiteral("look/language")).toString();
}
void Settings::setLanguage(const QString& code) {
    m_store.setValue(QStringLiteral("look/language"), code);
}
QStringList Settings::recent() const {
    return m_store.value(QStringLiteral("files/recent")).toStringList();
}

void Settings::addRecent(const QString& path) {
    QStringList list = recent();
    list.removeAll(path);
    list.prepend(path);
    while (list.size() > kMostRecent) list.removeLast();
    m_store.setValue(QStringLiteral("files/recent"), list);
}

QString Settings::runsFolder() const {
    return m_store.value(QStringLiteral("runs/folder"), dataFolder() + QStringLiteral("/runs")).toString();
}
QString Settings::studiesFolder() const {
    return m_store.value(QStringLiteral("studies/folder"), dataFolder() + QStringLiteral("/studies")).toString();
}
QString Settings::clipsFolder() const {
    return m_store.value(QStringLiteral("clips/folder"), dataFolder() + QStringLiteral("/clips")).toString();
}

QString Settings::checkpointsFolder() const {
    return m_store.value(QStringLiteral("checkpoints/folder"), dataFolder() + QStringLiteral("/checkpoints"))
        .toString();
}

void Settings::setKey(const QString& action, const QString& keys) {
    if (keys.isEmpty()) m_store.remove(QStringLiteral("keys/") + action);
    else m_store.setValue(QStringLiteral("keys/") + action, keys);
}

} // namespace emc
