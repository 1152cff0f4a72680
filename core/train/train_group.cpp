#include "core/train/train_group.h"

#include <algorithm>
#include <optional>
#include <set>

#include "core/api/error.h"
#include "core/data/sha256.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_record.h"
#include "core/train/train_options.h"
#include "core/train/trainer.h"

namespace emc {
namespace fs = std::filesystem;
namespace {

// The run is finished with these very options, and what a table needs of it is there.
bool finished(const TrainGroup& group, const GroupMember& member) {
    const fs::path run = group.folder / member.folder, config = run / "config.toml";
    if (!fs::exists(config)) return false;
    requireSameOptions(memberOptions(group, member), config);
    return member.done() && fs::exists(run / "best.safetensors");
}

std::string titleOf(const GroupMember& member, std::size_t place, std::size_t all) {
    return member.model + ", seed " + std::to_string(member.seed) + " (" + std::to_string(place) + " of " +
           std::to_string(all) + ")";
}

// A member's own progress as a part of the group's.
JobContext::Sink memberSink(JobContext& job, const TrainOptions& options, std::string title, double before,
                            double all) {
    return [&job, own = trainingText(options), total = options.steps, title = std::move(title), before,
            all](const JobEvent& event) {
        const auto* progress = std::get_if<ProgressEvent>(&event);
        if (!progress) return job.publish(event);
        job.checkpoint(); // pause and cancel are asked of the group
        // Reading and encoding the corpus have units of their own and are short.
        const bool steps = progress->text == own;
        job.publish(ProgressEvent{
            before + (steps ? progress->done : 0), all,
            title + ": " + progress->text +
                (steps ? ", step " + std::to_string(static_cast<long>(progress->done)) + " of " + std::to_string(total)
                       : "")});
    };
}

class Group {
public:
    Group(const TrainGroup& group, const TrainServices& services, JobContext& job)
        : m_group(group), m_services(services), m_job(job), m_asked(groupMembers(group)) {
        // Everything that can be wrong with any member is told before the first one starts.
        for (const GroupMember& member : m_asked) requireValid(memberOptions(group, member), member.folder);
        if (isGroup(group.folder)) m_result.record = readGroup(group.folder);
        m_result.record.corpus = group.base.corpus;
        for (GroupMember& member : m_asked) {
            refreshMember(member, group.folder);
            GroupMember* known = find(member.folder);
            if (known) *known = member;
            else m_result.record.members.push_back(member);
            if (finished(group, member)) adoptData(member);
        }
        writeGroup(group.folder, m_result.record);
    }

    GroupResult run() {
        double before = 0;
        const double all = static_cast<double>(m_asked.size()) * m_group.base.steps;
        std::string faults;
        for (std::size_t i = 0; i < m_asked.size() && !m_result.finishedEarly; ++i, before += m_group.base.steps) {
            GroupMember member = m_asked[i];
            const fs::path run = m_group.folder / member.folder;
            refreshMember(member, m_group.folder); // another process may have worked on it since
            if (finished(m_group, member)) {
                m_job.progress(before + m_group.base.steps, all, member.folder + " is done");
                note(member);
                continue;
            }
            if (runIsLocked(run)) {
                ++m_result.elsewhere;
                m_job.publish(MessageEvent{member.folder + " is being trained by another process", false});
                continue;
            }
            member.state = "running";
            note(member);
            m_job.publish(TrainEvent{"member",
                                     member.step,
                                     m_group.base.steps,
                                     {{"member", static_cast<double>(i + 1)},
                                      {"members", static_cast<double>(m_asked.size())},
                                      {"seed", static_cast<double>(member.seed)}},
                                     run.string()});
            try {
                train(member, titleOf(member, i + 1, m_asked.size()), before, all);
            } catch (const Cancelled&) {
                refreshMember(member, m_group.folder);
                note(member);
                throw;
            } catch (const Error& fault) {
                refreshMember(member, m_group.folder);
                note(member);
                // What stops a run before its first step, or a disk that is full, would stop the others too.
                if (fault.kind() != ErrorKind::BadInput || member.step == 0) throw;
                faults += (faults.empty() ? "" : "; ") + member.folder + ": " + fault.problem();
                m_job.publish(MessageEvent{member.folder + " failed: " + fault.problem(), true});
            }
        }
        if (!faults.empty())
            throw Error(ErrorKind::BadInput, "not every run of the group came to its end: " + faults,
                        m_group.folder.string(), "The others are done; start the same group again to try these again");
        return m_result;
    }

private:
    GroupMember* find(const std::string& folder) {
        for (GroupMember& member : m_result.record.members)
            if (member.folder == folder) return &member;
        return nullptr;
    }
    void note(const GroupMember& member) {
        *find(member.folder) = member;
        writeGroup(m_group.folder, m_result.record);
    }
    void adoptData(const GroupMember& member) {
        const std::string hash = readRunRecord(m_group.folder / member.folder).dataHash;
        if (m_result.record.dataHash.empty()) m_result.record.dataHash = hash;
        if (hash != m_result.record.dataHash)
            throw Error(ErrorKind::BadInput, "the runs of the group were trained on different corpora",
                        (m_group.folder / member.folder).string(), "Train into a new folder");
    }
    void train(GroupMember& member, const std::string& title, double before, double all) {
        const TrainOptions options = memberOptions(m_group, member);
        JobContext part(memberSink(m_job, options, title, before, all), m_job);
        TrainServices services = m_services;
        services.expectedData = m_result.record.dataHash;
        const TrainResult result = trainWith(options, services, part);
        refreshMember(member, m_group.folder);
        adoptData(member);
        note(member);
        ++m_result.trained;
        m_result.finishedEarly = result.finishedEarly;
    }

    const TrainGroup& m_group;
    const TrainServices& m_services;
    JobContext& m_job;
    std::vector<GroupMember> m_asked;
    GroupResult m_result;
};

} // namespace

std::vector<GroupMember> groupMembers(const TrainGroup& group) {
    if (group.models.empty()) throw Error(ErrorKind::Usage, "the group has no model", "--models");
    if (group.seeds.empty()) throw Error(ErrorKind::Usage, "the group has no seed", "--seeds");
    std::vector<GroupMember> members;
    std::set<std::string> seen;
    for (const int seed : group.seeds)
        for (const std::string& model : group.models) {
            GroupMember member;
            member.model = model;
            member.seed = seed;
            member.folder = model + "-s" + std::to_string(seed);
            if (!seen.insert(member.folder).second)
                throw Error(ErrorKind::Usage, model + " with seed " + std::to_string(seed) + " is named twice");
            members.push_back(std::move(member));
        }
    return members;
}

TrainOptions memberOptions(const TrainGroup& group, const GroupMember& member) {
    TrainOptions options = group.base;
    options.model = modelOfMember(member.model);
    options.seed = member.seed;
    options.run = (group.folder / member.folder).string();
    if (options.model != member.model) options.dropFace = options.dropSpeech = group.dropout;
    return options.resolved();
}

fs::path defaultGroupFolder(const TrainGroup& group) {
    GroupMember any;
    TrainGroup plain = group;
    plain.folder.clear();
    plain.base.corpus = fs::weakly_canonical(group.base.corpus).string();
    std::string identity = writeTrainOptions(memberOptions(plain, any)) + std::to_string(group.dropout);
    for (const std::string& model : group.models) identity += "\n" + model;
    const std::string name = fs::path(plain.base.corpus).filename().string();
    return defaultCacheFolder().parent_path() / "groups" / (name + "-" + sha256Hex(identity).substr(0, 12));
}

TrainGroup openGroup(const fs::path& folder) {
    TrainGroup group;
    group.folder = folder;
    const auto once = [](auto& list, const auto& one) {
        if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(one);
    };
    std::optional<TrainOptions> plain, marked; // of any member without and with the mark
    for (const GroupMember& member : readGroup(folder).members) {
        once(group.models, member.model);
        once(group.seeds, member.seed);
        std::optional<TrainOptions>& options = modelOfMember(member.model) == member.model ? plain : marked;
        const fs::path config = folder / member.folder / "config.toml";
        if (!options && fs::exists(config)) options = readTrainOptions(config);
    }
    if (!plain && !marked)
        throw Error(ErrorKind::BadInput, "no run of the group has its options", folder.string(),
                    "Start the group again with the options it should have");
    group.base = plain ? *plain : *marked;
    if (!plain) group.base.dropFace = group.base.dropSpeech = 0;
    if (marked) group.dropout = marked->dropFace;
    return group;
}

GroupResult trainGroup(const TrainGroup& group, const TrainServices& services, JobContext& job) {
    return Group(group, services, job).run();
}

} // namespace emc
