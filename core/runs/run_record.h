#pragma once
// run.json of a run folder, and the list of runs. The folders are the truth: there is nothing else to keep in step with
// them.
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/api/backend.h"

namespace emc {

struct RunRecord {
    std::string model, state = "running"; // running | done | interrupted | failed
    std::uint64_t seed = 0;
    std::string version, device, corpus, dataHash, started; // `started` is UTC, ISO 8601
    int threads = 0;
    long step = 0, steps = 0, bestStep = 0;
    double bestValidation = 0, meanSequenceValidation = 0, seconds = 0; // bestStep 0 = not validated yet
    bool finishedEarly = false;
    std::string error;                     // of a failed run
    std::map<std::string, double> figures; // "speech_head.val_ccc.valence", "frame_encoder.val_ccc.AU12", ...
    std::map<std::string, std::string> notes;

    std::filesystem::path file(const std::filesystem::path& folder) const { return folder / "run.json"; }
};

// Throws Error(NotFound) without a run.json, Error(BadInput) for one that cannot be understood.
RunRecord readRunRecord(const std::filesystem::path& folder);
// Atomic. Throws Error(Io).
void writeRunRecord(const std::filesystem::path& folder, const RunRecord& record);

// A record that says "running" while nobody holds the folder's lock is reported as "interrupted".
RunInfo runInfo(const std::filesystem::path& folder);
// Every run folder directly in `folder`, and `folder` itself when it is one; those of a group that stands in `folder`
// as "GROUP/RUN"; newest first. Folders with a broken run.json are listed as "failed". An absent folder has no runs.
std::vector<RunInfo> listRuns(const std::filesystem::path& folder);

} // namespace emc
