// The terminal program. Exit codes: 0 fine, 1 failed, 2 wrong use, 130 cancelled.
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <new>
#include <thread>

#include "app/commands/command.h"
#include "app/commands/progress.h"
#include "core/backend/studio_backend.h"
#include "core/nn/device.h"

namespace emc::cli {
namespace {

std::vector<Command> allCommands() {
    return {doctorCommand(),   demoCommand(),     modelsCommand(),     ingestCommand(),  corpusCommand(),
            reactCommand(),    renderCommand(),   attentionCommand(),  trainCommand(),   conditionsCommand(),
            evaluateCommand(), tableCommand(),    robustnessCommand(), convertCommand(), parityCommand(),
            metricsCommand(),  featuresCommand(), benchCommand()};
}

// Waits for Ctrl-C on a thread of its own: a signal handler may not take locks, a thread may. The second signal ends
// the program at once.
class InterruptWatcher {
public:
    explicit InterruptWatcher(JobContext& job) {
        sigemptyset(&m_signals);
        sigaddset(&m_signals, SIGINT);
        sigaddset(&m_signals, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &m_signals, nullptr); // before any other thread starts, so that all inherit it
        m_thread = std::jthread([this, &job](std::stop_token stop) {
            const timespec tick{0, 100'000'000};
            int seen = 0;
            while (!stop.stop_requested()) {
                if (sigtimedwait(&m_signals, nullptr, &tick) < 0) continue;
                if (++seen > 1) _exit(130);
                std::fputs("\nCancelling (Ctrl-C again ends at once)\n", stderr);
                job.requestCancel();
            }
        });
    }

private:
    sigset_t m_signals{};
    std::jthread m_thread;
};

int fail(bool json, ErrorKind kind, const std::string& what, const std::string& where, const std::string& hint) {
    if (json) {
        std::cout << nlohmann::json{{"error",
                                     {{"kind", errorKindName(kind)}, {"what", what}, {"where", where}, {"hint", hint}}}}
                         .dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
                  << "\n";
    }
    std::cerr << "emc: " << (where.empty() ? "" : where + ": ") << what << (hint.empty() ? "" : ". " + hint) << "\n";
    return kind == ErrorKind::Usage ? 2 : 1;
}

int runProgram(int argc, char** argv) {
    CLI::App app{"EMC Studio in the terminal: reactions of a listener to a speaker, with a face or a voice missing."};
    app.name("emc");
    app.set_version_flag("--version", EMC_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    bool json = false;
    app.add_flag("--json", json, "Print exactly one JSON object on standard output");

    std::vector<std::pair<CLI::App*, Run>> runs;
    for (const Command& command : allCommands()) {
        CLI::App* sub = app.add_subcommand(command.name, command.help);
        runs.emplace_back(sub, command.declare(*sub));
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error); // --help, --version
        for (int i = 1; i < argc; ++i)
            json = json || std::string(argv[i]) == "--json"; // parsing may have stopped before it
        return fail(json, ErrorKind::Usage, error.what(), {}, "Run with --help to see the arguments");
    }

    ProgressPrinter printer;
    JobContext job([&printer](const JobEvent& event) { printer.show(event); });
    InterruptWatcher watcher(job);
    cudaAvailable(); // before anything touches torch: a missing CUDA is remembered for good
    Session session(json, job);
    try {
        for (auto& [sub, run] : runs)
            if (sub->parsed()) run(session);
        printer.finish();
        if (json)
            std::cout << session.result.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << std::endl;
        if (!std::cout) return fail(false, ErrorKind::Io, "standard output could not be written", {}, {});
        return session.exitCode;
    } catch (const Cancelled&) {
        printer.finish();
        if (json)
            std::cout << R"({"error": {"kind": "cancelled", "what": "cancelled", "where": "", "hint": ""}})"
                      << "\n";
        std::cerr << "emc: cancelled\n";
        return 130;
    } catch (const Error& error) {
        printer.finish();
        return fail(json, error.kind(), error.problem(), error.where(), error.hint());
    } catch (const std::bad_alloc&) {
        return fail(json, ErrorKind::Io, "not enough memory", {}, "Close other programs or use a smaller input");
    } catch (const std::filesystem::filesystem_error& error) {
        printer.finish();
        return fail(json, ErrorKind::Io, error.code().message(), error.path1().string(), {});
    } catch (const std::exception& error) {
        printer.finish();
        // torch's messages carry a back trace after the first line; only the first is for people.
        const std::string text = error.what();
        return fail(json, ErrorKind::Internal, text.substr(0, text.find('\n')), {},
                    "Please report this with the command you ran");
    }
}

} // namespace
} // namespace emc::cli

int main(int argc, char** argv) {
    return emc::cli::runProgram(argc, argv);
}
