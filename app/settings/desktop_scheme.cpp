#include "app/settings/desktop_scheme.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QMetaType>

namespace emc {

namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kGroup = QStringLiteral("org.freedesktop.appearance");
const QString kKey = QStringLiteral("color-scheme");
constexpr int kPatienceMs = 3000; // the portal may have to be started first

} // namespace

DesktopScheme::DesktopScheme(const QDBusConnection& bus, QObject* parent) : QObject(parent), m_bus(bus) {
    if (!m_bus.isConnected()) return;
    // QtDBus finds the slot's type by name, which is not known before somebody used it.
    qRegisterMetaType<QDBusVariant>("QDBusVariant");
    m_bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                  SLOT(onSetting(QString, QString, QDBusVariant)));
    // "Read" and not the newer "ReadOne": every version of the portal answers it.
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call.setArguments({kGroup, kKey});
    auto* answer = new QDBusPendingCallWatcher(m_bus.asyncCall(call, kPatienceMs), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        if (!reply.isError()) take(reply.value().variant());
        done->deleteLater();
    });
}

void DesktopScheme::onSetting(const QString& group, const QString& key, const QDBusVariant& value) {
    if (group == kGroup && key == kKey) take(value.variant());
}

void DesktopScheme::take(const QVariant& given) {
    QVariant value = given;
    // "Read" wraps the value twice.
    while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    bool number = false;
    const uint scheme = value.toUInt(&number); // 0 no preference, 1 dark, 2 light
    std::optional<bool> dark;
    if (number && (scheme == 1 || scheme == 2)) dark = scheme == 1;
    if (dark == m_dark) return;
    m_dark = dark;
    emit changed(m_dark);
}

} // namespace emc
