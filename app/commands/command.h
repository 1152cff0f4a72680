#pragma once
// A command of the terminal program: what it is called, which arguments it takes, what it does. One file a command.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/api/job_context.h"

namespace emc::cli {

// What a running command may use. Results go to `result` (one JSON object) and to say(); nothing else writes to
// standard output.
class Session {
public:
    Session(bool json, JobContext& job) : m_json(json), m_job(job) {}
    bool json() const { return m_json; }
    JobContext& job() const { return m_job; }
    // A line for people on standard output; silent with --json.
    void say(const std::string& line) const;
    // A line for people on standard error, always.
    void note(const std::string& line) const;

    nlohmann::json result = nlohmann::json::object();
    int exitCode = 0; // 0 fine, 1 failed although nothing was thrown (a parity case out of tolerance)

private:
    bool m_json;
    JobContext& m_job;
};

using Run = std::function<void(Session&)>;

struct Command {
    std::string name, help;
    // Declares arguments on the sub-command and returns what runs after parsing.
    std::function<Run(CLI::App&)> declare;
};

Command doctorCommand();
Command featuresCommand();
Command modelsCommand();
Command parityCommand();
Command metricsCommand();
Command ingestCommand();
Command corpusCommand();
Command reactCommand();
Command renderCommand();
Command attentionCommand();
Command trainCommand();
Command convertCommand();
Command demoCommand();
Command benchCommand();
Command conditionsCommand();
Command evaluateCommand();
Command tableCommand();
Command robustnessCommand();

} // namespace emc::cli
