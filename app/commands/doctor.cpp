// emc doctor: what this machine has and what it lacks, a line each, with the fix.
#include "app/commands/command.h"
#include "core/backend/studio_backend.h"

namespace emc::cli {

Command doctorCommand() {
    return {"doctor", "Check this machine: codecs, GL, LibTorch, CUDA, disk, assets", [](CLI::App&) -> Run {
                return [](Session& session) {
                    auto list = nlohmann::json::array();
                    for (const DoctorCheck& check : runDoctor()) {
                        list.push_back(
                            {{"name", check.name}, {"ok", check.ok}, {"detail", check.detail}, {"fix", check.fix}});
                        session.say((check.ok ? "ok    " : "FAULT ") + check.name + ": " + check.detail +
                                    (check.fix.empty() ? "" : "\n      fix: " + check.fix));
                        if (!check.ok) session.exitCode = 1;
                    }
                    session.result["checks"] = list;
                };
            }};
}

} // namespace emc::cli
