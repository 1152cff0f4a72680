#include "core/train/export_checkpoint.h"

#include <algorithm>
#include <cmath>
#include <regex>

#include "core/api/error.h"
#include "core/data/safetensors.h"
#include "core/data/sha256.h"
#include "core/nn/checkpoint.h"

namespace emc {
namespace {

constexpr float kLargestHalf = 65504.f;

// A file that is given away does not carry its maker's folders: of corpus and run only the last part of the path stays.
std::string withoutFolders(const std::string& options) {
    static const std::regex kPath(R"re(^((?:corpus|folder) = ").*/([^/"]*"))re", std::regex::multiline);
    return std::regex_replace(options, kPath, "$1$2");
}

void addTensor(SafetensorsWriter& writer, const SafetensorsFile& file, const std::string& name, bool half) {
    if (!half || file.info(name).dtype != "F32") {
        writer.addRaw(name, file.entry(name));
        return;
    }
    const std::vector<float> values = file.readF32(name);
    const bool fits =
        std::all_of(values.begin(), values.end(), [](float value) { return std::fabs(value) <= kLargestHalf; });
    if (fits) writer.addF16(name, file.info(name).shape, values);
    else writer.addF32(name, file.info(name).shape, values);
}

} // namespace

std::uintmax_t exportCheckpoint(const std::filesystem::path& source, const std::filesystem::path& out,
                                const ExportOptions& options) {
    std::filesystem::path path = source;
    if (std::filesystem::is_directory(source)) {
        path = source / "best.safetensors";
        if (!std::filesystem::exists(path)) path = source / "last.safetensors";
        if (!std::filesystem::exists(path))
            throw Error(ErrorKind::NotFound, "the run has no checkpoint yet", source.string(),
                        "Train it for a while, or finish it early.");
    }
    const SafetensorsFile file = SafetensorsFile::open(path);
    SafetensorsWriter writer, apart;
    bool any = false;
    for (const std::string& name : file.names()) {
        const bool away = options.encoderApart && name.find("video_encoder.") != std::string::npos;
        any = any || away;
        addTensor(away ? apart : writer, file, name, options.half);
    }
    for (const auto& [key, value] : file.metadata()) writer.meta(key, key == "options" ? withoutFolders(value) : value);
    if (options.half) writer.meta("precision", "f16");
    if (any) {
        const std::filesystem::path draft = out.parent_path() / ("." + out.filename().string() + ".encoder");
        apart.write(draft);
        const std::string hash = sha256OfFile(draft), name = "frame_encoder-" + hash.substr(0, 8) + ".safetensors";
        std::filesystem::rename(draft, out.parent_path() / name);
        writer.meta(kRestKey, name);
        writer.meta(kRestHashKey, hash);
    }
    writer.write(out);
    return std::filesystem::file_size(out);
}

} // namespace emc
