#pragma once
// Several trainings as one: models, with and without modality dropout, times seeds. Every member is a usual run folder;
// group.json beside them says what is done (core/runs/group_record.h). A group that was stopped in any way goes on
// where it was: what is finished is not touched, what was under way resumes exactly. Several processes may work on one
// group: each takes the members that nobody else holds.
//   FOLDER/group.json, FOLDER/trans-vae-emc-s1/..., FOLDER/trans-vae+dropout-s2/...
#include <filesystem>
#include <string>
#include <vector>

#include "core/runs/group_record.h"
#include "core/train/train_services.h"

namespace emc {

// All members, seed by seed, so that a group that is half done holds every model. Throws Error(Usage) when models or
// seeds are missing or named twice.
std::vector<GroupMember> groupMembers(const TrainGroup& group);
// What the member's config.toml holds.
TrainOptions memberOptions(const TrainGroup& group, const GroupMember& member);

// Where a group is kept when nobody says: in the user's cache, another folder for other options, models or corpus. More
// seeds join the group that is there.
std::filesystem::path defaultGroupFolder(const TrainGroup& group);

// The group that a folder holds, as it was asked for, so that trainGroup() does what is left of it. Throws
// Error(NotFound) without a group.json, Error(BadInput) when no member has its options.
TrainGroup openGroup(const std::filesystem::path& folder);

struct GroupResult {
    GroupRecord record;
    int trained = 0;   // members that this call finished
    int elsewhere = 0; // members that another process holds
    bool finishedEarly = false;
};
// Trains what is not done; progress counts the steps of the whole group. A member whose numbers break is written down
// and the others go on; an Error that lists all such stands at the end. Throws Error (also for members that are there
// with other options or another corpus), Cancelled.
GroupResult trainGroup(const TrainGroup& group, const TrainServices& services, JobContext& job);

} // namespace emc
