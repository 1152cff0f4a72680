#include "app/commands/study_arguments.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <sstream>

#include "core/api/error.h"
#include "core/backend/studio_studies.h"
#include "core/data/atomic_file.h"
#include "core/runs/group_record.h"

namespace emc::cli {
namespace {

namespace fs = std::filesystem;

// A group of runs, one for each training seed, stands for all of them.
std::vector<fs::path> runsIn(const fs::path& named) {
    if (!fs::is_directory(named) || fs::exists(named / kBestWeights) || fs::exists(named / kMeanStatistics))
        return {named};
    std::vector<fs::path> runs;
    for (const fs::directory_entry& entry : fs::directory_iterator(named))
        if (entry.is_directory() && fs::exists(entry.path() / kBestWeights)) runs.push_back(entry.path());
    std::sort(runs.begin(), runs.end());
    return runs.empty() ? std::vector<fs::path>{named} : runs;
}

StudyModel parseModel(const std::string& text, bool catalogueLabels) {
    StudyModel model;
    const auto colon = text.find(':'), equals = text.substr(0, colon).find('=');
    const std::string head = text.substr(0, colon);
    model.model = equals == std::string::npos ? head : head.substr(equals + 1);
    if (model.model == kGroundTruth) model.label = "Ground truth";
    else model.label = ModelCatalogue::shared().find(model.model).info.label; // throws with the known names
    if (!catalogueLabels) model.label = model.model;
    if (equals != std::string::npos) model.label = head.substr(0, equals);
    if (colon == std::string::npos) return model;
    std::stringstream runs(text.substr(colon + 1));
    for (std::string run; std::getline(runs, run, ',');)
        for (const fs::path& one : runsIn(run)) model.checkpoints.push_back(one);
    return model;
}

struct MarkedModel {
    std::string name; // with its mark
    std::vector<GroupMember> members;
    bool done() const {
        return std::all_of(members.begin(), members.end(), [](const GroupMember& one) { return one.done(); });
    }
};

// In the group's order, models with a mark last: the paper's rows belong to the plain ones.
std::vector<MarkedModel> markedModels(const fs::path& group) {
    std::vector<MarkedModel> models;
    for (const GroupMember& member : readGroup(group).members) {
        const auto same = [&](const MarkedModel& model) { return model.name == member.model; };
        auto known = std::find_if(models.begin(), models.end(), same);
        if (known == models.end()) known = models.insert(models.end(), {member.model, {}});
        known->members.push_back(member);
    }
    std::stable_partition(models.begin(), models.end(),
                          [](const MarkedModel& model) { return modelOfMember(model.name) == model.name; });
    return models;
}

std::vector<StudyModel> modelsOfGroup(const fs::path& group, bool catalogueLabels) {
    std::vector<StudyModel> all;
    for (const MarkedModel& marked : markedModels(group)) {
        StudyModel model;
        model.model = modelOfMember(marked.name);
        model.label = catalogueLabels ? ModelCatalogue::shared().find(model.model).info.label : model.model;
        if (model.model != marked.name) model.label += " with modality dropout";
        for (const GroupMember& member : marked.members)
            if (member.done()) model.checkpoints.push_back(group / member.folder);
        if (!model.checkpoints.empty()) all.push_back(std::move(model));
    }
    if (all.empty())
        throw Error(ErrorKind::NotFound, "no run of the group is finished", group.string(),
                    "Start the same `emc train --group` again: it goes on where it was");
    return all;
}

} // namespace

void StudyArguments::declare(CLI::App& app) {
    app.add_option("corpus", corpus, "Corpus in REACT layout")->required();
    app.add_option("--model", models,
                   "[LABEL=]MODEL[:RUN,RUN,...]: a model and its trained runs, one per training seed (or a folder of "
                   "such runs); may be repeated");
    app.add_option("--group", group, "Group of runs that `emc train --group` made: its finished runs take part");
    app.add_option("--folder", folder,
                   "Folder that keeps predictions and scores, so that a stopped study goes on [GROUP/study]");
    app.add_option("--partition", partition, "Part of the corpus")->capture_default_str();
    app.add_option("--samples", samples, "Reactions per clip")->check(CLI::Range(1, 100))->capture_default_str();
    app.add_option("--seed", seed, "Seed of the draws")->capture_default_str();
    app.add_option("--sampling-seeds", samplingSeeds, "Repeat the draws with this many seeds")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    app.add_option("--frames", frames, "First frames of each clip; 0 = all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    app.add_option("--clips", clips, "Number of speakers, evenly spread; 0 = all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    app.add_flag("--half", half, "Store predictions in half precision");
    app.add_flag("--coeffs", coeffs, "Store the face coefficients too, for drawing");
    app.add_option("--device", device, "cpu or cuda")->capture_default_str();
    app.add_option("--threads", threads)->check(CLI::Range(0, 1024))->capture_default_str();
}

std::unique_ptr<Study> StudyArguments::open() const {
    if (models.empty() && group.empty())
        throw Error(ErrorKind::Usage, "no model was named", "--model", "Name models, or a --group of runs");
    StudyOptions options;
    options.corpus = corpus;
    options.folder = studyFolder();
    options.partition = partition;
    options.samples = samples;
    options.seed = seed;
    options.samplingSeeds = samplingSeeds;
    options.frames = frames;
    options.clips = clips;
    options.half = half;
    options.coeffs = coeffs;
    options.device = device;
    options.threads = threads;
    return openStudioStudy(options, studyModels(true));
}

std::vector<StudyModel> StudyArguments::studyModels(bool catalogueLabels) const {
    std::vector<StudyModel> all;
    if (!group.empty()) all = modelsOfGroup(group, catalogueLabels);
    for (const std::string& text : models) all.push_back(parseModel(text, catalogueLabels));
    addDefaultWeights(all);
    return all;
}

std::vector<std::string> StudyArguments::groupNotes() const {
    std::vector<std::string> notes;
    if (group.empty()) return notes;
    for (const MarkedModel& marked : markedModels(group)) {
        const auto done = std::count_if(marked.members.begin(), marked.members.end(),
                                        [](const GroupMember& member) { return member.done(); });
        if (!marked.done())
            notes.push_back("Of " + marked.name + " " + std::to_string(done) + " of " +
                            std::to_string(marked.members.size()) +
                            " training seeds are finished; the others are left out.");
    }
    return notes;
}

fs::path StudyArguments::studyFolder() const {
    if (!folder.empty()) return folder;
    if (group.empty())
        throw Error(ErrorKind::Usage, "there is no place for the predictions", "--folder",
                    "Name a folder; with --group it is the group's own");
    return fs::path(group) / "study";
}

Fill parseFill(const std::string& text) {
    return text == "zeros" ? Fill::Zeros : text == "mean" ? Fill::Mean : Fill::Cma;
}

void writeStudyFile(const std::string& path, const std::string& text, std::vector<std::string>& wrote) {
    writeFileAtomically(path, std::string_view(text));
    wrote.push_back(path);
}

} // namespace emc::cli
