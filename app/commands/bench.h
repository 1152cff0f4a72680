#pragma once
// What the benches share: clocks, memory peaks, child programs. One file a bench; bench.cpp puts them together.
#include <chrono>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

#include "app/commands/command.h"

namespace emc::cli {

struct Bench {
    CLI::App* app = nullptr;
    std::string name;
    Run run; // fills result["figures"]; may set result["threads"] and result["device"]
};

struct ReactBenchArguments {
    std::string clip, model = "trans-vae", checkpoint, device = "cpu", precision = "f32";
    int samples = 10, rounds = 3, threads = 0;
};
// The clip that is named, else the demo's. Throws Error(NotFound).
std::filesystem::path clipOf(const ReactBenchArguments& arguments);
int threadsOf(const ReactBenchArguments& arguments);
void benchFaceAis(Session& session, const ReactBenchArguments& arguments);
void benchPrecision(Session& session, const ReactBenchArguments& arguments);

Bench toggleBench(CLI::App& parent);
Bench trainBench(CLI::App& parent);
Bench reactBench(CLI::App& parent);
Bench metricsBench(CLI::App& parent);
Bench speechBench(CLI::App& parent);
#ifdef EMC_WITH_MEDIA
Bench ingestBench(CLI::App& parent);
#endif

using BenchClock = std::chrono::steady_clock;
double millisecondsSince(BenchClock::time_point start);
// Nearest-rank percentile: an actually measured value. `values` must not be empty.
double percentile(std::vector<double> values, double share);
double processorSeconds(); // user and system time of this process so far
double peakMemoryMb();     // VmHWM: the most memory that this process ever had resident

std::filesystem::path thisProgram();
// Runs a program without a shell; its standard output as text. Throws Error when it fails.
std::string runProgram(const std::vector<std::string>& words, bool offscreen = false);

// Python of the environment that `./studio bench-setup` makes, and a script of tests/bench; empty when either is
// absent.
std::vector<std::string> referenceCommand(const std::string& script);

// The same work in plain PyTorch, as a program that waits while we are measured and the other way round, so that both
// sides meet the same machine. Lives in the environment that `./studio bench-setup` makes.
class ReferenceProgram {
public:
    // `script` of tests/bench. Null when the environment or the script is not there; no other figure stands in for it.
    static std::unique_ptr<ReferenceProgram> start(const std::string& script, std::vector<std::string> arguments,
                                                   JobContext& job);
    ~ReferenceProgram(); // ends the program
    ReferenceProgram(const ReferenceProgram&) = delete;
    ReferenceProgram& operator=(const ReferenceProgram&) = delete;

    const std::string& torch() const { return m_torch; } // version
    nlohmann::json run(int times); // answer to "run N"; throws Error when the program fails, Cancelled
    static constexpr const char* kMissing = "no reference: run ./studio bench-setup";

private:
    explicit ReferenceProgram(JobContext& job) : m_job(job) {}
    nlohmann::json answer();

    JobContext& m_job;
    pid_t m_child = -1;
    int m_in = -1, m_out = -1;
    std::string m_pending, m_torch;
};

// A folder in the temporary place of the machine, removed with the object.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

} // namespace emc::cli
