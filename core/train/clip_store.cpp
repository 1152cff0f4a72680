#include "core/train/clip_store.h"

#include <cstring>
#include <limits>

#include "core/api/error.h"
#include "core/data/sha256.h"
#include "core/nn/frame_encoder.h"
#include "core/train/tensor_files.h"

namespace emc {

std::size_t ClipFeatures::bytes() const {
    std::size_t sum = 0;
    for (const torch::Tensor* tensor : {&emotion, &coeffs, &mfcc, &face, &speechEmotion, &pictures})
        if (tensor->defined()) sum += tensor->nbytes();
    return sum;
}

std::string clipKey(const Clip& clip) {
    const ClipInfo& info = clip.info();
    // The id is part of it: a made corpus knows its content by recipe, not by file.
    return sha256Hex("features 1\n" + info.id + "\n" + info.contentHash + "\n" + std::to_string(info.frames))
        .substr(0, 32);
}

ClipStore::ClipStore(std::filesystem::path plain, std::filesystem::path learned, std::size_t memoryBudget)
    : m_plain(std::move(plain)), m_learned(std::move(learned)), m_budget(memoryBudget) {}

void ClipStore::makePlain(const Clip& clip) const {
    const std::filesystem::path path = plainFile(clip);
    if (std::filesystem::exists(path)) return;
    SafetensorsWriter writer;
    if (clip.info().hasFace) {
        const auto face = clip.face();
        writer.addF32("emotion", {face->frames, kEmotionDims}, face->emotion);
        writer.addF32("coeffs", {face->frames, kCoeffDims}, face->coeffs);
    }
    if (clip.info().hasSpeech) {
        const auto speech = clip.speech();
        writer.addF32("mfcc", {speech->frames, kMfccDims}, speech->mfcc);
    }
    writer.meta("clip", clip.info().id);
    writer.write(path);
}

std::shared_ptr<const ClipFeatures> ClipStore::get(const Clip& clip) {
    const std::string key = clipKey(clip);
    if (const auto found = m_entries.find(key); found != m_entries.end()) {
        m_order.splice(m_order.begin(), m_order, found->second.place);
        return found->second.features;
    }
    makePlain(clip);
    auto features = std::make_shared<ClipFeatures>();
    const auto readInto = [](const SafetensorsFile& file, const char* name, torch::Tensor& target) {
        if (file.has(name)) target = readTensor(file, name);
    };
    const SafetensorsFile plain = SafetensorsFile::open(plainFile(clip));
    readInto(plain, "emotion", features->emotion);
    readInto(plain, "coeffs", features->coeffs);
    readInto(plain, "mfcc", features->mfcc);
    if (std::filesystem::exists(learnedFile(clip))) {
        const SafetensorsFile learned = SafetensorsFile::open(learnedFile(clip));
        readInto(learned, "face", features->face);
        readInto(learned, "speech_emotion", features->speechEmotion);
    }
    // Tracks of one clip may differ by a frame or two (a csv of 751 rows beside 750 pictures): all are read up to the
    // shortest.
    int frames = std::numeric_limits<int>::max();
    for (const torch::Tensor* tensor : {&features->emotion, &features->mfcc, &features->face, &features->speechEmotion})
        if (tensor->defined()) frames = std::min(frames, static_cast<int>(tensor->size(0)));
    features->frames = frames == std::numeric_limits<int>::max() ? 0 : frames;

    m_held += features->bytes();
    m_order.push_front(key);
    m_entries[key] = {features, m_order.begin()};
    while (m_held > m_budget && m_order.size() > 1) {
        const auto last = m_entries.find(m_order.back());
        m_held -= last->second.features->bytes();
        m_entries.erase(last);
        m_order.pop_back();
    }
    return features;
}

torch::Tensor ClipStore::pictures(const Clip& clip, int size, int begin, int count, int stride) const {
    const SafetensorsFile file = SafetensorsFile::open(picturesFile(clip, size));
    const std::size_t bytes = 3u * static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    torch::Tensor out = torch::empty({count, 3, size, size}, torch::kUInt8);
    for (int i = 0; i < count; ++i)
        file.readBytes(
            "frames", static_cast<std::uint64_t>(begin + i * stride) * bytes,
            {reinterpret_cast<std::byte*>(out.data_ptr<std::uint8_t>()) + static_cast<std::size_t>(i) * bytes, bytes});
    return out;
}

int forEachPicture(const Clip& clip, int size,
                   const std::function<bool(int, const std::vector<std::uint8_t>&)>& frame) {
    const int readSize = readSizeFor(size);
    const auto reader = clip.faceFrames(readSize);
    std::vector<std::uint8_t> rgb, planes;
    int index = 0;
    for (; index < clip.info().frames && reader->next(rgb); ++index) {
        planes.clear();
        appendCentreCrop(rgb, readSize, size, planes);
        if (!frame(index, planes)) return index + 1;
    }
    return index;
}

bool hasPictures(const Clip& clip) {
    try {
        return clip.info().hasFace && clip.faceFrames(64) != nullptr;
    } catch (const Error&) { return false; }
}

} // namespace emc
