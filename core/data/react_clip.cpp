#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <mutex>

#include "core/data/clip_base.h"
#include "core/data/csv.h"
#include "core/data/mfcc.h"
#include "core/data/npy.h"
#include "core/data/react_corpus.h"
#include "core/data/react_layout.h"
#include "core/data/sha256.h"

namespace emc {
namespace fs = std::filesystem;

namespace {

class ReactClip : public ClipBase {
public:
    ReactClip(const fs::path& root, const std::string& partition, const std::string& item, ReactFiles files,
              const ReactNotes& notes, FrameOpener frames, SoundLoader sounds)
        : ClipBase(false), m_files(std::move(files)), m_frames(std::move(frames)), m_sounds(std::move(sounds)) {
        m_info.id = item;
        m_info.path = root;
        m_info.frames = notes.frames;
        m_info.hasFace = !m_files.emotion.empty();
        m_info.hasSpeech = !m_files.audio.empty();
        m_info.synthetic = notes.synthetic;
        m_info.source = partition + "/" + item;
        m_recipe = notes.contentHash;
    }
    // Frames and hash need a look at folders and file sizes: done when first asked, as a corpus has thousands of clips.
    const ClipInfo& info() const override {
        std::call_once(m_once, [this] {
            if (m_info.frames == 0) m_info.frames = countReactFrames(m_files);
            std::string text = "react 1 " + m_info.source + " " + std::to_string(m_info.frames) + " " + m_recipe;
            for (const fs::path& file : {m_files.video, m_files.audio, m_files.emotion, m_files.coeffs}) {
                std::error_code code;
                const auto size = fs::is_regular_file(file, code) ? fs::file_size(file, code) : 0;
                text += " " + std::to_string(code ? 0 : size);
            }
            m_info.contentHash = sha256Hex(text);
        });
        return m_info;
    }
    std::unique_ptr<FrameReader> faceFrames(int size) const override {
        if (m_files.video.empty()) throw Error(ErrorKind::NotFound, "the tree has no Video_files", m_info.source);
        if (!m_frames)
            throw Error(ErrorKind::Unsupported, "this build cannot decode pictures", m_files.video.string(),
                        "Build with media, or use a pack.");
        std::error_code code;
        if (fs::is_directory(m_files.video,
                             code)) { // a made corpus keeps one reference picture of those who only listen
            const auto pictures = static_cast<int>(framePictures(m_files.video).size());
            if (pictures + 1 < info().frames)
                throw Error(ErrorKind::NotFound,
                            "the clip has " + std::to_string(pictures) + " pictures for " +
                                std::to_string(info().frames) + " frames",
                            m_files.video.string());
        }
        opened(m_files.video);
        return m_frames(m_files.video, size);
    }
    fs::path soundFile() const override { return m_files.audio; }
    fs::path videoFile() const override { return m_files.video; }

protected:
    FaceTrack loadFace() const override {
        opened(m_files.emotion);
        NumberTable table = readNumberCsv(m_files.emotion, kEmotionDims);
        opened(m_files.coeffs);
        std::vector<std::int64_t> shape;
        FaceTrack track;
        track.coeffs = readNpyF32(m_files.coeffs, &shape);
        std::vector<std::int64_t> squeezed;
        for (std::size_t i = 0; i < shape.size(); ++i)
            if (shape.size() == 2 || !(i == 1 && shape[i] == 1)) squeezed.push_back(shape[i]); // (T,1,58) -> (T,58)
        if (squeezed.size() != 2 || squeezed[1] != kCoeffDims)
            throw Error(ErrorKind::BadInput, "the coefficients do not have the shape (frames, 58) or (frames, 1, 58)",
                        m_files.coeffs.string());
        for (float value : track.coeffs)
            if (!std::isfinite(value))
                throw Error(ErrorKind::BadInput, "a coefficient is not finite", m_files.coeffs.string());
        const auto rows = static_cast<std::int64_t>(table.rows);
        // 750 and 751 both occur for the same clip: what both have is used. A larger difference means files of
        // different clips.
        if (std::abs(rows - squeezed[0]) > 1)
            throw Error(ErrorKind::BadInput,
                        "the attributes have " + std::to_string(rows) + " frames, the coefficients " +
                            std::to_string(squeezed[0]),
                        m_files.emotion.string());
        track.frames = static_cast<int>(std::min(rows, squeezed[0]));
        const auto frames = static_cast<std::size_t>(track.frames);
        track.emotion = std::move(table.values);
        track.emotion.resize(frames * kEmotionDims);
        track.coeffs.resize(frames * kCoeffDims);
        track.confidence.assign(frames, 1.f);
        return track;
    }
    SpeechTrack loadSpeech() const override {
        opened(m_files.audio);
        const std::vector<float> mono =
            m_sounds ? m_sounds(m_files.audio, kMfccRateHz) : loadWavMono(m_files.audio, kMfccRateHz);
        SpeechTrack track;
        track.frames = info().frames;
        track.mfcc = mfcc78(mono, kMfccRateHz, track.frames);
        return track;
    }

private:
    mutable std::once_flag m_once;
    mutable ClipInfo m_info;
    ReactFiles m_files;
    FrameOpener m_frames;
    SoundLoader m_sounds;
    std::string m_recipe;
};

bool isPicture(const fs::path& file) {
    std::string extension = file.extension().string();
    for (char& c : extension) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return extension == ".png" || extension == ".jpg" || extension == ".jpeg";
}

} // namespace

std::shared_ptr<const Clip> makeReactClip(const fs::path& root, const std::string& partition, const std::string& item,
                                          ReactFiles files, const ReactNotes& notes, FrameOpener frames,
                                          SoundLoader sounds) {
    return std::make_shared<ReactClip>(root, partition, item, std::move(files), notes, std::move(frames),
                                       std::move(sounds));
}

std::vector<fs::path> framePictures(const fs::path& folder) {
    std::vector<fs::path> pictures;
    std::error_code code;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, code))
        if (isPicture(entry.path())) pictures.push_back(entry.path());
    if (code)
        throw Error(ErrorKind::NotFound, "the folder of frames cannot be read: " + code.message(), folder.string());
    const auto number = [](const fs::path& file) { // "2.png" before "10.png"; other names after the numbers
        const std::string stem = file.stem().string();
        const bool digits =
            !stem.empty() && stem.size() < 10 && stem.find_first_not_of("0123456789") == std::string::npos;
        return digits ? std::atol(stem.c_str()) : 2'000'000'000L;
    };
    std::sort(pictures.begin(), pictures.end(), [&](const fs::path& a, const fs::path& b) {
        return std::pair(number(a), a.native()) < std::pair(number(b), b.native());
    });
    return pictures;
}

int countReactFrames(const ReactFiles& files) {
    std::error_code code;
    if (!files.video.empty() && fs::is_directory(files.video, code)) {
        int count = 0;
        for (const fs::directory_entry& entry : fs::directory_iterator(files.video, code))
            count += isPicture(entry.path());
        if (count > 0) return count;
    }
    // The size alone: NumPy's header has 128 bytes, elements have 4 or 8; of two readings the one nearer to the usual
    // length is meant.
    const auto size =
        fs::is_regular_file(files.coeffs, code) ? static_cast<long>(fs::file_size(files.coeffs, code)) : 0L;
    int best = 0;
    for (long element : {4L, 8L}) {
        const long row = kCoeffDims * element;
        if (size <= 128 || (size - 128) % row != 0 || (size - 128) / row > 10'000'000) continue;
        const int frames = static_cast<int>((size - 128) / row);
        if (best == 0 || std::abs(frames - kReactFrames) < std::abs(best - kReactFrames)) best = frames;
    }
    return best > 0 ? best : kReactFrames;
}

} // namespace emc
