#include "core/train/export_checkpoint.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <regex>

#include "core/api/error.h"
#include "core/data/parted_tensors.h"
#include "core/data/sha256.h"

namespace emc {
namespace {

constexpr float kLargestHalf = 65504.f;

// A file that is given away does not carry its maker's folders: of corpus and run only the last part of the path stays.
std::string withoutFolders(const std::string& options) {
    static const std::regex kPath(R"re(^((?:corpus|folder) = ").*/([^/"]*"))re", std::regex::multiline);
    return std::regex_replace(options, kPath, "$1$2");
}

// What models of one corpus have in common: trained once for the corpus, or equal because nothing else had a say.
struct SharedPart {
    const char *module, *file; // start of the names in the part, start of the part's file name
    bool anywhere;             // the module may lie inside another one
};
constexpr SharedPart kSharedParts[] = {
    {"video_encoder.", "frame_encoder", true},
    {"ser.", "speech_emotion", false},
    {"face_tokenizer.", "face_tokenizer", false},
};

// Where the name of the part's module begins in a tensor's name; npos: the tensor is not of this part.
std::size_t startIn(const std::string& name, const SharedPart& part) {
    if (!part.anywhere) return name.starts_with(part.module) ? 0 : std::string::npos;
    const std::size_t at = name.find(part.module);
    return at == 0 || (at != std::string::npos && name[at - 1] == '.') ? at : std::string::npos;
}

void addTensor(SafetensorsWriter& writer, const std::string& as, const SafetensorsFile& file, const std::string& name,
               bool half) {
    if (!half || file.info(name).dtype != "F32") {
        writer.addRaw(as, file.entry(name));
        return;
    }
    const std::vector<float> values = file.readF32(name);
    const bool fits =
        std::all_of(values.begin(), values.end(), [](float value) { return std::fabs(value) <= kLargestHalf; });
    if (fits) writer.addF16(as, file.info(name).shape, values);
    else writer.addF32(as, file.info(name).shape, values);
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
    SafetensorsWriter writer;
    struct Away {
        SafetensorsWriter writer;
        std::string prefix;
    };
    std::map<const SharedPart*, Away> away;
    for (const std::string& name : file.names()) {
        const auto part = std::find_if(std::begin(kSharedParts), std::end(kSharedParts), [&](const SharedPart& p) {
            return options.sharedApart && startIn(name, p) != std::string::npos;
        });
        if (part == std::end(kSharedParts)) {
            addTensor(writer, name, file, name, options.half);
            continue;
        }
        const std::size_t start = startIn(name, *part);
        Away& to = away[part];
        to.prefix = name.substr(0, start);
        addTensor(to.writer, name.substr(start), file, name, options.half);
    }
    for (const auto& [key, value] : file.metadata()) writer.meta(key, key == "options" ? withoutFolders(value) : value);
    if (options.half) writer.meta("precision", "f16");
    std::vector<CheckpointPart> parts;
    for (const auto& [part, to] : away) {
        const std::filesystem::path draft = out.parent_path() / ("." + out.filename().string() + "." + part->file);
        to.writer.write(draft);
        const std::string hash = sha256OfFile(draft),
                          name = std::string(part->file) + "-" + hash.substr(0, 8) + ".safetensors";
        std::filesystem::rename(draft, out.parent_path() / name);
        parts.push_back({name, hash, to.prefix});
    }
    if (!parts.empty()) writer.meta(kPartsKey, partsText(parts));
    writer.write(out);
    return std::filesystem::file_size(out);
}

} // namespace emc
