// emc convert FILE|RUN [--out FILE]: reads a checkpoint of anybody, says which model it is and what does not fit, and
// stores it as safetensors; with --keys official back under the authors' names.
#include "app/commands/command.h"
#include "core/backend/checkpoint_import.h"
#include "core/backend/studio_backend.h"
#include "core/train/export_checkpoint.h"

namespace emc::cli {
namespace {
namespace fs = std::filesystem;

struct ConvertArguments {
    std::string in, out, model, keys = "studio";
    bool half = false, apart = false, list = false;
};

std::string countText(std::size_t count, const char* what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string shapeText(const std::vector<std::int64_t>& shape) {
    std::string text = "(";
    for (std::size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
    return text + ")";
}

nlohmann::json listOf(const CheckpointFile& file) {
    nlohmann::json list = nlohmann::json::array();
    for (const CheckpointTensor& tensor : file.tensors())
        list.push_back({{"name", tensor.name}, {"dtype", tensor.dtype}, {"shape", tensor.shape}});
    return list;
}

nlohmann::json partsOf(const CheckpointReport& report) {
    nlohmann::json parts = nlohmann::json::array();
    for (const ModelPart& part : report.parts)
        parts.push_back({{"model", part.model},
                         {"label", part.label},
                         {"variant", part.variant},
                         {"sizes", part.sizes},
                         {"parameters", part.parameters},
                         {"prefix", part.filePrefix},
                         {"tensors", part.names.size()}});
    return parts;
}

// The keys that scripts rely on, for every way through the command.
nlohmann::json resultOf(const CheckpointFile& file, const CheckpointReport& report, const ConvertArguments& args) {
    nlohmann::json result = {{"model", report.model().empty() ? nlohmann::json() : nlohmann::json(report.model())},
                             {"variant", report.parts.front().variant},
                             {"format", file.format()},
                             {"options", file.facts()},
                             {"parts", partsOf(report)},
                             {"parameters", report.parameters},
                             {"tensors", file.tensors().size()},
                             {"missing", report.missing},
                             {"unexpected", report.unexpected},
                             {"mismatched", report.misshapen},
                             {"ignored", report.ignored},
                             {"rebuilt", report.rebuilt},
                             {"notes", file.notes()},
                             {"out", args.out.empty() ? nlohmann::json() : nlohmann::json(args.out)}};
    if (!file.hyperParameters().empty())
        result["hyper_parameters"] = nlohmann::json::parse(file.hyperParameters(), nullptr, false);
    if (args.list) result["list"] = listOf(file);
    return result;
}

void sayWhatItIs(const Session& session, const CheckpointFile& file, const CheckpointReport& report,
                 const ConvertArguments& args) {
    if (args.list)
        for (const CheckpointTensor& tensor : file.tensors())
            session.say(tensor.name + "  " + tensor.dtype + " " + shapeText(tensor.shape));
    for (const ModelPart& part : report.parts) {
        std::string line = args.in + ": " + (part.model.empty() ? "unknown model" : part.label);
        if (!part.variant.empty()) line += ", " + part.variant;
        line += ", " + countText(part.names.size(), "tensor") + ", " + std::to_string(part.parameters) + " parameters";
        for (const auto& [name, size] : part.sizes)
            line += (name == part.sizes.begin()->first ? " (" : ", ") + name + " " + std::to_string(size);
        session.say(line + (part.sizes.empty() ? "" : ")"));
    }
    if (!report.rebuilt.empty())
        session.say(countText(report.rebuilt.size(), "constant table") +
                    " not in the file, made anew when the model is opened");
    if (!report.ignored.empty())
        session.say(countText(report.ignored.size(), "tensor") + " without effect in the model");
    for (const std::string& note : file.notes()) session.note(note);
}

// The checkpoint in a run folder, or the file itself.
fs::path checkpointOf(const fs::path& in) {
    if (!fs::is_directory(in)) return in;
    for (const char* name : {"best.safetensors", "last.safetensors"})
        if (fs::exists(in / name)) return in / name;
    throw Error(ErrorKind::NotFound, "the run has no checkpoint yet", in.string(),
                "Train it for a while, or finish it early");
}

// One of ours goes to the authors.
void convertToOfficial(Session& session, const ConvertArguments& args) {
    if (args.out.empty()) throw Error(ErrorKind::Usage, "the authors' file needs a name", "--out");
    const CheckpointFile file = CheckpointFile::open(checkpointOf(args.in));
    const OfficialNames official = officialNames(file);
    const bool torch = fs::path(args.out).extension() != ".safetensors";
    StoreOptions options{args.half, {}};
    const auto bytes = torch ? storeTorch(file, official.names, args.out, options)
                             : storeSafetensors(file, official.names, args.out, options);
    session.result = resultOf(file, official.report, args);
    session.result["left_out"] = official.leftOut;
    session.result["other_sizes"] = official.otherSizes;
    session.result["keys"] = "official";
    session.result["bytes"] = bytes;
    if (!official.leftOut.empty())
        session.note(countText(official.leftOut.size(), "tensor") +
                     " that only EMC Studio has left out: the authors' code runs the host without them");
    if (!official.otherSizes.empty()) {
        std::string sizes;
        for (const std::string& size : official.otherSizes) sizes += (sizes.empty() ? "" : ", ") + size;
        session.note("the authors' code must be started with other sizes than the published ones, and with features "
                     "of these widths: " +
                     sizes);
    }
    session.say("wrote " + args.out + ", " + countText(official.names.size(), "tensor") +
                " under the names of the authors' " + official.report.parts.front().label);
}

// A checkpoint of the studio is opened with its own model, which names every fault, and stored anew.
void convertOwn(Session& session, const ConvertArguments& args, const CheckpointFile& file, const std::string& model) {
    openStudioModel(model, args.in);
    std::map<std::string, std::string> names;
    for (const CheckpointTensor& tensor : file.tensors()) names[tensor.name] = tensor.name;
    if (!args.out.empty()) storeSafetensors(file, names, args.out, {args.half, file.facts()});
    session.result = {{"model", model},
                      {"variant", file.facts().count("variant") ? file.facts().at("variant") : ""},
                      {"format", file.format()},
                      {"options", file.facts()},
                      {"tensors", file.tensors().size()},
                      {"missing", nlohmann::json::array()},
                      {"unexpected", nlohmann::json::array()},
                      {"mismatched", nlohmann::json::array()},
                      {"ignored", nlohmann::json::array()},
                      {"out", args.out.empty() ? nlohmann::json() : nlohmann::json(args.out)}};
    if (args.list) session.result["list"] = listOf(file);
    session.say(args.in + ": " + model + ", " + countText(file.tensors().size(), "tensor") + ", all fit" +
                (args.out.empty() ? "" : "; wrote " + args.out));
}

// Faults as every failure is told, and the lists beside it.
void refuse(Session& session, const Error& fault) {
    session.result["error"] = {{"kind", errorKindName(fault.kind())},
                               {"what", fault.problem()},
                               {"where", fault.where()},
                               {"hint", fault.hint()}};
    session.result["out"] = nullptr;
    session.note(std::string("emc: ") + fault.what());
    session.exitCode = 1;
}

void convertOthers(Session& session, const ConvertArguments& args, const CheckpointFile& file) {
    const CheckpointReport report = inspectCheckpoint(file);
    session.result = resultOf(file, report, args);
    sayWhatItIs(session, file, report, args);
    if (!report.model().empty() && !args.model.empty() && args.model != report.model())
        return refuse(session, Error(ErrorKind::BadInput,
                                     "the checkpoint holds " + report.model() + ", not " + args.model, args.in));
    if (const auto fault = misfit(file, report)) return refuse(session, *fault);
    if (args.out.empty()) return;
    const auto bytes = convertOfficial(file, report, args.out, args.half);
    session.result["bytes"] = bytes;
    session.say("wrote " + args.out + ", " + std::to_string(bytes / 1024) + " KiB");
}

void runConvert(Session& session, const ConvertArguments& args) {
    if (args.keys != "studio" && args.keys != "official")
        throw Error(ErrorKind::Usage, "there are no keys named \"" + args.keys + "\"", "--keys",
                    "Use studio or official");
    if (args.keys == "official") return convertToOfficial(session, args);
    if (fs::is_directory(args.in)) { // a run: its best checkpoint
        if (args.out.empty()) throw Error(ErrorKind::Usage, "a run needs a file to be written to", "--out");
        const auto bytes = exportCheckpoint(args.in, args.out, {args.half, args.apart});
        session.result = {{"wrote", {args.out}}, {"bytes", bytes}};
        session.say("wrote " + args.out + ", " + std::to_string(bytes / 1024) + " KiB");
        return;
    }
    if (args.apart) throw Error(ErrorKind::Usage, "only parts of a run can be stored apart", "--apart");
    const CheckpointFile file = CheckpointFile::open(args.in);
    const std::string model = ownModel(file);
    if (model.empty()) return convertOthers(session, args, file);
    if (!args.model.empty() && args.model != model)
        throw Error(ErrorKind::BadInput, "the checkpoint holds " + model + ", not " + args.model, args.in);
    convertOwn(session, args, file, model);
}

} // namespace

Command convertCommand() {
    return {"convert", "Read a checkpoint (.pth, .pt, .ckpt, .safetensors), check it and store it as safetensors",
            [](CLI::App& app) -> Run {
                auto args = std::make_shared<ConvertArguments>();
                app.add_option("file", args->in, "Checkpoint of torch.save, Lightning or safetensors, or a run folder")
                    ->required();
                app.add_option("--out", args->out, "File to write; without it the checkpoint is only checked");
                app.add_option("--model", args->model, "Refuse any other model than this");
                app.add_option(
                    "--keys", args->keys,
                    "studio, or official: write the authors' names (.safetensors or .pth) for their own code");
                app.add_flag("--half", args->half, "Store numbers as f16");
                app.add_flag(
                    "--apart", args->apart,
                    "Of a run: store what models of one corpus share (frame encoder, speech emotion head, tokenizer of "
                    "faces) in files beside it");
                app.add_flag("--list", args->list, "List every tensor with type and shape");
                return [=](Session& session) { runConvert(session, *args); };
            }};
}

} // namespace emc::cli
