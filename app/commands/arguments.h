#pragma once
// Arguments that several commands share, read the same way everywhere.
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/api/options.h"
#include "core/api/reaction_model.h"

namespace CLI {
class App;
}

namespace emc::cli {

class Session;

// The model of a command in the numbers of its --precision (see core/models/precision.h); says so where the processor
// only imitates them. Throws Error.
std::unique_ptr<ReactionModel> openInPrecision(const Session& session, const std::string& name,
                                               const std::string& checkpoint, const std::string& device, int threads,
                                               const std::string& precision);
inline constexpr const char* kPrecisionHelp =
    "Numbers of the matrix products: f32, or bf16, faster on processors that multiply it and less exact";

// --without face|speech, --missing MODALITY:BEGIN-END, --fill, --samples, --seed, --temperature
struct ReactArguments {
    std::vector<std::string> without, missing;
    std::string fill = "cma", model = "trans-vae-emc", checkpoint, device = "cpu", precision = "f32";
    int samples = 10, threads = 0;
    std::uint64_t seed = 7;
    double temperature = 1;

    void declare(CLI::App& app);
    // Throws Error(Usage) for words it does not know, spans that end before they begin, or both modalities missing.
    ReactOptions options() const;
    // "emc", "emc-no-face", "emc-no-speech", "original", ... as the paper's rows are called.
    std::string condition(const std::string& modelCondition) const;
};

// "speech:100-250" -> the half-open span [100, 250).
std::pair<Modality, FrameSpan> parseMissing(const std::string& text);

// Every described option becomes a flag --key VALUE; values are collected as text and applied with all faults reported
// together.
class OptionFlags {
public:
    template <class Options>
    void declare(CLI::App& app, Options& options) {
        declareVisit(app, [&options](OptionVisitor& visitor) { options.visit(visitor); });
    }
    void apply() const; // throws Error(Usage)
    bool any() const;

private:
    void declareVisit(CLI::App& app, std::function<void(OptionVisitor&)> visit);
    std::function<void(OptionVisitor&)> m_visit;
    std::shared_ptr<std::map<std::string, std::string>> m_values =
        std::make_shared<std::map<std::string, std::string>>();
};

} // namespace emc::cli
