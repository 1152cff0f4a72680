#include "core/train/export_checkpoint.h"

#include <algorithm>
#include <cmath>
#include <regex>

#include "core/api/error.h"
#include "core/data/safetensors.h"

namespace emc {
namespace {

constexpr float kLargestHalf = 65504.f;

// A file that is given away does not carry its maker's folders: of corpus and run only the last part of the path stays.
std::string withoutFolders(const std::string& options) {
    static const std::regex kPath(R"re(^((?:corpus|folder) = ").*/([^/"]*"))re", std::regex::multiline);
    return std::regex_replace(options, kPath, "$1$2");
}

} // namespace

std::uintmax_t exportCheckpoint(const std::filesystem::path& source, const std::filesystem::path& out, bool half) {
    std::filesystem::path path = source;
    if (std::filesystem::is_directory(source)) {
        path = source / "best.safetensors";
        if (!std::filesystem::exists(path)) path = source / "last.safetensors";
        if (!std::filesystem::exists(path))
            throw Error(ErrorKind::NotFound, "the run has no checkpoint yet", source.string(),
                        "Train it for a while, or finish it early.");
    }
    const SafetensorsFile file = SafetensorsFile::open(path);
    SafetensorsWriter writer;
    for (const std::string& name : file.names()) {
        if (!half || file.info(name).dtype != "F32") {
            writer.addRaw(name, file.entry(name));
            continue;
        }
        const std::vector<float> values = file.readF32(name);
        const bool fits =
            std::all_of(values.begin(), values.end(), [](float value) { return std::fabs(value) <= kLargestHalf; });
        if (fits) writer.addF16(name, file.info(name).shape, values);
        else writer.addF32(name, file.info(name).shape, values);
    }
    for (const auto& [key, value] : file.metadata()) writer.meta(key, key == "options" ? withoutFolders(value) : value);
    if (half) writer.meta("precision", "f16");
    writer.write(out);
    return std::filesystem::file_size(out);
}

} // namespace emc
