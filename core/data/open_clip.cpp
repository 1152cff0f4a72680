#include "core/api/error.h"
#include "core/data/clip_folder.h"
#include "core/data/pack.h"
#include "core/data/pair_source.h"
#include "core/data/react_corpus.h"
#include "core/data/react_layout.h"

namespace emc {
namespace fs = std::filesystem;

namespace {

// An item that has all files of one modality and none of the other is a clip that lacks the other.
void forgetAbsentModality(ReactFiles& files, std::vector<std::string>& missing) {
    const auto absent = [](const fs::path& file) {
        std::error_code code;
        return file.empty() || !fs::exists(file, code);
    };
    const bool noFace = absent(files.video) && absent(files.emotion) && absent(files.coeffs),
               noSpeech = absent(files.audio);
    if (noFace == noSpeech) return;
    std::erase_if(missing, [&](const std::string& name) { return name.starts_with("Audio_files/") == noSpeech; });
    if (noSpeech) files.audio.clear();
    else files.video.clear(), files.emotion.clear(), files.coeffs.clear();
}

} // namespace

std::shared_ptr<const Clip> openClip(const fs::path& path, FrameOpener frames, SoundLoader sounds) {
    if (isClipFolder(path)) return openClipFolder(path, std::move(frames));
    if (path.filename() == "clip.toml" && isClipFolder(path.parent_path()))
        return openClipFolder(path.parent_path(), std::move(frames));
    if (const auto item = splitReactPath(path)) {
        std::vector<std::string> missing;
        ReactFiles files = findReactFiles(item->root / item->partition, item->item, missing);
        forgetAbsentModality(files, missing);
        if (!missing.empty()) {
            std::string problem = std::to_string(missing.size()) + " files of the item are missing";
            for (const std::string& file : missing) problem += "\n  " + file;
            throw Error(ErrorKind::NotFound, problem, path.string());
        }
        return makeReactClip(item->root, item->partition, item->item, std::move(files),
                             readReactNotes(item->root, item->partition), std::move(frames), std::move(sounds));
    }
    std::error_code code;
    if (!fs::exists(path, code)) throw Error(ErrorKind::NotFound, "there is no such clip", path.string());
    throw Error(ErrorKind::NotFound, "this is neither a clip folder nor an item of a REACT tree", path.string(),
                fs::is_directory(path, code) ? "A clip folder has a clip.toml."
                                             : "Make a clip of a recording with `emc ingest`.");
}

std::shared_ptr<const PairSource> openPairs(const fs::path& root, const std::string& partition, FrameOpener frames,
                                            SoundLoader sounds) {
    std::error_code code;
    if (fs::is_regular_file(root, code)) return openPack(root);
    const fs::path pack = root / (partition + ".pack.safetensors");
    if (!fs::is_directory(root / partition, code) && fs::is_regular_file(pack, code)) return openPack(pack);
    return ReactCorpus::open(root, partition, std::move(frames), std::move(sounds));
}

} // namespace emc
