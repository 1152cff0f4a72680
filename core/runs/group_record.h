#pragma once
// group.json of a group of runs: which trainings belong together and which of them are done. The run folders are the
// truth; the file names them, so that a table knows what to expect.
#include <filesystem>
#include <string>
#include <vector>

namespace emc {

struct GroupMember {
    std::string folder, model; // name of its folder in the group's; model with its mark ("trans-vae+dropout")
    int seed = 0;
    std::string state = "waiting"; // waiting | running | done | interrupted | failed
    std::string error;             // of a failed one
    long step = 0;
    double bestValidation = 0, seconds = 0;
    bool done() const { return state == "done"; }
};

struct GroupRecord {
    std::string corpus, dataHash; // hash of what the finished members were trained on; empty before the first
    std::vector<GroupMember> members;
};

inline constexpr const char* kGroupFile = "group.json";
inline constexpr const char* kDropoutMark = "+dropout"; // behind a model's name: trained with modality dropout
// The name in the catalogue, without the mark.
std::string modelOfMember(const std::string& marked);
bool isGroup(const std::filesystem::path& folder);
// State, step and figures of a member, from its run folder.
void refreshMember(GroupMember& member, const std::filesystem::path& group);
// As the run folders are now. Throws Error(NotFound) without a group.json, Error(BadInput) for one that cannot be
// understood or that names folders outside of the group.
GroupRecord readGroup(const std::filesystem::path& folder);
// Atomic. Throws Error(Io).
void writeGroup(const std::filesystem::path& folder, const GroupRecord& record);

} // namespace emc
