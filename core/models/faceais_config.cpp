#include "core/models/faceais_config.h"

#include <algorithm>

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/data/parted_tensors.h"

namespace emc {

namespace {
// For minutes on two cores; models.md gives no sizes for such a network.
constexpr int64_t kSmallWidth = 32, kSmallTokenizer = 48, kSmallHeads = 4, kSmallLayers = 2;
constexpr int64_t kMostLayers = 64, kMostNumbers = 1 << 16; // of any size that a file names

int64_t number(const std::map<std::string, std::string>& meta, const char* key, int64_t fallback,
               const std::string& where) {
    const auto found = meta.find(key);
    if (found == meta.end() || found->second.empty()) return fallback;
    const std::string& text = found->second;
    if (text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos || std::stoll(text) < 1)
        throw Error(ErrorKind::BadInput, std::string("the checkpoint's ") + key + " is not a number: \"" + text + "\"",
                    where);
    return std::stoll(text);
}
} // namespace

int64_t TokenizerSizes::codes() const {
    int64_t count = 1;
    for (const int64_t level : levels) count *= level;
    return count;
}

std::vector<std::string> FaceAisConfig::attentionSites() const {
    std::vector<std::string> sites = emcSites();
    sites.insert(sites.end(), {"h_face/self", "h_sound/self", "sp_h/self", "sp_h/cross", "h_speaker/self",
                               "h_listener/self", "lt_h/self", "lt_h/cross", "tokens/distribution"});
    return sites;
}

FaceAisConfig FaceAisConfig::of(const std::string& model, const std::string& variant, int stride, bool full) {
    FaceAisConfig config;
    config.choose("faceais", model, variant);
    config.stride = std::max(1, stride);
    if (config.compat && config.cma)
        throw Error(ErrorKind::Usage, "the variant compat is the published host alone", {},
                    "Take the variant fixed for " + model);
    TokenizerSizes& t = config.tokenizer;
    PredictorSizes& p = config.predictor;
    if (!full) {
        p.width = kSmallWidth;
        t.width = kSmallTokenizer;
        t.heads = p.heads = kSmallHeads;
        t.layers = p.layers = kSmallLayers;
    }
    if (config.compat) return config;
    p.patch = t.block = std::max<int64_t>(1, (kPatchFrames + config.stride / 2) / config.stride);
    p.context = kContextPatches * p.patch;
    p.vocabulary = t.codes() + kFirstToken;
    p.sound = kMfccDims;
    p.soundFactor = 1;
    return config;
}

void FaceAisConfig::takeSizes(const std::filesystem::path& path) {
    const PartedTensors file = PartedTensors::open(path);
    const auto& meta = file.metadata();
    const auto extent = [&](const std::string& name, std::size_t axis) {
        if (!file.has(name) || file.info(name).shape.size() <= axis)
            throw Error(ErrorKind::BadInput, "the checkpoint has no tensor " + name, path.string(),
                        "A predictor needs its tokenizer in the same file");
        const int64_t size = file.info(name).shape[axis];
        if (size < 1 || size > kMostNumbers)
            throw Error(ErrorKind::BadInput, "the checkpoint's " + name + " has an impossible shape", path.string());
        return size;
    };
    const auto layersOf = [&](const std::string& list) {
        int64_t count = 0;
        while (file.has(list + std::to_string(count) + ".attn.c_attn.weight"))
            if (++count > kMostLayers)
                throw Error(ErrorKind::BadInput, "the checkpoint has too many layers", path.string());
        return count;
    };
    const auto headsOf = [&](const char* key, int64_t width) {
        const int64_t heads = number(meta, key, width % 12 == 0 ? 12 : 1, path.string());
        if (width % heads)
            throw Error(ErrorKind::BadInput,
                        std::to_string(heads) + " heads do not divide a width of " + std::to_string(width),
                        path.string());
        return heads;
    };
    stride = static_cast<int>(number(meta, "stride", 1, path.string()));
    PredictorSizes& p = predictor;
    p.width = extent("lm_head.weight", 1);
    p.heads = headsOf("heads", p.width);
    p.layers = layersOf("lt_cm_transformer.h_listener.");
    p.vocabulary = extent("lt_cm_transformer.wte.weight", 0);
    p.sound = extent("wav2vec2_c_proj.weight", 1);
    TokenizerSizes& t = tokenizer;
    t.width = extent("face_tokenizer.encoder.wpe.weight", 1);
    t.block = extent("face_tokenizer.encoder.wpe.weight", 0);
    t.heads = headsOf("tokenizer_heads", t.width);
    t.layers = layersOf("face_tokenizer.encoder.h.");
    const int64_t places = extent("lt_cm_transformer.wpe.weight", 0);
    if (compat) {
        p.context = places;
        p.soundFactor = std::max<int64_t>(1, extent("sp_cm_transformer.wpe_sound.weight", 0) / places);
        p.soundVocabulary =
            file.has("sp_cm_transformer.wte_sound.weight") ? extent("sp_cm_transformer.wte_sound.weight", 0) : 322;
        p.patch = t.block;
        if (p.context % p.patch)
            throw Error(ErrorKind::BadInput, "the context is not a number of patches", path.string());
    } else {
        p.patch = places;
        p.context = kContextPatches * places;
    }
}

std::map<std::string, std::string> FaceAisConfig::metadata() const {
    return {{"heads", std::to_string(predictor.heads)},
            {"tokenizer_heads", std::to_string(tokenizer.heads)},
            {"inputs", wav2vec() ? "wav2vec" : "mfcc"}};
}

} // namespace emc
