#pragma once
// Where the files of one REACT item lie. Internal to core/data.
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/api/clip.h"
#include "core/data/wav.h"

namespace emc {

inline constexpr const char* kReactFolders[] = {"Video_files", "Audio_files", "Emotion", "3D_FV_files"};
inline constexpr int kReactFrames = 751; // of every clip of the real data

// ROOT/corpus.toml of a made corpus; defaults when there is none.
struct ReactNotes {
    bool synthetic = false, mirrored = true;
    int frames = 0; // 0 = not said
    std::string contentHash;
    std::vector<int> scripts; // of the partition's rows; empty = not said
};
ReactNotes readReactNotes(const std::filesystem::path& root, const std::string& partition);

// Files of one item; an empty path = the tree has no such modality at all.
struct ReactFiles {
    std::filesystem::path video, audio, emotion, coeffs;
};
// Looks for the files in ROOT/PARTITION without opening any. What is missing although its modality folder exists is
// added to `missing`.
ReactFiles findReactFiles(const std::filesystem::path& tree, const std::string& item,
                          std::vector<std::string>& missing);

std::shared_ptr<const Clip> makeReactClip(const std::filesystem::path& root, const std::string& partition,
                                          const std::string& item, ReactFiles files, const ReactNotes& notes,
                                          FrameOpener frames, SoundLoader sounds);

// "train/NoXI/chat/role/1" from ".../train/Video_files/NoXI/chat/role/1.mp4"; nothing when the path is no item of a
// REACT tree.
struct ReactItemPath {
    std::filesystem::path root;
    std::string partition, item;
};
std::optional<ReactItemPath> splitReactPath(const std::filesystem::path& path);

// Number of frames without opening a file: pictures in the folder, or what the size of the coefficients' file says.
int countReactFrames(const ReactFiles& files);

} // namespace emc
