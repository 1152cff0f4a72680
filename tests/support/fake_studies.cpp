// FakeBackend, second part: studies.
#include <algorithm>

#include "core/study/core_studies.h"
#include "tests/core/study/study_corpus.h"
#include "tests/support/fake_backend.h"
#include "tests/support/shared.h"

namespace emc {

struct FakeBackend::Studies {
    test::TempDir folder;
    std::unique_ptr<StudyService> service;
};

FakeBackend::FakeBackend(FakeOptions options) : m_options(std::move(options)) {}
FakeBackend::~FakeBackend() = default;

FakeBackend::Studies& FakeBackend::made() {
    if (m_studies) return *m_studies;
    test::registerStudyModels();
    static const bool more = test::addStudyModel("mime", "mime", "baseline") &&
                             test::addStudyModel("regnn", "regnn", "original") &&
                             test::addStudyModel("regnn-emc", "regnn", "emc");
    (void)more;
    test::studyDelayMs() = m_options.msPerStudyReaction;
    m_studies = std::make_unique<Studies>();
    test::writeStudyCorpus(m_studies->folder / "corpus");
    const std::pair<const char*, const char*> gains[] = {{"trans-vae", "0.5"},
                                                         {"trans-vae-emc", "0.8"},
                                                         {"trans-vae-emc-no-ea", "0.7"},
                                                         {"regnn", "0.55"},
                                                         {"regnn-emc", "0.85"}};
    for (const auto& [name, gain] : gains) test::writeStudyWeights(m_studies->folder / name, gain);
    // The weights that models() names do not exist: those in the folder stand for them.
    const auto addWeights = [folder = m_studies->folder.path()](std::vector<StudyModel>& models) {
        for (StudyModel& model : models) {
            std::erase_if(model.checkpoints, [](const auto& path) { return *path.begin() == "fake"; });
            if (model.checkpoints.empty() && std::filesystem::exists(folder / model.model))
                model.checkpoints.push_back(folder / model.model);
        }
    };
    m_studies->service = makeStudyService({{}, addWeights, {}});
    return *m_studies;
}

StudyService& FakeBackend::studies() {
    return *made().service;
}
void FakeBackend::useWeights(const std::string& model, const std::filesystem::path& weights) {
    m_weights[model] = weights.string();
}
OpenedCheckpoint FakeBackend::openCheckpoint(const std::filesystem::path& file, const std::filesystem::path&,
                                             JobContext&) {
    for (const ModelInfo& info : models())
        if (info.name == file.stem().string()) return {info.name, file};
    throw Error(ErrorKind::BadInput, "3 tensors of no model that is known here", file.string(), "Look at them");
}
std::filesystem::path FakeBackend::studyCorpus() {
    return made().folder / "corpus";
}
std::filesystem::path FakeBackend::studiesFolder() {
    return made().folder / "studies";
}

} // namespace emc
