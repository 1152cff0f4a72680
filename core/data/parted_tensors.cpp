#include "core/data/parted_tensors.h"

#include <sstream>

#include "core/api/error.h"
#include "core/data/sha256.h"

namespace emc {
namespace fs = std::filesystem;
namespace {

constexpr const char* kNoPrefix = "-";

// A checkpoint comes from anywhere; what it names must not lead out of its folder.
CheckpointPart partOf(const std::string& line, const fs::path& checkpoint) {
    std::istringstream words(line);
    CheckpointPart part;
    std::string more;
    const fs::path file = words >> part.file ? fs::path(part.file) : fs::path();
    if (!(words >> part.sha256 >> part.prefix) || words >> more || file != file.filename() || file == "." ||
        file == "..")
        throw Error(ErrorKind::BadInput, "the checkpoint names no file beside it: \"" + line + "\"",
                    checkpoint.string());
    if (part.prefix == kNoPrefix) part.prefix.clear();
    return part;
}

} // namespace

std::string partsText(const std::vector<CheckpointPart>& parts) {
    std::string text;
    for (const CheckpointPart& part : parts)
        text += part.file + " " + part.sha256 + " " + (part.prefix.empty() ? kNoPrefix : part.prefix) + "\n";
    return text;
}

std::vector<CheckpointPart> partsOf(const std::map<std::string, std::string>& metadata, const fs::path& checkpoint) {
    std::vector<CheckpointPart> parts;
    const auto named = metadata.find(kPartsKey);
    if (named == metadata.end()) return parts;
    std::istringstream lines(named->second);
    for (std::string line; std::getline(lines, line);) {
        parts.push_back(partOf(line, checkpoint));
        const fs::path beside = checkpoint.parent_path() / parts.back().file;
        if (!fs::exists(beside))
            throw Error(ErrorKind::NotFound, "a part of the checkpoint is missing", beside.string(),
                        "Keep it in the folder of " + checkpoint.filename().string());
        if (sha256OfFile(beside) != parts.back().sha256)
            throw Error(ErrorKind::BadInput,
                        "the part does not belong to the checkpoint " + checkpoint.filename().string(), beside.string(),
                        "Put both files there again");
    }
    return parts;
}

PartedTensors PartedTensors::open(const fs::path& checkpoint) {
    PartedTensors all;
    all.m_files.push_back(SafetensorsFile::open(checkpoint));
    for (const std::string& name : all.m_files.front().names()) all.m_places[name] = {0, name};
    for (const CheckpointPart& part : partsOf(all.metadata(), checkpoint)) {
        const fs::path beside = checkpoint.parent_path() / part.file;
        all.m_files.push_back(SafetensorsFile::open(beside));
        for (const std::string& name : all.m_files.back().names())
            if (!all.m_places.try_emplace(part.prefix + name, Place{all.m_files.size() - 1, name}).second)
                throw Error(ErrorKind::BadInput, "the checkpoint and its part both have " + part.prefix + name,
                            beside.string());
    }
    return all;
}

std::vector<std::string> PartedTensors::names() const {
    std::vector<std::string> names;
    for (const auto& [name, place] : m_places) names.push_back(name);
    return names;
}

const PartedTensors::Place& PartedTensors::place(const std::string& name) const {
    const auto found = m_places.find(name);
    if (found == m_places.end())
        throw Error(ErrorKind::BadInput, "the checkpoint has no tensor " + name, path().string());
    return found->second;
}

const TensorInfo& PartedTensors::info(const std::string& name) const {
    const Place& at = place(name);
    return m_files[at.file].info(at.name);
}

std::vector<float> PartedTensors::readF32(const std::string& name) const {
    const Place& at = place(name);
    return m_files[at.file].readF32(at.name);
}

} // namespace emc
