#include "core/runs/run_record.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/runs/group_record.h"
#include "core/runs/run_lock.h"

namespace emc {
namespace {

constexpr std::uintmax_t kLargestRecord = 16u << 20; // a run.json is a few kilobytes; more is not ours

// JSON has no NaN; a number that is missing or null reads as NaN-free 0.
double numberOf(const nlohmann::json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number() ? found->get<double>() : 0.0;
}

} // namespace

RunRecord readRunRecord(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "run.json";
    std::error_code absent;
    const std::uintmax_t size = std::filesystem::file_size(path, absent);
    if (absent)
        throw Error(ErrorKind::NotFound, "there is no run here", path.string(),
                    "Name a folder that `emc train` has written.");
    if (size > kLargestRecord)
        throw Error(ErrorKind::BadInput, "the file is too large for a run record", path.string());
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    try {
        const nlohmann::json json = nlohmann::json::parse(text.str());
        RunRecord record;
        record.model = json.at("model").get<std::string>();
        record.state = json.at("state").get<std::string>();
        record.seed = json.value("seed", std::uint64_t{0});
        record.version = json.value("version", "");
        record.device = json.value("device", "");
        record.corpus = json.value("corpus", "");
        record.dataHash = json.value("data_hash", "");
        record.started = json.value("started", "");
        record.threads = json.value("threads", 0);
        record.step = json.value("step", 0L);
        record.steps = json.value("steps", 0L);
        record.bestStep = json.value("best_step", 0L);
        record.bestValidation = numberOf(json, "best_validation");
        record.meanSequenceValidation = numberOf(json, "mean_sequence_validation");
        record.seconds = numberOf(json, "seconds");
        record.finishedEarly = json.value("finished_early", false);
        record.error = json.value("error", "");
        if (json.contains("figures"))
            for (const auto& [key, value] : json.at("figures").items())
                if (value.is_number()) record.figures[key] = value.get<double>();
        if (json.contains("notes")) record.notes = json.at("notes").get<std::map<std::string, std::string>>();
        return record;
    } catch (const nlohmann::json::exception& fault) {
        throw Error(ErrorKind::BadInput, std::string("the run record cannot be understood: ") + fault.what(),
                    path.string());
    }
}

void writeRunRecord(const std::filesystem::path& folder, const RunRecord& record) {
    nlohmann::ordered_json json;
    json["format"] = 1;
    json["model"] = record.model;
    json["state"] = record.state;
    json["seed"] = record.seed;
    json["version"] = record.version;
    json["device"] = record.device;
    json["threads"] = record.threads;
    json["corpus"] = record.corpus;
    json["data_hash"] = record.dataHash;
    json["started"] = record.started;
    json["step"] = record.step;
    json["steps"] = record.steps;
    json["best_step"] = record.bestStep;
    json["best_validation"] = record.bestValidation;
    json["mean_sequence_validation"] = record.meanSequenceValidation;
    json["seconds"] = record.seconds;
    json["finished_early"] = record.finishedEarly;
    if (!record.error.empty()) json["error"] = record.error;
    json["figures"] = record.figures;
    json["notes"] = record.notes;
    writeFileAtomically(record.file(folder),
                        json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

RunInfo runInfo(const std::filesystem::path& folder) {
    const RunRecord record = readRunRecord(folder);
    RunInfo info;
    info.folder = folder;
    info.name = std::filesystem::absolute(folder).lexically_normal().filename().string();
    info.model = record.model;
    info.state = record.state == "running" && !runIsLocked(folder) ? "interrupted" : record.state;
    info.step = record.step;
    info.steps = record.steps;
    info.bestValidation = record.bestValidation;
    return info;
}

namespace {
std::vector<std::filesystem::path> foldersIn(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> found;
    std::error_code fault;
    for (std::filesystem::directory_iterator
             at(folder, std::filesystem::directory_options::skip_permission_denied, fault),
         end;
         !fault && at != end; at.increment(fault)) {
        std::error_code unreadable;
        if (at->is_directory(unreadable)) found.push_back(at->path());
    }
    return found;
}
} // namespace

std::vector<RunInfo> listRuns(const std::filesystem::path& folder) {
    std::vector<std::pair<std::filesystem::file_time_type, RunInfo>> found;
    const auto consider = [&](const std::filesystem::path& candidate, const std::string& group = {}) {
        std::error_code fault;
        const auto time = std::filesystem::last_write_time(candidate / "run.json", fault);
        if (fault) return;
        try {
            found.emplace_back(time, runInfo(candidate));
            found.back().second.name = group + found.back().second.name;
        } catch (const Error&) { // a broken record must not hide the other runs
            RunInfo broken;
            broken.folder = candidate;
            broken.name = group + candidate.filename().string();
            broken.state = "failed";
            found.emplace_back(time, broken);
        }
    };
    consider(folder);
    for (const std::filesystem::path& child : foldersIn(folder)) {
        consider(child);
        if (!isGroup(child)) continue;
        for (const std::filesystem::path& member : foldersIn(child)) consider(member, child.filename().string() + "/");
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second.folder < b.second.folder;
    });
    std::vector<RunInfo> runs;
    for (auto& [time, info] : found) runs.push_back(std::move(info));
    return runs;
}

} // namespace emc
