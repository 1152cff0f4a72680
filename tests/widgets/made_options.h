#pragma once
// A described struct with every type of option, for tests and the gallery.
#include "core/api/options.h"

namespace emc::test {

struct MadeOptions {
    std::string corpus = "corpus";
    int crop = 256;
    double dropSpeech = 0;
    bool emotionAttention = true;
    std::string schedule = "cosine";
    double lr = 2e-3;
    int batch = 8;
    std::vector<int> seeds = {7, 8, 9};

    void visit(OptionVisitor& v) {
        v.group("Data");
        v.option({"data.corpus", "Corpus", "Folder of the corpus", "", -1e300, 1e300, {}}, corpus);
        v.option({"data.crop", "Crop", "Length of a training window", "frames", 8, 750, {}}, crop);
        v.option({"data.drop_speech",
                  "Dropout, speech",
                  "Share of clips that lose their speech",
                  "share of clips",
                  0,
                  1,
                  {}},
                 dropSpeech);
        v.group("Model");
        v.option({"model.ea", "Emotion attention", "Switches emotion attention on", "", -1e300, 1e300, {}},
                 emotionAttention);
        v.group("Optimiser");
        v.option(
            {"optim.schedule", "Schedule", "How the learning rate falls", "", -1e300, 1e300, {"cosine", "constant"}},
            schedule);
        v.option({"optim.lr", "Learning rate", "Step size of the optimiser", "", 0, 1, {}}, lr);
        v.option({"optim.batch", "Batch", "Clips in one step", "clips", 1, 512, {}}, batch);
        v.group("Run");
        v.option({"run.seeds", "Seeds", "One run for each", "one group", -1e300, 1e300, {}}, seeds);
    }
};

} // namespace emc::test
