#include "core/data/clip_toml.h"

#include <algorithm>
#include <cmath>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/data/option_value.h"
#include "core/data/sha256.h"

namespace emc {

namespace {

constexpr int kMaxFrames = 10'000'000; // four days at 25 fps: more is a damaged number

std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string contentHash(const ClipToml& clip) {
    std::string text = "clip 1 " + std::to_string(clip.info.frames) + " " + optionNumber(clip.info.rateHz);
    for (const std::string& hash : {clip.faceHash, clip.faceVideoHash, clip.speechHash, clip.soundHash})
        text += " " + (hash.empty() ? "-" : hash);
    for (const FrameSpan& span : clip.info.faceMissing)
        text += " " + std::to_string(span.begin) + ":" + std::to_string(span.end);
    return sha256Hex(text);
}

// Takes typed values out of a table and notes faults instead of stopping at the first.
class Reader {
public:
    Reader(const toml::table* table, std::string prefix, std::vector<std::string>& faults)
        : m_table(table), m_prefix(std::move(prefix)), m_faults(faults) {}

    template <class T>
    T get(const char* key, T fallback, bool required, const char* kind) {
        const toml::node* node = m_table ? m_table->get(key) : nullptr;
        if (!node) {
            if (required) m_faults.push_back(m_prefix + key + " is missing");
            return fallback;
        }
        const auto value = node->value<T>();
        if (!value) m_faults.push_back(m_prefix + key + " is not " + kind);
        return value.value_or(fallback);
    }
    std::string hash(const char* key, bool required) {
        const std::string text = get<std::string>(key, {}, required, "a text");
        const bool fine = text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
        if (!text.empty() && !fine) m_faults.push_back(m_prefix + key + " is not a SHA-256 of 64 hexadecimal digits");
        return fine ? text : std::string();
    }
    std::vector<FrameSpan> spans(const char* key, int frames) {
        std::vector<FrameSpan> spans;
        const toml::node* node = m_table ? m_table->get(key) : nullptr;
        if (!node) return spans;
        const toml::array* list = node->as_array();
        bool fine = list != nullptr;
        for (std::size_t i = 0; fine && i < list->size(); ++i) {
            const toml::array* pair = (*list)[i].as_array();
            fine = pair && pair->size() == 2 && (*pair)[0].is_integer() && (*pair)[1].is_integer();
            if (!fine) break;
            const std::int64_t begin = (*pair)[0].as_integer()->get(), end = (*pair)[1].as_integer()->get();
            fine = begin >= 0 && begin < end && end <= frames;
            if (fine) spans.push_back({static_cast<int>(begin), static_cast<int>(end)});
        }
        if (!fine) m_faults.push_back(m_prefix + key + " is not a list of [begin, end) within the clip");
        return normalisedSpans(spans, frames);
    }

private:
    const toml::table* m_table;
    std::string m_prefix;
    std::vector<std::string>& m_faults;
};

} // namespace

void throwClipFaults(const std::vector<std::string>& faults, const std::filesystem::path& where) {
    if (faults.empty()) return;
    if (faults.size() == 1) throw Error(ErrorKind::BadInput, faults[0], where.string());
    std::string problem = std::to_string(faults.size()) + " things are wrong";
    for (const std::string& fault : faults) problem += "\n  " + fault;
    throw Error(ErrorKind::BadInput, problem, where.string());
}

std::string writeClipToml(const ClipToml& clip) {
    const ClipInfo& info = clip.info;
    std::string text = "format = 1\nid = " + quoted(info.id) + "\nframes = " + std::to_string(info.frames) +
                       "\nrate_hz = " + optionFloat(info.rateHz) +
                       "\nsynthetic = " + (info.synthetic ? "true" : "false") + "\nsource = " + quoted(info.source) +
                       "\nsource_sha256 = " + quoted(clip.sourceHash) + "\nextractor = " + quoted(clip.extractor) +
                       "\n";
    if (!clip.faceHash.empty()) {
        text += "\n[face]\nfile_sha256 = " + quoted(clip.faceHash) + "\n";
        if (!clip.faceVideoHash.empty()) text += "video_sha256 = " + quoted(clip.faceVideoHash) + "\n";
        text += "missing = [";
        for (std::size_t i = 0; i < info.faceMissing.size(); ++i)
            text += (i ? ", [" : "[") + std::to_string(info.faceMissing[i].begin) + ", " +
                    std::to_string(info.faceMissing[i].end) + "]";
        text += "] # [begin, end) in frames: no face was found\n";
    }
    if (!clip.speechHash.empty()) {
        text += "\n[speech]\nfile_sha256 = " + quoted(clip.speechHash) + "\n";
        if (!clip.soundHash.empty()) text += "sound_sha256 = " + quoted(clip.soundHash) + "\n";
    }
    return text;
}

ClipToml readClipToml(const std::filesystem::path& file) {
    std::error_code code;
    if (!std::filesystem::exists(file, code))
        throw Error(ErrorKind::NotFound, "this is not a clip folder: it has no clip.toml", file.parent_path().string(),
                    "Make one with `emc ingest`.");
    toml::table root;
    try {
        root = toml::parse(readTextFile(file, 16u << 20));
    } catch (const toml::parse_error& error) {
        const auto at = error.source().begin;
        throw Error(ErrorKind::BadInput, std::string(error.description()),
                    file.string() + ":" + std::to_string(at.line) + ", column " + std::to_string(at.column));
    }
    std::vector<std::string> faults;
    Reader top(&root, "", faults);
    ClipToml clip;
    ClipInfo& info = clip.info;
    if (const auto format = top.get<std::int64_t>("format", 1, true, "a whole number"); format != 1)
        throw Error(ErrorKind::Unsupported,
                    "the clip has format " + std::to_string(format) + ", this version reads format 1", file.string(),
                    "Use a newer version of the studio.");
    info.id = top.get<std::string>("id", {}, true, "a text");
    const auto frames = top.get<std::int64_t>("frames", 0, true, "a whole number");
    if (frames < 0 || frames > kMaxFrames)
        faults.push_back("frames is " + std::to_string(frames) + ", which no clip has");
    else info.frames = static_cast<int>(frames);
    info.rateHz = top.get<double>("rate_hz", kFrameRateHz, true, "a number");
    if (!(info.rateHz > 0 && info.rateHz <= 1000)) faults.push_back("rate_hz is not between 0 and 1000");
    info.synthetic = top.get<bool>("synthetic", false, false, "true or false");
    info.source = top.get<std::string>("source", {}, false, "a text");
    clip.sourceHash = top.get<std::string>("source_sha256", {}, false, "a text");
    clip.extractor = top.get<std::string>("extractor", {}, false, "a text");
    for (const char* name : {"face", "speech"})
        if (root.contains(name) && !root[name].is_table())
            faults.push_back(std::string(name) + " is not a [" + name + "] table");
    const toml::table *face = root["face"].as_table(), *speech = root["speech"].as_table();
    if (face) {
        Reader reader(face, "face.", faults);
        clip.faceHash = reader.hash("file_sha256", true);
        clip.faceVideoHash = reader.hash("video_sha256", false);
        info.faceMissing = reader.spans("missing", info.frames);
    }
    if (speech) {
        Reader reader(speech, "speech.", faults);
        clip.speechHash = reader.hash("file_sha256", true);
        clip.soundHash = reader.hash("sound_sha256", false);
    }
    if (!face && !speech) faults.push_back("the clip has neither a [face] nor a [speech]");
    info.hasFace = face != nullptr;
    info.hasSpeech = speech != nullptr;
    throwClipFaults(faults, file);
    info.contentHash = contentHash(clip);
    return clip;
}

} // namespace emc
