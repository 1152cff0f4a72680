// The words of the training options (core/train/train_options.cpp) as the translations know them: the core speaks
// English only, and lupdate finds here what the form looks up. A test says which sentence is missing.
#include <QtGlobal>

namespace emc {

[[maybe_unused]] static constexpr const char* kOptionWords[] = {
    QT_TRANSLATE_NOOP("Options", "Data"),
    QT_TRANSLATE_NOOP("Options", "Corpus"),
    QT_TRANSLATE_NOOP("Options", "Folder of a corpus in the REACT layout."),
    QT_TRANSLATE_NOOP("Options", "Crop"),
    QT_TRANSLATE_NOOP("Options",
                      "Length of the pieces that are cut from the clips for training; 0 = what suits the model."),
    QT_TRANSLATE_NOOP("Options", "frames"),
    QT_TRANSLATE_NOOP("Options", "Stride"),
    QT_TRANSLATE_NOOP(
        "Options",
        "Frames that become one step of the network; 1 is the full 25 steps a second, 0 = what suits the model."),
    QT_TRANSLATE_NOOP("Options", "Face size"),
    QT_TRANSLATE_NOOP("Options", "Side of the square face pictures that the frame encoder sees."),
    QT_TRANSLATE_NOOP("Options", "pixels"),
    QT_TRANSLATE_NOOP("Options", "Frame encoder"),
    QT_TRANSLATE_NOOP("Options", "Trained once for the corpus and then kept (frozen), or trained along with the model "
                                 "from the pictures (joint, slow)."),
    QT_TRANSLATE_NOOP("Options", "Drop the face"),
    QT_TRANSLATE_NOOP(
        "Options",
        "Share of the training items that are shown without the face (modality dropout, for comparison with CMA)."),
    QT_TRANSLATE_NOOP("Options", "Drop the voice"),
    QT_TRANSLATE_NOOP(
        "Options",
        "Share of the training items that are shown without the voice (modality dropout, for comparison with CMA)."),
    QT_TRANSLATE_NOOP("Options", "Model"),
    QT_TRANSLATE_NOOP("Options", "Which model is trained."),
    QT_TRANSLATE_NOOP("Options", "Variant"),
    QT_TRANSLATE_NOOP("Options", "fixed learns in short runs; compat follows the published network to the letter."),
    QT_TRANSLATE_NOOP("Options", "Substitute"),
    QT_TRANSLATE_NOOP("Options", "What stands in for a missing modality during training of an EMC model."),
    QT_TRANSLATE_NOOP("Options", "Loss"),
    QT_TRANSLATE_NOOP("Options", "Emotion"),
    QT_TRANSLATE_NOOP("Options", "Weight of the 25 emotion attributes in the reconstruction."),
    QT_TRANSLATE_NOOP("Options", "Expression"),
    QT_TRANSLATE_NOOP("Options", "Weight of the 52 expression coefficients in the reconstruction."),
    QT_TRANSLATE_NOOP("Options", "Pose"),
    QT_TRANSLATE_NOOP("Options", "Weight of the 6 pose coefficients in the reconstruction."),
    QT_TRANSLATE_NOOP("Options", "KL"),
    QT_TRANSLATE_NOOP("Options", "Weight that pulls the reaction's distribution towards the standard normal one; too "
                                 "small and all samples are alike."),
    QT_TRANSLATE_NOOP("Options", "Diversity"),
    QT_TRANSLATE_NOOP("Options", "Weight of the term that pushes two samples of the same clip apart."),
    QT_TRANSLATE_NOOP("Options", "CMA"),
    QT_TRANSLATE_NOOP("Options", "Weight of the loss of compensatory modality alignment."),
    QT_TRANSLATE_NOOP("Options", "Fusion"),
    QT_TRANSLATE_NOOP(
        "Options",
        "Weight of the loss that draws the distributions with and without a modality together; 0 switches it off."),
    QT_TRANSLATE_NOOP("Options", "Withhold emotion"),
    QT_TRANSLATE_NOOP(
        "Options",
        "Share of the training items whose emotion input is withheld, so that the model does not lean on it alone."),
    QT_TRANSLATE_NOOP("Options", "Optimiser"),
    QT_TRANSLATE_NOOP("Options", "Learning rate"),
    QT_TRANSLATE_NOOP("Options", "Step size of AdamW after the warm-up."),
    QT_TRANSLATE_NOOP("Options", "Weight decay"),
    QT_TRANSLATE_NOOP("Options", "Pull of the weights towards zero."),
    QT_TRANSLATE_NOOP("Options", "Gradient clip"),
    QT_TRANSLATE_NOOP("Options", "Largest norm of the gradient; 0 switches clipping off."),
    QT_TRANSLATE_NOOP("Options", "Batch"),
    QT_TRANSLATE_NOOP("Options", "Number of pieces in one step; 0 = what suits the model."),
    QT_TRANSLATE_NOOP("Options", "clips"),
    QT_TRANSLATE_NOOP("Options", "Accumulate"),
    QT_TRANSLATE_NOOP("Options", "Batches whose gradients are averaged into one step: a batch of clips x this many in "
                                 "the memory of one."),
    QT_TRANSLATE_NOOP("Options", "batches"),
    QT_TRANSLATE_NOOP("Options", "Steps"),
    QT_TRANSLATE_NOOP("Options", "Number of training steps."),
    QT_TRANSLATE_NOOP("Options", "steps"),
    QT_TRANSLATE_NOOP("Options", "Warm-up"),
    QT_TRANSLATE_NOOP("Options", "Steps during which the learning rate rises from zero."),
    QT_TRANSLATE_NOOP("Options", "Schedule"),
    QT_TRANSLATE_NOOP("Options", "How the learning rate goes on after the warm-up."),
    QT_TRANSLATE_NOOP("Options", "Run"),
    QT_TRANSLATE_NOOP("Options", "Run folder"),
    QT_TRANSLATE_NOOP("Options",
                      "Folder where the run is written; a run that is already there with the same options goes on."),
    QT_TRANSLATE_NOOP("Options", "Seed"),
    QT_TRANSLATE_NOOP("Options", "Number from which everything random is drawn; the same seed gives the same run."),
    QT_TRANSLATE_NOOP("Options", "Validate every"),
    QT_TRANSLATE_NOOP("Options", "Steps between two validations."),
    QT_TRANSLATE_NOOP("Options", "Patience"),
    QT_TRANSLATE_NOOP("Options", "Validations in a row without a better one after which the run ends by itself; 0 = it "
                                 "goes to its last step."),
    QT_TRANSLATE_NOOP("Options", "validations"),
    QT_TRANSLATE_NOOP("Options", "Checkpoint every"),
    QT_TRANSLATE_NOOP("Options", "Steps between two saved states from which the run can go on."),
    QT_TRANSLATE_NOOP("Options", "Threads"),
    QT_TRANSLATE_NOOP("Options", "Processor threads; results are equal to the last bit only for the same number."),
    QT_TRANSLATE_NOOP("Options", "threads"),
    QT_TRANSLATE_NOOP("Options", "Device"),
    QT_TRANSLATE_NOOP("Options", "Where the numbers are crunched; cuda needs an NVIDIA driver and the CUDA libraries "
                                 "that ./studio setup fetches where it finds one (`emc doctor` tells)."),
};

} // namespace emc
