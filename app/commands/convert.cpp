// emc convert FILE.safetensors|RUN --out FILE: checks a checkpoint against its model and stores it anew, as f32 or f16.
#include "app/commands/command.h"
#include "core/backend/studio_backend.h"
#include "core/data/safetensors.h"
#include "core/train/export_checkpoint.h"

namespace emc::cli {
namespace {

void runConvert(Session& session, const std::string& in, const std::string& out, std::string modelName, bool half) {
    if (std::filesystem::is_directory(in)) { // a run: its best checkpoint
        if (out.empty()) throw Error(ErrorKind::Usage, "a run needs a file to be written to", "--out");
        const auto bytes = exportCheckpoint(in, out, half);
        session.result = {{"wrote", {out}}, {"bytes", bytes}};
        session.say("wrote " + out + ", " + std::to_string(bytes / 1024) + " KiB");
        return;
    }
    const std::string extension = std::filesystem::path(in).extension().string();
    if (extension == ".pth" || extension == ".ckpt" || extension == ".pt")
        throw Error(ErrorKind::Unsupported, "files of torch.save are not read yet", in,
                    "Save the state dict with Python's safetensors and convert that file");
    const SafetensorsFile file = SafetensorsFile::open(in);
    if (modelName.empty()) modelName = file.meta("model");
    if (modelName.empty())
        throw Error(ErrorKind::Usage, "the file does not say which model it is", in, "Name it with --model");
    openStudioModel(modelName, in); // throws with all missing, unexpected and misshapen tensors

    SafetensorsWriter writer;
    for (const std::string& name : file.names()) {
        const TensorInfo& info = file.info(name);
        const bool number = info.dtype == "F32" || info.dtype == "F16" || info.dtype == "BF16" || info.dtype == "F64";
        if (!number) writer.addRaw(name, file.entry(name));
        else if (half) writer.addF16(name, info.shape, file.readF32(name));
        else writer.addF32(name, info.shape, file.readF32(name));
    }
    for (const auto& [key, value] : file.metadata()) writer.meta(key, value);
    writer.meta("model", modelName);
    if (!out.empty()) writer.write(out);
    session.result = {{"model", modelName},
                      {"options", file.metadata()},
                      {"tensors", file.names().size()},
                      {"missing", nlohmann::json::array()},
                      {"unexpected", nlohmann::json::array()},
                      {"mismatched", nlohmann::json::array()},
                      {"ignored", nlohmann::json::array()},
                      {"out", out.empty() ? nlohmann::json() : nlohmann::json(out)}};
    session.say(in + ": " + modelName + ", " + std::to_string(file.names().size()) + " tensors, all fit" +
                (out.empty() ? "" : "; wrote " + out));
}

} // namespace

Command convertCommand() {
    return {"convert", "Check a checkpoint against its model and store it as safetensors", [](CLI::App& app) -> Run {
                auto in = std::make_shared<std::string>(), out = std::make_shared<std::string>(),
                     model = std::make_shared<std::string>();
                auto half = std::make_shared<bool>(false);
                app.add_option("file", *in, "Checkpoint (.safetensors), or a run folder for its best one")->required();
                app.add_option("--out", *out, "File to write; without it the checkpoint is only checked");
                app.add_option("--model", *model, "Model name, where the file does not say it");
                app.add_flag("--half", *half, "Store numbers as f16");
                return [=](Session& session) { runConvert(session, *in, *out, *model, *half); };
            }};
}

} // namespace emc::cli
