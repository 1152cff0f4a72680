// Modules to safetensors and back; what does not fit is reported as a whole.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/api/error.h"
#include "core/data/safetensors.h"
#include "core/nn/checkpoint.h"
#include "core/nn/device.h"
#include "core/nn/frame_encoder.h"
#include "core/nn/initialise.h"
#include "core/nn/speech_emotion_head.h"
#include "tests/support/shared.h"

namespace emc {
namespace {

TEST(Checkpoint, SavedAndLoadedIsEqual) {
    const test::TempDir folder;
    FrameEncoder first, second;
    initialiseParameters(*first, 1);
    initialiseParameters(*second, 2);
    saveModule(*first, folder / "encoder.safetensors", {{"model", "encoder"}});
    EXPECT_EQ(checkpointMetadata(folder / "encoder.safetensors").at("model"), "encoder");
    // Kernels lie 5-dimensional in the file, as in the original.
    EXPECT_EQ(SafetensorsFile::open(folder / "encoder.safetensors").info("Conv3D.conv1.weight").shape,
              (std::vector<std::int64_t>{32, 3, 1, 7, 7}));
    loadModule(*second, folder / "encoder.safetensors");
    const auto other = second->named_parameters(true);
    for (const auto& p : first->named_parameters(true)) EXPECT_TRUE(torch::equal(p.value(), other[p.key()])) << p.key();
}

TEST(Checkpoint, HalfPrecisionPrefixAndDataParallelNames) {
    const test::TempDir folder;
    SpeechEmotionHead first, second;
    initialiseParameters(*first, 1);
    first->setStandardisation(torch::full({78}, .5f), torch::zeros({78}));
    saveModule(*first, folder / "half.safetensors", {}, true, "module.ser.");
    EXPECT_EQ(SafetensorsFile::open(folder / "half.safetensors").info("module.ser.output.weight").dtype, "F16");
    LoadOptions options;
    options.prefix = "ser.";
    loadModule(*second, folder / "half.safetensors", options);
    const auto other = second->named_parameters(true);
    for (const auto& p : first->named_parameters(true))
        EXPECT_LT((p.value() - other[p.key()]).abs().max().item<float>(), 1e-3f);
    // Constant dimensions are not blown up.
    EXPECT_TRUE(torch::isfinite(second->forward(torch::ones({1, 5, 78}))).all().item<bool>());
}

TEST(Checkpoint, EveryFaultIsNamedAndNothingIsChanged) {
    const test::TempDir folder;
    SafetensorsWriter writer;
    const std::vector<float> numbers(6, 1.f);
    writer.addF32("weight", {3, 2}, numbers);
    writer.addF32("strange", {6}, numbers);
    writer.addF32("dll.known", {6}, numbers);
    writer.write(folder / "bad.safetensors");
    torch::nn::Linear linear(5, 3);
    const torch::Tensor before = linear->weight.clone();
    LoadOptions options;
    options.knownUnused = {"dll."};
    try {
        loadModule(*linear, folder / "bad.safetensors", options);
        FAIL() << "was accepted";
    } catch (const Error& e) {
        const std::string text = e.what();
        EXPECT_EQ(e.kind(), ErrorKind::BadInput);
        for (const char* word : {"bias", "strange", "weight", "(3, 2)", "(3, 5)"})
            EXPECT_NE(text.find(word), std::string::npos) << word << " in " << text;
        EXPECT_EQ(text.find("dll.known"), std::string::npos);
    }
    EXPECT_TRUE(torch::equal(before, linear->weight));
    EXPECT_THROW(loadModule(*linear, folder / "absent.safetensors"), Error);
}

TEST(Checkpoint, CopyIntoAndSetTensor) {
    auto root = std::make_shared<torch::nn::Module>();
    SpeechEmotionHead inside, outside;
    root->register_module("ser", inside.ptr());
    initialiseParameters(*outside, 9);
    copyInto(*root, "ser", *outside);
    EXPECT_TRUE(torch::equal(inside->named_parameters(true)["output.weight"],
                             outside->named_parameters(true)["output.weight"]));
    setTensor(*root, "ser.mean", torch::full({78}, 2.f));
    EXPECT_EQ(inside->named_buffers(true)["mean"][3].item<float>(), 2.f);
    EXPECT_THROW(setTensor(*root, "ser.mean", torch::zeros({3})), Error);
    EXPECT_THROW(copyInto(*root, "nowhere", *outside), Error);
}

TEST(Device, CpuIsAlwaysUsableAndNonsenseIsRefused) {
    EXPECT_EQ(usableDevice("cpu"), "cpu");
    EXPECT_THROW(usableDevice("tpu"), Error);
    EXPECT_THROW(usableDevice("cuda:99x"), Error);
    if (cudaAvailable()) {
        EXPECT_EQ(usableDevice("cuda"), "cuda");
        EXPECT_THROW(usableDevice("cuda:77"), Error);
    } else {
        EXPECT_FALSE(cudaDetail().empty());
        try {
            usableDevice("cuda");
            FAIL() << "CUDA cannot be used, yet it was accepted";
        } catch (const Error& e) {
            EXPECT_EQ(e.kind(), ErrorKind::Unsupported);
            EXPECT_NE(std::string(e.what()).find(cudaDetail()), std::string::npos);
        }
    }
}

} // namespace
} // namespace emc
