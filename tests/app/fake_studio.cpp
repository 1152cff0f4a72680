// The window with the fake backend: to look at it without weights or graphics driver.
#include <chrono>

#include "app/studio.h"
#include "tests/support/fake_backend.h"

int main(int argc, char** argv) {
    return emc::runStudio(argc, argv, std::chrono::steady_clock::now(),
                          [] { return std::make_unique<emc::FakeBackend>(); });
}
