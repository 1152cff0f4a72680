// The frame encoder: chunks equal the whole, statistics belong to the clip; the speech emotion head learns.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/api/error.h"
#include "core/nn/checkpoint.h"
#include "core/nn/frame_encoder.h"
#include "core/nn/initialise.h"
#include "core/nn/speech_emotion_head.h"

namespace emc {
namespace {

torch::Tensor noise(std::vector<int64_t> shape, uint64_t seed) {
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    return torch::randn(shape, generator);
}

TEST(FrameEncoder, ChunksOfAnySizeEqualTheWhole) {
    FrameEncoder encoder;
    initialiseParameters(*encoder, 1);
    const torch::Tensor frames = noise({2, 9, 3, 32, 32}, 1).tanh();
    torch::Tensor whole;
    {
        torch::NoGradGuard off;
        whole = encoder->forward(frames);
    }
    EXPECT_EQ(whole.sizes(), (std::vector<int64_t>{2, 9, 128}));
    JobContext job;
    for (const int chunk : {2, 32})
        for (int b = 0; b < 2; ++b)
            EXPECT_LT((encoder->encode(frames[b], job, chunk) - whole[b]).abs().max().item<float>(), 2e-5f) << chunk;
}

TEST(FrameEncoder, AFrameDependsOnItsClipAndTheClipsOfABatchDoNot) {
    FrameEncoder encoder;
    initialiseParameters(*encoder, 1);
    torch::NoGradGuard off;
    const torch::Tensor frames = noise({2, 4, 3, 32, 32}, 1).tanh();
    const torch::Tensor both = encoder->forward(frames), alone = encoder->forward(frames.narrow(0, 1, 1)),
                        part = encoder->forward(frames.narrow(1, 0, 2));
    EXPECT_LT((both[1] - alone[0]).abs().max().item<float>(), 1e-5f);
    EXPECT_GT((both[0].narrow(0, 0, 2) - part[0]).abs().max().item<float>(), 1e-4f);
    // Order does not matter, neither to the statistics.
    const torch::Tensor turned = encoder->forward(frames.flip(1)).flip(1);
    EXPECT_LT((both - turned).abs().max().item<float>(), 1e-5f);
}

TEST(FrameEncoder, CancelsWithinAChunkAndSizesAreChecked) {
    FrameEncoder encoder;
    JobContext job;
    job.requestCancel();
    EXPECT_THROW(encoder->encode(torch::zeros({4, 3, 32, 32}), job), Cancelled);
    JobContext other;
    EXPECT_THROW(encoder->encode(torch::zeros({0, 3, 32, 32}), other), Error);
    EXPECT_EQ(parameterCount(*encoder), 4704 + 200704 + 3 * 147456 + 16512);
}

TEST(FrameEncoder, CentreCropKeepsTheOriginalsShare) {
    EXPECT_EQ(readSizeFor(224), 256);
    EXPECT_EQ(readSizeFor(64), 73);
    std::vector<std::uint8_t> rgb(6 * 6 * 3), planes;
    for (std::size_t i = 0; i < rgb.size(); ++i) rgb[i] = static_cast<std::uint8_t>(i);
    appendCentreCrop(rgb, 6, 4, planes);
    ASSERT_EQ(planes.size(), 48u);
    EXPECT_EQ(planes[0], (1 * 6 + 1) * 3);      // red of the second pixel of the second row
    EXPECT_EQ(planes[16], (1 * 6 + 1) * 3 + 1); // green plane
    EXPECT_EQ(planes[15], (4 * 6 + 4) * 3);
    EXPECT_THROW(appendCentreCrop(rgb, 5, 4, planes), Error);
    const torch::Tensor x = normalisedFrames(torch::tensor({0, 255}, torch::kUInt8));
    EXPECT_FLOAT_EQ(x[0].item<float>(), -1.f);
    EXPECT_FLOAT_EQ(x[1].item<float>(), 1.f);
}

TEST(SpeechEmotionHead, OutputsAreEmotionsAndTheLossFalls) {
    SpeechEmotionHead head;
    initialiseParameters(*head, 4);
    const torch::Tensor mfcc = noise({1, 24, 78}, 1) * 10 + 3;
    head->setStandardisation(mfcc.mean(torch::IntArrayRef{0, 1}), mfcc.std(torch::IntArrayRef{0, 1}));
    torch::Tensor emotion = torch::zeros({1, 24, 25});
    emotion.select(2, 15).copy_(torch::tanh(mfcc.select(2, 0) / 10));
    emotion.narrow(2, 17, 8).copy_(torch::softmax(mfcc.narrow(2, 1, 8) / 10, -1));
    torch::optim::Adam optimizer(head->parameters(), 2e-3);
    float first = 0, last = 0;
    for (int step = 0; step < 10; ++step) {
        const torch::Tensor loss = head->loss(mfcc, emotion);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        (step == 0 ? first : last) = loss.item<float>();
    }
    EXPECT_LT(last, first - .05f);
    torch::NoGradGuard off;
    const torch::Tensor y = head->forward(mfcc);
    EXPECT_EQ(y.sizes(), (std::vector<int64_t>{1, 24, 10}));
    EXPECT_LT((y.narrow(2, 2, 8).sum(-1) - 1).abs().max().item<float>(), 1e-5f);
    EXPECT_EQ(parameterCount(*head), 445578);
    SpeechEmotionHead vggish(128);
    EXPECT_EQ(vggish->forward(torch::zeros({2, 5, 128})).sizes(), (std::vector<int64_t>{2, 5, 10}));
    EXPECT_EQ(parameterCount(*vggish), 445578 + (128 - 78) * 128 * 5);
}

} // namespace
} // namespace emc
