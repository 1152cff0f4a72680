// A run folder from its first file to its last: what surrounds the trainer.
#include <chrono>
#include <ctime>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/nn/device.h"
#include "core/train/train_options.h"
#include "core/train/trainer.h"

namespace emc {
namespace {

std::string utcNow() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

} // namespace

TrainResult trainWith(const TrainOptions& asked, const TrainServices& services, JobContext& job) {
    requireValid(asked);
    const TrainOptions options = asked.resolved(); // what is written down is what was used
    const std::string device =
        usableDevice(options.device); // before any folder is made, and before anything is seeded (device.h)
    const std::filesystem::path folder = options.run;
    std::error_code fault;
    std::filesystem::create_directories(folder, fault);
    if (fault)
        throw Error(ErrorKind::Io, "the run folder cannot be made: " + fault.message(), folder.string(),
                    "Choose another folder.");
    const std::unique_ptr<RunLock> lock = RunLock::take(folder);
    const std::filesystem::path config = folder / "config.toml";
    RunRecord record;
    if (std::filesystem::exists(config)) requireSameOptions(options, config);
    else writeFileAtomically(config, writeTrainOptions(options));
    const bool known = std::filesystem::exists(record.file(folder));
    if (known) record = readRunRecord(folder);
    else record.started = utcNow();

    record.model = options.model;
    record.state = "running";
    record.error.clear();
    record.seed = static_cast<std::uint64_t>(options.seed);
    record.version = EMC_VERSION;
    record.device = device;
    record.threads = options.threads;
    record.corpus = options.corpus;
    record.steps = options.steps;
    record.finishedEarly = false;
    writeRunRecord(folder, record);
    try {
        Trainer trainer(options, services, folder, record, job);
        writeRunRecord(folder, record);
        const TrainResult result = trainer.run();
        record.state = "done";
        writeRunRecord(folder, record);
        return result;
    } catch (const Cancelled&) {
        record.state = "interrupted";
        writeRunRecord(folder, record);
        throw;
    } catch (const std::exception& problem) {
        record.state = "failed";
        record.error = problem.what();
        try {
            writeRunRecord(folder, record);
        } catch (const Error&) { // a full disk: the first problem is the one to tell
        }
        if (dynamic_cast<const Error*>(&problem)) throw;
        throw Error(ErrorKind::Internal, problem.what(), folder.string(),
                    "The last saved state is kept; start the same run again to go on.");
    }
}

} // namespace emc
