#pragma once
// The two containers of torch.save. Both fill a CheckpointFile whose tensors view `bytes`.
#include "core/checkpoint/checkpoint_file.h"

namespace emc {

// torch.save since 1.6: a zip archive with NAME/data.pkl and NAME/data/KEY.
void readTorchZip(CheckpointFile& file, ByteView bytes, const std::string& where);
// Before: magic, version, system, object and storage keys as pickles, then the storages one after the other.
bool looksLikeTorchStream(ByteView bytes);
void readTorchStream(CheckpointFile& file, ByteView bytes, const std::string& where);

} // namespace emc
