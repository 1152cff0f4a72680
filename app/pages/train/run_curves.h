#pragma once
// Numbers of a run over its steps: live from its events, or read again from the run folder's log.jsonl.
#include <QHash>
#include <QString>

#include <filesystem>
#include <vector>

#include "core/api/job_context.h"

namespace emc {

struct RunCurves {
    struct Series {
        std::vector<double> x, y;
    };
    QHash<QString, Series> byName; // "loss", "rec", "kl", "val", ...
    long lastStep = 0;

    void add(const TrainEvent& event);
};

// One object a line: {"event": "step", "step": 3, "loss": ...}. Lines that cannot be read are passed over (a run may be
// writing the last one); at most the last 64 MiB are read. A file that is not there gives no curves.
RunCurves readRunLog(const std::filesystem::path& runFolder);

} // namespace emc
