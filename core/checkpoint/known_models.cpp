#include "core/checkpoint/known_models.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "core/api/error.h"
#include "core/checkpoint/model_table_reader.h"

namespace emc {

namespace {
constexpr std::int64_t kMaxMembers = 1000; // numbered layers that a file may make us expect

using Shapes = std::map<std::string, std::vector<std::int64_t>>;

bool beginsWith(const Shapes& shapes, const std::string& prefix) {
    const auto at = shapes.lower_bound(prefix);
    return at != shapes.end() && at->first.starts_with(prefix);
}

// What one source of a size says; 0 = nothing.
std::int64_t readSource(const std::string& source, const Shapes& shapes) {
    if (source.front() == '#') { // highest number + 1
        const std::string prefix = source.substr(1);
        std::int64_t count = 0;
        for (auto at = shapes.lower_bound(prefix); at != shapes.end() && at->first.starts_with(prefix); ++at) {
            std::int64_t number = -1;
            const char* begin = at->first.data() + prefix.size();
            std::from_chars(begin, at->first.data() + at->first.size(), number);
            if (number < kMaxMembers) count = std::max(count, number + 1);
        }
        return count;
    }
    const std::size_t colon = source.rfind(':');
    const auto found = shapes.find(source.substr(0, colon));
    const std::size_t axis = static_cast<std::size_t>(std::stoll(source.substr(colon + 1)));
    if (found == shapes.end() || axis >= found->second.size()) return 0;
    return std::clamp<std::int64_t>(found->second[axis], 0, 1 << 24);
}

std::int64_t vote(const SizeRule& rule, const Shapes& shapes) {
    std::map<std::int64_t, int> votes;
    for (const std::string& source : rule.sources)
        if (const std::int64_t size = readSource(source, shapes)) ++votes[size];
    std::int64_t best = rule.published;
    int most = votes.count(best) ? votes[best] : 0;
    for (const auto& [size, count] : votes)
        if (count > most) best = size, most = count;
    return best;
}

std::string shapeText(const std::vector<std::int64_t>& shape) {
    std::string text = "(";
    for (std::size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
    return text + ")";
}

// Sizes come from the file: their product may be beyond all numbers.
std::int64_t countOf(const std::vector<std::int64_t>& shape) {
    std::int64_t count = 1;
    for (std::int64_t extent : shape)
        if (__builtin_mul_overflow(count, extent, &count)) return 0;
    return std::min(count, std::int64_t(1) << 48);
}

struct Candidate {
    ModelPart part;
    std::size_t matched = 0, expected = 0;
};

Candidate compare(const ModelTable& table, const Shapes& shapesOfFile, const std::string& filePrefix,
                  const std::string& prefix) {
    Candidate candidate;
    ModelPart& part = candidate.part;
    part.model = table.model;
    part.label = table.label;
    part.filePrefix = filePrefix;
    part.prefix = prefix;
    std::set<std::string> flagsOfFile;
    for (const auto& [flag, begin] : table.flags)
        if (beginsWith(shapesOfFile, begin)) flagsOfFile.insert(flag);
    Shapes shapes;
    std::map<std::string, std::string> inFile;
    for (const auto& [name, shape] : shapesOfFile) {
        const std::string renamed = table.renamed(name, flagsOfFile);
        if (inFile.emplace(renamed, name).second) shapes[renamed] = shape;
        else part.unexpected.push_back(filePrefix + name); // two names for one tensor
    }
    const auto named = [&](const std::string& name) {
        const auto found = inFile.find(name);
        return filePrefix + (found == inFile.end() ? table.inFile(name, flagsOfFile) : found->second);
    };
    std::set<std::string> flags = flagsOfFile;
    for (const auto& [flag, begin] : table.flags)
        if (beginsWith(shapes, begin)) flags.insert(flag);
    if (!table.variantFlag.empty())
        part.variant = flags.contains(table.variantFlag) ? table.variantYes : table.variantNo;
    for (const SizeRule& rule : table.sizes) part.sizes[rule.name] = vote(rule, shapes);

    std::map<std::string, ExpectedTensor> expected;
    for (const ExpectedTensor& tensor : expandTable(table, part.sizes, flags)) expected[tensor.name] = tensor;
    std::vector<std::string> absentConstants;
    for (const auto& [name, tensor] : expected) {
        const auto found = shapes.find(name);
        if (found == shapes.end()) {
            if (tensor.role == TensorRole::Needed) part.missing.push_back(named(name));
            if (tensor.role == TensorRole::Constant) absentConstants.push_back(named(name));
            candidate.expected += tensor.role == TensorRole::Needed;
            continue;
        }
        ++candidate.expected;
        ++candidate.matched;
        if (found->second != tensor.shape)
            part.misshapen.push_back(named(name) + ": file " + shapeText(found->second) + ", model " +
                                     shapeText(tensor.shape));
        if (tensor.role == TensorRole::Unused) part.ignored.push_back(named(name));
        part.names[named(name)] = prefix + name;
        if (tensor.role != TensorRole::Constant && found->second == tensor.shape)
            part.parameters += countOf(tensor.shape);
    }
    for (const auto& [name, shape] : shapes) {
        if (expected.count(name)) continue;
        const bool harmless = std::any_of(table.drops.begin(), table.drops.end(),
                                          [&](const std::string& pattern) { return fitsPattern(name, pattern); });
        (harmless ? part.ignored : part.unexpected).push_back(named(name));
    }
    std::sort(part.ignored.begin(), part.ignored.end());
    // Alone, a constant can be made again. Of a file with holes everything that it lacks is said.
    auto& place = part.missing.empty() ? part.rebuilt : part.missing;
    place.insert(place.end(), absentConstants.begin(), absentConstants.end());
    return candidate;
}

ModelPart bestPart(const Shapes& shapes, const std::string& filePrefix, const std::string& prefix) {
    Candidate best;
    std::set<std::string> roots;
    for (const auto& [name, shape] : shapes) roots.insert(name.substr(0, name.find('.')));
    for (const ModelTable& table : allModelTables()) {
        const bool related = std::any_of(table.roots.begin(), table.roots.end(),
                                         [&](const std::string& root) { return roots.contains(root); });
        if (!related) continue;
        Candidate candidate = compare(table, shapes, filePrefix, prefix);
        if (candidate.matched > best.matched) best = std::move(candidate);
    }
    const bool whole = best.matched == shapes.size() && best.matched == best.expected && best.part.fits();
    const bool enough =
        whole || (best.matched >= 3 && (2 * best.matched >= shapes.size() || 2 * best.matched >= best.expected));
    if (enough) return std::move(best.part);
    ModelPart unknown;
    unknown.filePrefix = filePrefix;
    unknown.prefix = prefix;
    for (const auto& [name, shape] : shapes) {
        unknown.names[filePrefix + name] = prefix + name;
        unknown.unexpected.push_back(filePrefix + name);
    }
    return unknown;
}

// Prefixes of the parts of a file, longest first, and what we write instead.
constexpr std::pair<const char*, const char*> kParts[] = {
    {"face_tokenizer.model.", "face_tokenizer."},
    {"sound_feature_extractor.model.", "sound_feature_extractor."},
    {"face_tokenizer.", "face_tokenizer."},
    {"sound_feature_extractor.", "sound_feature_extractor."},
    {"embed_emotion.", "embed_emotion."}, // BeLFusion's autoencoder inside a matcher
    {"wav2vec2.", ""},
    {"model.", ""},
};
constexpr const char* kWrappers[] = {"module.", "_orig_mod.", "model.", "net."};

const ModelTable& tableOf(const std::string& model) {
    for (const ModelTable& table : allModelTables())
        if (table.model == model) return table;
    throw Error(ErrorKind::Usage, "there is no table of a model named \"" + model + "\"");
}

} // namespace

std::vector<std::string> knownModelNames() {
    std::vector<std::string> names;
    for (const ModelTable& table : allModelTables()) names.push_back(table.model);
    return names;
}

ModelSizes publishedSizes(const std::string& model) {
    ModelSizes sizes;
    for (const SizeRule& rule : tableOf(model).sizes) sizes[rule.name] = rule.published;
    return sizes;
}

std::vector<ExpectedTensor> expectedTensors(const std::string& model, const ModelSizes& sizes,
                                            const std::set<std::string>& flags) {
    ModelSizes all = publishedSizes(model);
    for (const auto& [name, size] : sizes) all[name] = size;
    return expandTable(tableOf(model), all, flags);
}

std::vector<ModelPart> identifyModel(const std::vector<NamedShape>& tensors) {
    std::string wrapper;
    for (bool again = !tensors.empty(); again;) {
        again = false;
        for (const char* word : kWrappers) {
            const std::string longer = wrapper + word;
            if (!std::all_of(tensors.begin(), tensors.end(),
                             [&](const NamedShape& tensor) { return tensor.name.starts_with(longer); }))
                continue;
            wrapper = longer;
            again = true;
        }
    }
    std::map<std::pair<std::string, std::string>, Shapes> groups; // (prefix in the file, prefix of ours)
    for (const NamedShape& tensor : tensors) {
        const std::string name = tensor.name.substr(wrapper.size());
        std::pair<std::string, std::string> group{wrapper, ""};
        for (const auto& [inFile, ours] : kParts) {
            if (!name.starts_with(inFile)) continue;
            group = {wrapper + inFile, ours};
            break;
        }
        groups[group][tensor.name.substr(group.first.size())] = tensor.shape;
    }
    std::vector<ModelPart> parts;
    for (const auto& [prefixes, shapes] : groups) parts.push_back(bestPart(shapes, prefixes.first, prefixes.second));
    // The main part carries no prefix of ours and has the most tensors.
    std::stable_sort(parts.begin(), parts.end(), [](const ModelPart& a, const ModelPart& b) {
        if (a.model.empty() != b.model.empty()) return b.model.empty();
        if (a.prefix.empty() != b.prefix.empty()) return a.prefix.empty();
        return a.names.size() > b.names.size();
    });
    // Strays beside a known model ("lm_head" beside "wav2vec2.") are judged by its list of harmless names.
    if (parts.empty() || parts.front().model.empty()) return parts;
    for (std::size_t i = parts.size(); i-- > 1;) {
        ModelPart& stray = parts[i];
        if (!stray.model.empty()) continue;
        for (const ModelTable& table : allModelTables()) {
            if (table.model != parts.front().model) continue;
            for (const std::string& name : stray.unexpected) {
                const bool harmless = std::any_of(table.drops.begin(), table.drops.end(), [&](const std::string& drop) {
                    return fitsPattern(name.substr(stray.filePrefix.size()), drop);
                });
                (harmless ? parts.front().ignored : parts.front().unexpected).push_back(name);
            }
        }
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return parts;
}

std::string officialName(const std::string& model, const std::string& name) {
    for (const char* own : {"emc.", "ser.", "features."})
        if (name.starts_with(own)) return {};
    // The transformers of MulT number their edition, not the table of their positions.
    static constexpr std::string_view kEdition = ".embed_positions.version";
    if (model.starts_with("regnn") && name.ends_with(kEdition))
        return name.substr(0, name.size() - kEdition.size()) + ".version";
    // The authors load the autoencoder from a file of its own.
    if (model == "belfusion" && name.starts_with("embed_emotion.")) return {};
    if (model.starts_with("faceais")) {
        for (const char* part : {"face_tokenizer.", "sound_feature_extractor."})
            if (name.starts_with(part)) return part + std::string("model.") + name.substr(std::string(part).size());
        return "model." + name;
    }
    return name;
}

} // namespace emc
