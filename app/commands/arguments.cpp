#include "app/commands/arguments.h"

#include <CLI/CLI.hpp>

#include <charconv>

#include "app/commands/command.h"
#include "core/api/error.h"
#include "core/backend/studio_backend.h"
#include "core/data/option_io.h"
#include "core/models/precision.h"

namespace emc::cli {

std::unique_ptr<ReactionModel> openInPrecision(const Session& session, const std::string& name,
                                               const std::string& checkpoint, const std::string& device, int threads,
                                               const std::string& precision) {
    const Precision numbers = precisionNamed(precision);
    auto model = openStudioModel(name, checkpoint, device, threads);
    usePrecision(*model, numbers);
    if (numbers == Precision::Bfloat16 && !processorHasBfloat16())
        session.note("this processor does not multiply bfloat16: it is imitated, slower than float32");
    return model;
}

void ReactArguments::declare(CLI::App& app) {
    app.add_option("--model", model, "Name of the model (see `emc models`)")->capture_default_str();
    app.add_option("--checkpoint", checkpoint, "Weights (.safetensors) instead of the demo's");
    app.add_option("--without", without, "A modality that is missing for the whole clip: face or speech")
        ->check(CLI::IsMember({"face", "speech"}));
    app.add_option("--missing", missing,
                   "A missing span in frames: face:BEGIN-END or speech:BEGIN-END, end not included");
    app.add_option("--fill", fill, "What stands in for a missing modality")
        ->check(CLI::IsMember({"cma", "zeros", "mean"}))
        ->capture_default_str();
    app.add_option("--samples", samples, "How many reactions to draw")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    app.add_option("--seed", seed, "Seed of all draws")->capture_default_str();
    app.add_option("--temperature", temperature, "Scale of CMA's draws")
        ->check(CLI::Range(0.0, 10.0))
        ->capture_default_str();
    app.add_option(
           "--device", device,
           "cpu or cuda; cuda needs an NVIDIA driver and the CUDA libraries that ./studio setup fetches where it "
           "finds one (`emc doctor` tells)")
        ->capture_default_str();
    app.add_option("--precision", precision, kPrecisionHelp)->capture_default_str();
    app.add_option("--threads", threads, "Threads of LibTorch; 0 = all cores")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
}

std::pair<Modality, FrameSpan> parseMissing(const std::string& text) {
    const Error wrong(ErrorKind::Usage, "\"" + text + "\" is not a missing span", "--missing",
                      "Write face:BEGIN-END or speech:BEGIN-END in frames, for example speech:100-250");
    const auto colon = text.find(':'), dash = text.find('-', colon == std::string::npos ? 0 : colon);
    if (colon == std::string::npos || dash == std::string::npos) throw wrong;
    const std::string name = text.substr(0, colon), begin = text.substr(colon + 1, dash - colon - 1),
                      end = text.substr(dash + 1);
    FrameSpan span;
    const auto number = [&](const std::string& digits, int& value) {
        const auto [stop, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return problem == std::errc() && stop == digits.data() + digits.size() && value >= 0;
    };
    if ((name != "face" && name != "speech") || !number(begin, span.begin) || !number(end, span.end) ||
        span.length() == 0)
        throw wrong;
    return {name == "face" ? Modality::Face : Modality::Speech, span};
}

ReactOptions ReactArguments::options() const {
    ReactOptions options;
    options.samples = samples;
    options.seed = seed;
    options.temperature = temperature;
    options.fill = fill == "zeros" ? Fill::Zeros : fill == "mean" ? Fill::Mean : Fill::Cma;
    for (const std::string& name : without)
        (name == "face" ? options.availability.faceMissing
                        : options.availability.speechMissing) = {Availability::whole()};
    for (const std::string& text : missing) {
        const auto [modality, span] = parseMissing(text);
        (modality == Modality::Face ? options.availability.faceMissing : options.availability.speechMissing)
            .push_back(span);
    }
    if (options.availability == Availability{{Availability::whole()}, {Availability::whole()}})
        throw Error(ErrorKind::Usage, "face and speech are both missing, so there is nothing to react to", "--without",
                    "Leave one of them");
    return options;
}

std::string ReactArguments::condition(const std::string& modelCondition) const {
    const bool noFace = std::find(without.begin(), without.end(), "face") != without.end();
    const bool noSpeech = std::find(without.begin(), without.end(), "speech") != without.end();
    if (modelCondition == "baseline") return modelCondition;
    return modelCondition + (noFace ? "-no-face" : noSpeech ? "-no-speech" : "");
}

void OptionFlags::declareVisit(CLI::App& app, std::function<void(OptionVisitor&)> visit) {
    m_visit = std::move(visit);
    for (const OptionRow& row : listOptions(m_visit)) {
        std::string help = row.info.help + " [" + row.value + (row.info.unit.empty() ? "" : " " + row.info.unit) + "]";
        for (std::size_t i = 0; i < row.info.choices.size(); ++i) help += (i ? "|" : " ") + row.info.choices[i];
        auto values = m_values;
        app.add_option_function<std::string>(
               "--" + row.info.key, [values, key = row.info.key](const std::string& text) { (*values)[key] = text; },
               help)
            ->group(row.group.empty() ? "Options" : row.group);
    }
}

bool OptionFlags::any() const {
    return !m_values->empty();
}

void OptionFlags::apply() const {
    const auto faults = applyOptions(*m_values, m_visit);
    if (faults.empty()) return;
    std::string text;
    for (const OptionFault& fault : faults)
        text += (text.empty() ? "" : "; ") + ("--" + fault.key + " " + fault.problem) +
                (fault.hint.empty() ? "" : " (" + fault.hint + ")");
    throw Error(ErrorKind::Usage, text, {}, "Run with --help to see the options");
}

} // namespace emc::cli
