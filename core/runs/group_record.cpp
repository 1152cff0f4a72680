#include "core/runs/group_record.h"

#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_record.h"

namespace emc {
namespace fs = std::filesystem;

std::string modelOfMember(const std::string& marked) {
    const std::string_view mark = kDropoutMark;
    return marked.ends_with(mark) ? marked.substr(0, marked.size() - mark.size()) : marked;
}

bool isGroup(const fs::path& folder) {
    std::error_code fault;
    return fs::is_regular_file(folder / kGroupFile, fault);
}

void refreshMember(GroupMember& member, const fs::path& group) {
    const fs::path run = group / member.folder;
    if (!fs::exists(RunRecord().file(run))) {
        member.state = "waiting";
        return;
    }
    try {
        const RunRecord record = readRunRecord(run);
        member.state = record.state == "running" && !runIsLocked(run) ? "interrupted" : record.state;
        member.error = record.error;
        member.step = record.step;
        member.bestValidation = record.bestValidation;
        member.seconds = record.seconds;
    } catch (const Error& fault) { // one broken record must not hide the other runs
        member.state = "failed";
        member.error = fault.what();
    }
}

GroupRecord readGroup(const fs::path& folder) {
    const fs::path path = folder / kGroupFile;
    if (!isGroup(folder))
        throw Error(ErrorKind::NotFound, "there is no group of runs here", path.string(),
                    "Make one with `emc train CORPUS --group`");
    GroupRecord record;
    try {
        const nlohmann::json json = nlohmann::json::parse(readTextFile(path));
        record.corpus = json.value("corpus", "");
        record.dataHash = json.value("data_hash", "");
        for (const auto& one : json.at("members")) {
            GroupMember member;
            member.folder = one.at("folder").get<std::string>();
            member.model = one.at("model").get<std::string>();
            member.seed = one.at("seed").get<int>();
            if (member.folder.empty() || member.folder == ".." || fs::path(member.folder).filename() != member.folder)
                throw Error(ErrorKind::BadInput, "the group names a folder outside of itself: " + member.folder,
                            path.string());
            refreshMember(member, folder);
            record.members.push_back(std::move(member));
        }
    } catch (const nlohmann::json::exception& fault) {
        throw Error(ErrorKind::BadInput, std::string("the group cannot be understood: ") + fault.what(), path.string());
    }
    return record;
}

void writeGroup(const fs::path& folder, const GroupRecord& record) {
    nlohmann::ordered_json json{{"format", 1}, {"corpus", record.corpus}, {"data_hash", record.dataHash}};
    json["members"] = nlohmann::ordered_json::array();
    for (const GroupMember& member : record.members) {
        nlohmann::ordered_json one{{"folder", member.folder},  {"model", member.model},
                                   {"seed", member.seed},      {"state", member.state},
                                   {"step", member.step},      {"best_validation", member.bestValidation},
                                   {"seconds", member.seconds}};
        if (!member.error.empty()) one["error"] = member.error;
        json["members"].push_back(std::move(one));
    }
    writeFileAtomically(folder / kGroupFile,
                        json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

} // namespace emc
