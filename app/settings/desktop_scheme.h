#pragma once
// Asks the desktop whether it prefers dark or light, and hears when that changes: key "color-scheme" of
// org.freedesktop.appearance at the XDG settings portal. Never blocks; without a portal it stays silent.
#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>

#include <optional>

namespace emc {

class DesktopScheme : public QObject {
    Q_OBJECT
public:
    explicit DesktopScheme(const QDBusConnection& bus, QObject* parent = nullptr);
    std::optional<bool> dark() const { return m_dark; } // nothing = not known or no preference

signals:
    void changed(std::optional<bool> dark);

private slots:
    void onSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void take(const QVariant& value);
    QDBusConnection m_bus;
    std::optional<bool> m_dark;
};

} // namespace emc
