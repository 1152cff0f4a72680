#pragma once
// StudyService over core/study: what the window and the commands share.
#include <functional>
#include <memory>
#include <vector>

#include "core/api/study_service.h"
#include "core/study/study.h"

namespace emc {

// What differs between machines and programs.
struct StudyMachine {
    StudyServices services;
    std::function<void(std::vector<StudyModel>&)> addWeights; // for models that name none
    std::function<void(int)> setThreads;                      // of the networks
};

// Throws Error, before any work, for models that do not exist or have no weights.
std::unique_ptr<Study> openStudy(const StudyOptions& options, const StudyServices& services,
                                 const std::vector<StudyModel>& models);
std::unique_ptr<StudyService> makeStudyService(StudyMachine machine);

} // namespace emc
