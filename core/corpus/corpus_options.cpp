#include "core/corpus/make_corpus.h"

namespace emc {

void CorpusOptions::visit(OptionVisitor& v) {
    v.group("Size");
    v.option({"train_scripts", "Training scripts", "Number of different conversations to train on.", "", 0, 5000, {}},
             trainScripts);
    v.option({"val_scripts", "Validation scripts", "Number of different conversations to validate on.", "", 0, 900, {}},
             valScripts);
    v.option({"test_scripts", "Test scripts", "Number of different conversations to test on.", "", 0, 1900, {}},
             testScripts);
    v.option({"performances_train",
              "Performances",
              "How often each training or validation script is played, by other people each time.",
              "",
              1,
              50,
              {}},
             performancesTrain);
    v.option({"performances_test",
              "Test performances",
              "How often each test script is played; its listeners are the appropriate reactions.",
              "",
              1,
              50,
              {}},
             performancesTest);
    v.option({"frames", "Frames", "Length of each clip; REACT has 751.", "frames", 50, 100000, {}}, frames);
    v.group("Picture");
    v.option({"video", "Films", "Render the speakers.", "", 0, 1, {}}, video);
    v.option({"video_size", "Film size", "Width and height of the films; REACT has 256.", "px", 32, 1024, {}},
             videoSize);
    v.option(
        {"mirrored", "Both directions", "Render the listeners too, so that they can serve as speakers.", "", 0, 1, {}},
        mirrored);
    v.group("Making");
    v.option({"out", "Folder", "Where the corpus is written, or continued.", "", 0, 0, {}}, out);
    v.option({"seed", "Seed", "The same seed gives the same corpus.", "", 0, 2147483647, {}}, seed);
    v.option({"workers", "Workers", "Clips made at the same time.", "", 1, 64, {}}, workers);
}

std::vector<OptionFault> CorpusOptions::check() const {
    std::vector<OptionFault> faults;
    const auto range = [&](const char* key, int value, int low, int high) {
        if (value < low || value > high)
            faults.push_back(
                {key, std::to_string(value) + " is not between " + std::to_string(low) + " and " + std::to_string(high),
                 "Choose a value in that range."});
    };
    if (out.empty()) faults.push_back({"out", "no folder is named", "Name the folder to write to."});
    range("train_scripts", trainScripts, 0, 5000);
    range("val_scripts", valScripts, 0, 900);
    range("test_scripts", testScripts, 0, 1900);
    range("performances_train", performancesTrain, 1, 50);
    range("performances_test", performancesTest, 1, 50);
    range("frames", frames, 50, 100000);
    range("video_size", videoSize, 32, 1024);
    range("seed", seed, 0, 2147483647);
    range("workers", workers, 1, 64);
    if (videoSize % 2) faults.push_back({"video_size", "the size is odd", "H.264 needs an even size."});
    if (trainScripts + valScripts + testScripts <= 0)
        faults.push_back({"train_scripts", "there is no script at all", "Ask for at least one."});
    return faults;
}

} // namespace emc
