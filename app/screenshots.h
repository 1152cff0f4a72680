#pragma once
// Pictures of every page with the demo, for documentation and for looking at one's own work.
#include <QString>

namespace emc {

class MainWindow;

// Writes explore.png, attention.png, cma.png, train.png, doctor.png into `folder`. Waits until reactions are complete;
// 0 on success.
int writeScreenshots(MainWindow& window, const QString& folder);

} // namespace emc
