#include "core/data/golden.h"

#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/data/safetensors.h"

namespace emc {
using nlohmann::json;

namespace {

std::vector<std::int64_t> shapeOf(const json& value) {
    auto shape = value.get<std::vector<std::int64_t>>();
    std::int64_t elements = 1;
    for (std::int64_t extent : shape) {
        if (extent < 0 || (extent > 0 && elements > (std::int64_t(1) << 31) / extent))
            throw Error(ErrorKind::BadInput, "a shape in the golden cases makes no sense");
        elements *= extent;
    }
    return shape;
}

std::map<std::string, GoldenInputSpec> readInputs(const json& group) {
    std::map<std::string, GoldenInputSpec> out;
    for (const auto& [name, value] : group.items())
        out[name] = {value.at("fill_name").get<std::string>(), value.at("transform").get<std::string>(),
                     value.value("transform_args", json::object()).dump(), shapeOf(value.at("shape")),
                     value.at("check").dump()};
    return out;
}

std::optional<double> numberIn(const json& value, const char* key) {
    if (!value.contains(key) || !value[key].is_number()) return std::nullopt;
    return value[key].get<double>();
}

GoldenCase readCase(const std::string& name, const json& value, const std::string& salt,
                    const std::filesystem::path& folder) {
    GoldenCase golden;
    golden.name = name;
    golden.salt = salt;
    golden.model = value.at("model").get<std::string>();
    golden.config = value.value("config", json::object()).dump();
    golden.file = folder / value.at("file").get<std::string>();
    golden.inputs = readInputs(value.value("inputs", json::object()));
    golden.noise = readInputs(value.value("noise", json::object()));
    const json outputs = value.value("outputs", json::object());
    for (const auto& [output, entry] : outputs.items()) {
        GoldenOutputSpec spec;
        spec.shape = shapeOf(entry.at("shape"));
        spec.dtype = entry.at("dtype").get<std::string>();
        spec.noiseFloor = numberIn(entry, "noise_floor");
        spec.noiseP99 = numberIn(entry, "noise_p99");
        spec.maxAbs = numberIn(entry, "max_abs");
        spec.flatStride = entry.value("flat_stride", std::int64_t{1});
        if (spec.flatStride < 1)
            throw Error(ErrorKind::BadInput, "flat_stride is not positive", "case " + name + ", output " + output);
        golden.outputs[output] = std::move(spec);
    }
    return golden;
}

} // namespace

std::vector<GoldenCase> readGoldenCases(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "cases.json";
    try {
        const json root = json::parse(readTextFile(file));
        if (root.at("format").get<int>() != 1)
            throw Error(ErrorKind::Unsupported, "the golden cases have a format that this version does not read",
                        file.string());
        const std::string salt = root.at("salt").get<std::string>();
        std::vector<GoldenCase> cases;
        for (const auto& [name, value] : root.at("cases").items()) cases.push_back(readCase(name, value, salt, folder));
        return cases;
    } catch (const json::exception& error) {
        throw Error(ErrorKind::BadInput, "the golden cases are damaged: " + std::string(error.what()), file.string());
    }
}

double GoldenCase::number(const std::string& dottedKey, double fallback) const {
    json node = json::parse(config);
    for (std::size_t begin = 0;;) {
        const std::size_t dot = dottedKey.find('.', begin);
        const std::string key = dottedKey.substr(begin, dot == std::string::npos ? dot : dot - begin);
        if (!node.is_object() || !node.contains(key)) return fallback;
        json inner = node[key];
        node = std::move(inner);
        if (dot == std::string::npos) break;
        begin = dot + 1;
    }
    return node.is_number() ? node.get<double>() : node.is_boolean() ? (node.get<bool>() ? 1 : 0) : fallback;
}

GoldenExpected GoldenCase::expected(const std::string& output) const {
    const auto spec = outputs.find(output);
    if (spec == outputs.end())
        throw Error(ErrorKind::Internal, "the case has no output \"" + output + "\"", "case " + name);
    const SafetensorsFile stored = SafetensorsFile::open(file);
    GoldenExpected out{stored.readF64("expect." + output)};
    std::int64_t elements = 1;
    for (std::int64_t extent : spec->second.shape) elements *= extent;
    const std::int64_t kept = (elements + spec->second.flatStride - 1) / spec->second.flatStride;
    if (static_cast<std::int64_t>(out.values.size()) != kept)
        throw Error(ErrorKind::BadInput,
                    "the recorded output has " + std::to_string(out.values.size()) + " numbers, not " +
                        std::to_string(kept),
                    file.string() + ", tensor expect." + output);
    return out;
}

} // namespace emc
