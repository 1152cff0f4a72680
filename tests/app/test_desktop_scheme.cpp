// A bus of its own with a portal made here: what the desktop says arrives, and what does not answer does no harm.
#include <gtest/gtest.h>

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QProcess>
#include <QStandardPaths>

#include "app/settings/desktop_scheme.h"
#include "tests/app/wait.h"
#include "widgets/common/theme.h"

using namespace emc;

namespace {

const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");

class Portal : public QDBusVirtualObject {
public:
    uint scheme = 1;
    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& bus) override {
        if (message.interface() != kInterface || message.member() != QLatin1String("Read")) return false;
        const QVariant twice = QVariant::fromValue(QDBusVariant(QVariant::fromValue(QDBusVariant(scheme))));
        return bus.send(message.createReply(twice));
    }
};

class SchemeTest : public testing::Test {
protected:
    void SetUp() override {
        const QString daemon = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
        if (daemon.isEmpty()) GTEST_SKIP() << "dbus-daemon is not installed";
        bus.start(daemon, {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        ASSERT_TRUE(bus.waitForStarted() && bus.waitForReadyRead(10000));
        address = QString::fromUtf8(bus.readLine()).trimmed();
    }
    void TearDown() override {
        QDBusConnection::disconnectFromBus(QStringLiteral("emc-portal"));
        QDBusConnection::disconnectFromBus(QStringLiteral("emc-client"));
        if (bus.state() != QProcess::NotRunning) bus.kill(), bus.waitForFinished();
    }
    QProcess bus;
    QString address;
};

} // namespace

TEST_F(SchemeTest, theThemeFollowsTheDesktop) {
    Portal portal;
    QDBusConnection server = QDBusConnection::connectToBus(address, QStringLiteral("emc-portal"));
    ASSERT_TRUE(server.isConnected());
    ASSERT_TRUE(server.registerVirtualObject(kPath, &portal, QDBusConnection::SingleNode));
    ASSERT_TRUE(server.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
    ThemeContext theme(*qApp, ThemeContext::Choice::System, nullptr, false);
    EXPECT_FALSE(theme.theme().dark);
    DesktopScheme scheme(QDBusConnection::connectToBus(address, QStringLiteral("emc-client")));
    QObject::connect(&scheme, &DesktopScheme::changed, &theme, &ThemeContext::setSystemDark);
    ASSERT_TRUE(waitUntil([&] { return scheme.dark() == std::optional(true); }));
    EXPECT_TRUE(theme.theme().dark);
    const auto say = [&](const QString& group, uint value) {
        QDBusMessage signal = QDBusMessage::createSignal(kPath, kInterface, QStringLiteral("SettingChanged"));
        signal.setArguments({group, QStringLiteral("color-scheme"), QVariant::fromValue(QDBusVariant(value))});
        server.send(signal);
    };
    say(QStringLiteral("org.gnome.other"), 2); // not ours
    // A bus under load may hear of our interest late: the desktop says it again.
    const auto sayUntil = [&](uint value, std::optional<bool> wanted) {
        return waitUntil([&] {
            say(QStringLiteral("org.freedesktop.appearance"), value);
            QTest::qWait(50);
            return scheme.dark() == wanted;
        });
    };
    ASSERT_TRUE(sayUntil(2, false));
    EXPECT_FALSE(theme.theme().dark);
    theme.setChoice(ThemeContext::Choice::Dark); // what the user chose wins
    ASSERT_TRUE(sayUntil(0, std::nullopt));
    EXPECT_TRUE(theme.theme().dark);
}

TEST_F(SchemeTest, withoutAPortalNothingHappens) {
    DesktopScheme scheme(QDBusConnection::connectToBus(address, QStringLiteral("emc-client")));
    QTest::qWait(200);
    EXPECT_FALSE(scheme.dark().has_value());
    DesktopScheme off{QDBusConnection(QStringLiteral("no such connection"))};
    EXPECT_FALSE(off.dark().has_value());
}
