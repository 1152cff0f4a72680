#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <fstream>
#include <thread>

#include "app/commands/bench.h"
#include "core/backend/studio_backend.h"
#include "core/train/train_services.h"

namespace emc::cli {
namespace fs = std::filesystem;
namespace {

// In the child, after fork: never returns.
[[noreturn]] void become(const std::vector<std::string>& words) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    std::vector<char*> raw;
    for (const std::string& word : words) raw.push_back(const_cast<char*>(word.c_str()));
    raw.push_back(nullptr);
    execv(raw[0], raw.data());
    _exit(127);
}

} // namespace

double millisecondsSince(BenchClock::time_point start) {
    return std::chrono::duration<double, std::milli>(BenchClock::now() - start).count();
}

double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const auto rank = static_cast<std::size_t>(std::ceil(share * double(values.size())));
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

double processorSeconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return double(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           1e-6 * double(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

double peakMemoryMb() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (double kilobytes = 0; word == "VmHWM:" && status >> kilobytes) return kilobytes / 1024;
    return NAN;
}

fs::path clipOf(const ReactBenchArguments& arguments) {
    const fs::path clip = arguments.clip.empty() ? demoClipFolder() : fs::path(arguments.clip);
    if (clip.empty())
        throw Error(ErrorKind::NotFound, "there is no demo clip", "resources/demo/clip", "Name a clip with --clip");
    return clip;
}

int threadsOf(const ReactBenchArguments& arguments) {
    return arguments.threads ? arguments.threads : static_cast<int>(std::thread::hardware_concurrency());
}

fs::path thisProgram() {
    return fs::read_symlink("/proc/self/exe");
}

std::string runProgram(const std::vector<std::string>& words, bool offscreen) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw Error(ErrorKind::Io, "no pipe could be made");
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        if (offscreen) setenv("QT_QPA_PLATFORM", "offscreen", 1);
        become(words);
    }
    close(ends[1]);
    std::string text;
    char buffer[4096];
    for (ssize_t got; (got = read(ends[0], buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<std::size_t>(got));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw Error(ErrorKind::Internal, "a measured program failed", words[0], "Run it by hand to see why");
    return text;
}

std::vector<std::string> referenceCommand(const std::string& script) {
    const fs::path environment = defaultCacheFolder().parent_path() / "bench-venv",
                   file = resourceFolder().parent_path() / "tests" / "bench" / script;
    if (!fs::exists(environment / ".complete") || !fs::exists(file)) return {};
    return {(environment / "bin" / "python").string(), file.string()};
}

std::unique_ptr<ReferenceProgram> ReferenceProgram::start(const std::string& script, std::vector<std::string> arguments,
                                                          JobContext& job) {
    std::vector<std::string> words = referenceCommand(script);
    if (words.empty()) return nullptr;
    std::unique_ptr<ReferenceProgram> reference(new ReferenceProgram(job));
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) throw Error(ErrorKind::Io, "no pipe could be made");
    std::signal(SIGPIPE, SIG_IGN); // a reference that died is an error of ours, not our end
    words.insert(words.end(), arguments.begin(), arguments.end());
    reference->m_child = fork();
    if (reference->m_child == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        setenv("PYTHONDONTWRITEBYTECODE", "1", 1); // nothing is left in the source tree
        become(words);
    }
    close(in[0]);
    close(out[1]);
    reference->m_in = in[1];
    reference->m_out = out[0];
    reference->m_torch = reference->answer().at("torch");
    return reference;
}

ReferenceProgram::~ReferenceProgram() {
    if (m_in >= 0) close(m_in);
    if (m_out >= 0) close(m_out);
    if (m_child > 0) {
        kill(m_child, SIGKILL);
        waitpid(m_child, nullptr, 0);
    }
}

nlohmann::json ReferenceProgram::run(int times) {
    const std::string line = "run " + std::to_string(times) + "\n";
    if (write(m_in, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        throw Error(ErrorKind::Internal, "the reference program ended early");
    return answer();
}

nlohmann::json ReferenceProgram::answer() {
    for (;;) {
        m_job.checkpoint();
        if (const auto end = m_pending.find('\n'); end != std::string::npos) {
            const std::string line = m_pending.substr(0, end);
            m_pending.erase(0, end + 1);
            const auto json = nlohmann::json::parse(line, nullptr, false);
            if (json.is_object()) return json;
            throw Error(ErrorKind::Internal, "the reference program answered \"" + line.substr(0, 80) + "\"");
        }
        pollfd ready{m_out, POLLIN, 0};
        if (poll(&ready, 1, 200) <= 0) continue;
        char buffer[65536];
        const ssize_t got = read(m_out, buffer, sizeof buffer);
        if (got <= 0)
            throw Error(ErrorKind::Internal, "the reference program failed; its message stands above", {},
                        "Run ./studio bench-setup again if its environment is broken");
        m_pending.append(buffer, static_cast<std::size_t>(got));
    }
}

ScratchFolder::ScratchFolder() {
    std::string pattern = (fs::temp_directory_path() / "emc-bench-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw Error(ErrorKind::Io, "no temporary folder can be made", pattern);
    m_path = pattern;
}
ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

} // namespace emc::cli
