// emc bench speech: how well a speech emotion head reads MFCC, VGGish or wav2vec2.
#include "app/commands/bench.h"
#include "core/backend/studio_backend.h"
#include "core/models/official_features.h"
#include "core/models/speech_head_bench.h"

namespace emc::cli {

Bench speechBench(CLI::App& parent) {
    auto bench = std::make_shared<SpeechHeadBench>();
    CLI::App* sub = parent.add_subcommand(
        "speech", "Concordance of a speech emotion head with the speakers' faces, by its sound features");
    sub->add_option("corpus", bench->corpus, "Corpus with a train and a val part")->required();
    sub->add_option("--input", bench->input, "Sound features")
        ->check(CLI::IsMember({"mfcc", "vggish", "wav2vec2"}))
        ->capture_default_str();
    sub->add_option("--clips", bench->clips, "Training speakers; 0 = all")->check(CLI::Range(0, 100000));
    sub->add_option("--weights", bench->weights, "Folder of converted weights");
    sub->add_option("--untrained", bench->untrainedSeed,
                    "Seed of networks without weights, where the official ones are absent: a lower bound");
    return {sub, "speech", [=](Session& session) {
                if (bench->weights.empty()) bench->weights = officialWeightFolder();
                TrainServices services;
                services.frames = studioFrameOpener();
                services.sounds = studioSoundLoader();
                const SpeechHeadFigures found = benchSpeechHead(*bench, services, session.job());
                session.result["figures"] = {{"train_speakers", found.train},
                                             {"val_speakers", found.val},
                                             {"inputs", found.inputs},
                                             {"feature_s", found.featureSeconds},
                                             {"fit_s", found.fitSeconds}};
                for (const auto& [name, value] : found.figures) session.result["figures"][name] = value;
                session.result["input"] = bench->input;
                session.result["untrained"] = bench->input != "mfcc" && bench->untrainedSeed != 0;
            }};
}

} // namespace emc::cli
