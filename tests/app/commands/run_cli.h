#pragma once
// Starts the built `emc` and collects what it says.
#include <nlohmann/json.hpp>

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "tests/support/shared.h"

namespace emc::test {

struct Answer {
    int code = -1; // exit code; 128 + signal when killed
    std::string out, err;
    nlohmann::json json() const { return nlohmann::json::parse(out); }
};

inline std::string readAll(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

inline void writeAll(const std::filesystem::path& path, const std::string& text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

// A running `emc`; wait() collects it.
class RunningCli {
public:
    explicit RunningCli(const std::vector<std::string>& arguments) {
        m_child = fork();
        if (m_child != 0) return;
        const int out = open((m_folder / "out").c_str(), O_CREAT | O_WRONLY, 0600),
                  err = open((m_folder / "err").c_str(), O_CREAT | O_WRONLY, 0600);
        dup2(out, 1);
        dup2(err, 2);
        std::vector<char*> raw{const_cast<char*>(EMC_PROGRAM)};
        for (const std::string& argument : arguments) raw.push_back(const_cast<char*>(argument.c_str()));
        raw.push_back(nullptr);
        execv(EMC_PROGRAM, raw.data());
        _exit(127);
    }
    void signal(int number) { kill(m_child, number); }
    bool finished() {
        if (!m_done && waitpid(m_child, &m_status, WNOHANG) == m_child) m_done = true;
        return m_done;
    }
    // Waits until the program has said `word` on standard error (progress goes there). False when it ended before.
    bool waitFor(const std::string& word) {
        while (readAll(m_folder / "err").find(word) == std::string::npos) {
            if (finished()) return false;
            usleep(2000);
        }
        return true;
    }
    Answer wait() {
        if (!m_done) waitpid(m_child, &m_status, 0), m_done = true;
        return {WIFEXITED(m_status) ? WEXITSTATUS(m_status) : 128 + WTERMSIG(m_status), readAll(m_folder / "out"),
                readAll(m_folder / "err")};
    }

private:
    TempDir m_folder;
    pid_t m_child = -1;
    int m_status = 0;
    bool m_done = false;
};

inline Answer runCli(const std::vector<std::string>& arguments) {
    return RunningCli(arguments).wait();
}

// Python of the environment that `./studio bench-setup` makes; empty when it is not there.
inline std::filesystem::path benchPython() {
    const char *cache = std::getenv("XDG_CACHE_HOME"), *home = std::getenv("HOME");
    const std::filesystem::path base =
        cache && *cache ? std::filesystem::path(cache) : std::filesystem::path(home ? home : "") / ".cache";
    const std::filesystem::path environment = base / "emc-studio/bench-venv";
    return std::filesystem::exists(environment / ".complete") ? environment / "bin/python" : std::filesystem::path();
}

// Runs a Python script with file names as arguments; true when it ended well. What it says stands in the test's output.
inline bool runPython(const std::filesystem::path& script, const std::vector<std::string>& arguments) {
    std::string line = "PYTHONDONTWRITEBYTECODE=1 '" + benchPython().string() + "' '" + script.string() + "'";
    for (const std::string& argument : arguments) line += " '" + argument + "'";
    return std::system(line.c_str()) == 0;
}

// What every failure must look like: one sentence, no stack trace.
inline void expectOneClearSentence(const Answer& answer) {
    EXPECT_FALSE(answer.err.empty());
    EXPECT_EQ(answer.err.find("terminate called"), std::string::npos) << answer.err;
    EXPECT_EQ(answer.err.find("Exception raised from"), std::string::npos) << answer.err;
    EXPECT_LT(answer.err.size(), 1500u) << answer.err;
}

} // namespace emc::test
