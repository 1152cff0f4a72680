#include "core/backend/checkpoint_import.h"

#include "core/backend/studio_backend.h"
#include "core/data/sha256.h"
#include "core/models/official_features.h"

namespace emc {
namespace fs = std::filesystem;
namespace {

// A file beside its final place that disappears unless it is moved there.
class Draft {
public:
    explicit Draft(const fs::path& out)
        : m_out(out), m_path(out.parent_path() / ("." + out.filename().string() + ".draft.safetensors")) {}
    ~Draft() {
        std::error_code ignored;
        fs::remove(m_path, ignored);
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    const fs::path& path() const { return m_path; }
    void keep() { fs::rename(m_path, m_out); }

private:
    fs::path m_out, m_path;
};

bool inCatalogue(const std::string& name) {
    for (const ModelEntry& entry : ModelCatalogue::shared().entries())
        if (entry.info.name == name) return true;
    return false;
}

} // namespace

std::string ownModel(const CheckpointFile& file) {
    const auto named = file.facts().find("model");
    const bool ours = file.format() == "safetensors" && named != file.facts().end() && inCatalogue(named->second);
    return ours ? named->second : std::string();
}

std::optional<Error> misfit(const CheckpointFile& file, const CheckpointReport& report) {
    if (report.model().empty()) {
        const std::size_t count = file.tensors().size();
        return Error(ErrorKind::BadInput,
                     std::to_string(count) + " tensor" + (count == 1 ? "" : "s") + " of no model that is known here",
                     file.where(), "Look at them with `emc convert FILE --list`");
    }
    if (!report.fits())
        return Error(ErrorKind::BadInput,
                     "the checkpoint does not fit " + report.parts.front().label + ": " + report.faults(), file.where(),
                     "Check that the file belongs to this model and is complete");
    return {};
}

std::string catalogueName(const CheckpointReport& report) {
    const std::string name =
        report.model() == "trans-vae" && report.parts.front().variant == "online" ? "trans-vae-online" : report.model();
    return inCatalogue(name) ? name : std::string();
}

std::uintmax_t convertOfficial(const CheckpointFile& file, const CheckpointReport& report, const fs::path& out,
                               bool half) {
    Draft draft(out);
    const auto bytes = storeSafetensors(file, report.names(), draft.path(), {half, officialMetadata(file, report)});
    // The table that named the model and the studio's own module are two witnesses; both must agree.
    const std::string name = catalogueName(report);
    if (report.model() == "trans-vae" && !name.empty()) openStudioModel(name, draft.path());
    else checkOfficialFile(report.model(), draft.path());
    draft.keep();
    return bytes;
}

OpenedCheckpoint openCheckpointFile(const fs::path& path, const fs::path& folder, JobContext& job) {
    job.checkpoint();
    const CheckpointFile file = CheckpointFile::open(path);
    if (const std::string model = ownModel(file); !model.empty()) {
        openStudioModel(model, path); // names every fault
        return {model, path};
    }
    const CheckpointReport report = inspectCheckpoint(file);
    if (const auto fault = misfit(file, report)) throw *fault;
    const std::string model = catalogueName(report);
    if (model.empty())
        throw Error(ErrorKind::Unsupported,
                    "the checkpoint holds " + report.parts.front().label + ", which gives no reaction by itself",
                    path.string(), "Open the whole model; `emc convert` stores its parts");
    job.checkpoint();
    // By content: two files of one name are two models, the same file opened again is the same.
    const fs::path out = folder / (path.stem().string() + "-" + sha256OfFile(path).substr(0, 8) + ".safetensors");
    if (!fs::exists(out)) {
        fs::create_directories(folder);
        convertOfficial(file, report, out, false);
    }
    job.checkpoint();
    openStudioModel(model, out); // says what else it needs, such as the networks of its features
    return {model, out};
}

} // namespace emc
