#pragma once
// Waiting in tests of the window: runs the event loop until something holds.
#include <QElapsedTimer>
#include <QTest>

#include <functional>

namespace emc {

inline bool waitUntil(const std::function<bool()>& ready, int mostMs = 60000) {
    QElapsedTimer spent;
    spent.start();
    while (!ready() && spent.elapsed() < mostMs) QTest::qWait(5);
    return ready();
}

} // namespace emc
