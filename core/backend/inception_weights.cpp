#include "core/backend/inception_weights.h"

#include "core/api/error.h"
#include "core/backend/studio_backend.h"
#include "core/checkpoint/store.h"
#include "core/data/atomic_file.h"

namespace emc {
namespace fs = std::filesystem;

std::unique_ptr<FrameFeatureNet> openFrameFeatures(const fs::path& weights, int threads) {
    constexpr const char* kModel = "inception-fid";
    if (!fs::is_regular_file(weights))
        throw Error(ErrorKind::NotFound, "there are no Inception weights", weights.string(),
                    "FRRea of pictures needs the file pt_inception-2015-12-05-6726825d.pth, which pytorch-fid fetches "
                    "on its first use; it is not part of the studio");
    const CheckpointFile file = CheckpointFile::open(weights);
    const CheckpointReport report = inspectCheckpoint(file);
    if (report.model() != kModel || !report.fits())
        throw Error(ErrorKind::BadInput,
                    report.model() == kModel ? "the Inception weights do not fit: " + report.faults()
                                             : "these are not the weights of the Inception network for FID",
                    weights.string());
    // Through a file of ours: one way from a foreign checkpoint into a module.
    const TempFolder scratch(fs::temp_directory_path() / "emc-inception");
    const fs::path converted = scratch.path() / "inception.safetensors";
    storeSafetensors(file, report.names(), converted, {});
    return std::make_unique<FrameFeatureNet>(converted, studioFrameOpener(), threads);
}

} // namespace emc
