#include "core/data/pack.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "core/data/clip_base.h"
#include "core/data/react_corpus.h"
#include "core/data/safetensors.h"

namespace emc {
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* kFormat = "emc-pack-1";

std::string tensorName(std::size_t clip, const char* what) {
    std::string number = std::to_string(clip);
    number.insert(0, 6 - std::min<std::size_t>(6, number.size()), '0');
    return "clip" + number + "/" + what;
}

// ---- reading ----

// Share of each source cell in each target cell along one axis.
struct AxisWeight {
    int source;
    float weight;
};
std::vector<std::vector<AxisWeight>> areaWeights(int from, int to) {
    std::vector<std::vector<AxisWeight>> cells(static_cast<std::size_t>(to));
    const double step = static_cast<double>(from) / to;
    for (int i = 0; i < to; ++i) {
        const double begin = i * step, end = begin + step;
        for (int s = static_cast<int>(begin); s < from && s < end; ++s) {
            const double share = (std::min(end, s + 1.0) - std::max(begin, static_cast<double>(s))) / step;
            if (share > 1e-9) cells[static_cast<std::size_t>(i)].push_back({s, static_cast<float>(share)});
        }
    }
    return cells;
}

class PackFrames : public FrameReader {
public:
    PackFrames(std::shared_ptr<const SafetensorsFile> file, std::string tensor, int size)
        : m_file(std::move(file)), m_tensor(std::move(tensor)) {
        const TensorInfo& info = m_file->info(m_tensor);
        m_frames = info.shape[0];
        m_side = static_cast<int>(info.shape[1]);
        m_size = size > 0 ? size : m_side;
        if (m_size != m_side) m_weights = areaWeights(m_side, m_size);
    }
    int width() const override { return m_size; }
    int height() const override { return m_size; }
    bool next(std::vector<std::uint8_t>& rgb) override {
        if (m_next >= m_frames) return false;
        std::vector<std::uint8_t> stored(static_cast<std::size_t>(m_side) * static_cast<std::size_t>(m_side) * 3);
        m_file->readBytes(m_tensor, static_cast<std::uint64_t>(m_next++) * stored.size(),
                          std::as_writable_bytes(std::span(stored)));
        if (m_size == m_side) rgb = std::move(stored);
        else rescale(stored, rgb);
        return true;
    }

private:
    void rescale(const std::vector<std::uint8_t>& from, std::vector<std::uint8_t>& to) const {
        const auto side = static_cast<std::size_t>(m_side), size = static_cast<std::size_t>(m_size);
        std::vector<float> rows(size * side * 3); // first down the columns, then along the rows
        for (std::size_t y = 0; y < size; ++y)
            for (const AxisWeight& w : m_weights[y])
                for (std::size_t x = 0; x < side * 3; ++x)
                    rows[y * side * 3 + x] +=
                        w.weight * static_cast<float>(from[static_cast<std::size_t>(w.source) * side * 3 + x]);
        to.assign(size * size * 3, 0);
        for (std::size_t y = 0; y < size; ++y)
            for (std::size_t x = 0; x < size; ++x)
                for (std::size_t c = 0; c < 3; ++c) {
                    float sum = 0;
                    for (const AxisWeight& w : m_weights[x])
                        sum += w.weight * rows[(y * side + static_cast<std::size_t>(w.source)) * 3 + c];
                    to[(y * size + x) * 3 + c] = static_cast<std::uint8_t>(std::clamp(std::lround(sum), 0L, 255L));
                }
    }

    std::shared_ptr<const SafetensorsFile> m_file;
    std::string m_tensor;
    std::int64_t m_frames = 0, m_next = 0;
    int m_side = 0, m_size = 0;
    std::vector<std::vector<AxisWeight>> m_weights;
};

class PackClip : public ClipBase {
public:
    PackClip(std::shared_ptr<const SafetensorsFile> file, std::size_t index, ClipInfo info)
        : ClipBase(false), m_file(std::move(file)), m_index(index), m_info(std::move(info)) {}
    const ClipInfo& info() const override { return m_info; }
    std::unique_ptr<FrameReader> faceFrames(int size) const override {
        const std::string name = tensorName(m_index, "frames");
        if (!m_file->has(name)) throw Error(ErrorKind::NotFound, "the pack holds no frames of this clip", m_info.id);
        note("frames");
        return std::make_unique<PackFrames>(m_file, name, size);
    }
    fs::path soundFile() const override { return {}; }
    fs::path videoFile() const override { return {}; }

protected:
    FaceTrack loadFace() const override {
        note("face");
        FaceTrack track;
        track.emotion = m_file->readF32(tensorName(m_index, "emotion"), {-1, kEmotionDims});
        track.frames = static_cast<int>(track.emotion.size() / kEmotionDims);
        track.coeffs = m_file->readF32(tensorName(m_index, "coeffs"), {track.frames, kCoeffDims});
        track.confidence = m_file->readF32(tensorName(m_index, "confidence"), {track.frames});
        return track;
    }
    SpeechTrack loadSpeech() const override {
        note("speech");
        SpeechTrack track;
        track.mfcc = m_file->readF32(tensorName(m_index, "mfcc"), {-1, kMfccDims});
        track.frames = static_cast<int>(track.mfcc.size() / kMfccDims);
        if (m_file->has(tensorName(m_index, "voice")))
            track.voice = m_file->readF32(tensorName(m_index, "voice"), {track.frames});
        return track;
    }

private:
    // All clips share one file, so what was read is named by the part of it.
    void note(const char* part) const { opened(m_file->path().string() + "#" + tensorName(m_index, part)); }
    std::shared_ptr<const SafetensorsFile> m_file;
    std::size_t m_index;
    ClipInfo m_info;
};

class Pack : public PairSource {
public:
    explicit Pack(const fs::path& path) : m_file(std::make_shared<const SafetensorsFile>(SafetensorsFile::open(path))) {
        if (m_file->meta("format") != kFormat)
            throw Error(ErrorKind::BadInput, "this is not a pack", path.string(),
                        "Packs are made with `emc corpus pack`.");
        m_partition = m_file->meta("partition");
        m_synthetic = m_file->meta("synthetic") == "true";
        m_mirrored = m_file->meta("mirrored", "true") == "true";
        try {
            readClips(json::parse(m_file->meta("clips")));
            for (const json& row : json::parse(m_file->meta("rows")))
                m_rows.push_back({row.at(0).get<std::size_t>(), row.at(1).get<std::size_t>(), row.at(2).get<int>()});
        } catch (const json::exception& error) {
            throw Error(ErrorKind::BadInput, "the list of clips is damaged: " + std::string(error.what()),
                        path.string());
        }
        for (const Row& row : m_rows)
            if (row.speaker >= m_clips.size() || row.listener >= m_clips.size())
                throw Error(ErrorKind::BadInput, "a pair names a clip that the pack does not have", path.string());
        if (!m_file->has("neighbours")) return;
        const TensorInfo& info = m_file->info("neighbours");
        if (info.dtype != "U8" || info.shape != std::vector<std::int64_t>{size(), size()})
            throw Error(ErrorKind::BadInput, "the neighbour matrix does not fit the pairs", path.string());
        m_neighbours.resize(static_cast<std::size_t>(info.elements));
        m_file->readBytes("neighbours", 0, std::as_writable_bytes(std::span(m_neighbours)));
    }
    const std::string& partition() const override { return m_partition; }
    int rows() const override { return static_cast<int>(m_rows.size()); }
    bool synthetic() const override { return m_synthetic; }
    bool mirrored() const override { return m_mirrored; }
    Pair pair(int k) const override {
        if (k < 0 || k >= size())
            throw Error(ErrorKind::Internal, "there is no pair " + std::to_string(k), m_file->path().string());
        const Row& row = m_rows[static_cast<std::size_t>(k % rows())];
        Pair pair{m_clips[row.speaker], m_clips[row.listener], row.script};
        if (k >= rows()) std::swap(pair.speaker, pair.listener);
        return pair;
    }
    const std::vector<std::uint8_t>& neighbours() const override {
        if (m_neighbours.empty())
            throw Error(ErrorKind::NotFound, "the pack has no neighbour matrix", m_file->path().string());
        return m_neighbours;
    }

private:
    void readClips(const json& list) {
        for (const json& item : list) {
            ClipInfo info;
            info.path = m_file->path();
            info.id = item.at("id").get<std::string>();
            info.contentHash = item.at("hash").get<std::string>();
            info.frames = item.at("frames").get<int>();
            info.rateHz = item.at("rate_hz").get<double>();
            info.source = item.at("source").get<std::string>();
            info.synthetic = m_synthetic;
            const std::size_t index = m_clips.size();
            info.hasFace = m_file->has(tensorName(index, "emotion"));
            info.hasSpeech = m_file->has(tensorName(index, "mfcc"));
            if (const std::string frames = tensorName(index, "frames"); m_file->has(frames)) {
                const TensorInfo& tensor = m_file->info(frames);
                const auto& s = tensor.shape;
                if (tensor.dtype != "U8" || s.size() != 4 || s[1] != s[2] || s[3] != 3 || s[1] < 1 || s[1] > 4096)
                    throw Error(ErrorKind::BadInput, "the frames are not square RGB pictures",
                                m_file->path().string() + ", tensor " + frames);
            }
            m_clips.push_back(std::make_shared<PackClip>(m_file, index, std::move(info)));
        }
    }
    struct Row {
        std::size_t speaker = 0, listener = 0;
        int script = -1;
    };
    std::shared_ptr<const SafetensorsFile> m_file;
    std::string m_partition;
    bool m_synthetic = false, m_mirrored = true;
    std::vector<std::shared_ptr<const Clip>> m_clips;
    std::vector<Row> m_rows;
    std::vector<std::uint8_t> m_neighbours;
};

// ---- writing ----

// Some clips have features and no film: a listener with one reference picture only, or a tree without pictures.
bool hasFilm(const Clip& clip, int frames) {
    const fs::path video = clip.videoFile();
    std::error_code code;
    if (fs::is_directory(video, code)) return static_cast<int>(framePictures(video).size()) >= frames - 1;
    if (!video.empty()) return true;
    try {
        return clip.faceFrames(1) != nullptr; // a clip of another pack
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::NotFound) return false;
        throw;
    }
}

void streamFrames(const Clip& clip, int frames, int size, const SafetensorsWriter::Sink& sink) {
    const std::unique_ptr<FrameReader> reader = clip.faceFrames(size);
    std::vector<std::uint8_t> rgb;
    int got = 0;
    for (; got < frames && reader->next(rgb); ++got) {
        if (rgb.size() != static_cast<std::size_t>(size) * static_cast<std::size_t>(size) * 3)
            throw Error(ErrorKind::Internal, "a frame has not the size that was asked for", clip.info().id);
        sink(std::as_bytes(std::span(rgb)));
    }
    // A video one frame shorter than its features is common (750 and 751); more is a fault of the data.
    if (got == frames - 1 && got > 0) sink(std::as_bytes(std::span(rgb)));
    else if (got != frames)
        throw Error(ErrorKind::BadInput,
                    "the clip has " + std::to_string(got) + " face frames, but features of " + std::to_string(frames),
                    clip.info().id);
}

} // namespace

void writePack(const fs::path& file, const PairSource& source, const PackOptions& options, JobContext& job) {
    std::vector<std::shared_ptr<const Clip>> clips;
    std::map<const Clip*, std::size_t> indexOf;
    std::vector<bool> speaks;
    json rows = json::array();
    const auto add = [&](const std::shared_ptr<const Clip>& clip, bool speaker) {
        const auto [at, fresh] = indexOf.emplace(clip.get(), clips.size());
        if (fresh) clips.push_back(clip), speaks.push_back(false);
        if (speaker) speaks[at->second] = true;
        return at->second;
    };
    for (int k = 0; k < source.size(); ++k) {
        const Pair pair = source.pair(k);
        const std::size_t speaker = add(pair.speaker, true), listener = add(pair.listener, false);
        if (k < source.rows()) rows.push_back({speaker, listener, pair.scriptId});
    }

    SafetensorsWriter writer;
    json list = json::array();
    double done = 0;
    const double total = static_cast<double>(clips.size()) * 2;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        const std::shared_ptr<const Clip> clip = clips[i];
        const ClipInfo& info = clip->info();
        job.progress(done++, total, "looking at " + info.id);
        list.push_back({{"id", info.id},
                        {"hash", info.contentHash},
                        {"frames", info.frames},
                        {"rate_hz", info.rateHz},
                        {"source", info.source}});
        if (info.hasFace) {
            const int frames = clip->face()->frames;
            const auto add = [&](const char* name, std::vector<std::int64_t> shape,
                                 std::vector<float> FaceTrack::*member) {
                writer.addStreamed(tensorName(i, name), "F32", shape,
                                   [clip, member](const SafetensorsWriter::Sink& sink) {
                                       const auto track = clip->face();
                                       sink(std::as_bytes(std::span((*track).*member)));
                                   });
            };
            add("emotion", {frames, kEmotionDims}, &FaceTrack::emotion);
            add("coeffs", {frames, kCoeffDims}, &FaceTrack::coeffs);
            add("confidence", {frames}, &FaceTrack::confidence);
            const int size = options.size;
            if (size > 0 && (speaks[i] || options.listenerFrames) && hasFilm(*clip, frames))
                writer.addStreamed(tensorName(i, "frames"), "U8", {frames, size, size, 3},
                                   [clip, frames, size, &job, &done, total](const SafetensorsWriter::Sink& sink) {
                                       job.progress(done++, total, "frames of " + clip->info().id);
                                       streamFrames(*clip, frames, size, sink);
                                   });
        }
        if (info.hasSpeech)
            writer.addStreamed(tensorName(i, "mfcc"), "F32", {info.frames, kMfccDims},
                               [clip, &job](const SafetensorsWriter::Sink& sink) {
                                   job.checkpoint();
                                   sink(std::as_bytes(std::span(clip->speech()->mfcc)));
                               });
    }
    try {
        const std::vector<std::uint8_t>& marks = source.neighbours();
        writer.addU8("neighbours", {source.size(), source.size()}, marks);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::NotFound) throw;
    }
    writer.meta("format", kFormat);
    writer.meta("partition", source.partition());
    writer.meta("synthetic", source.synthetic() ? "true" : "false");
    writer.meta("mirrored", source.mirrored() ? "true" : "false");
    writer.meta("clips", list.dump(-1, ' ', false, json::error_handler_t::replace));
    writer.meta("rows", rows.dump());
    writer.write(file);
    job.progress(total, total, "done");
}

std::shared_ptr<const PairSource> openPack(const fs::path& file) {
    return std::make_shared<Pack>(file);
}

} // namespace emc
