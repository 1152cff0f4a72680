#include "tests/core/train/small_model.h"

#include "core/api/reaction_model.h"
#include "core/nn/frame_encoder.h"
#include "core/nn/speech_emotion_head.h"
#include "core/train/train_options.h"
#include "core/train/trainable.h"

namespace emc::test {

SmallModelSwitches& smallModel() {
    static SmallModelSwitches switches;
    return switches;
}

namespace {

struct SmallNet : torch::nn::Module {
    SmallNet() {
        encoder = register_module("video_encoder", FrameEncoder());
        ser = register_module("ser", SpeechEmotionHead());
        hidden = register_module("hidden", torch::nn::Linear(kFeatureDims + kMfccDims + 10, 32));
        out = register_module("out", torch::nn::Linear(32, kEmotionDims + kCoeffDims));
        coeffMean = register_buffer("coeff_mean", torch::zeros({kCoeffDims}));
    }
    torch::Tensor forward(const Batch& batch) {
        const torch::Tensor u = batch.faceFeatures.defined() ? batch.faceFeatures : encoder->forward(batch.frames);
        const torch::Tensor x =
            torch::cat({u.masked_fill(batch.faceDropped.view({-1, 1, 1}), 0),
                        batch.mfcc.masked_fill(batch.speechDropped.view({-1, 1, 1}), 0) * 0.1, batch.speechEmotion},
                       -1);
        return out(torch::dropout(torch::relu(hidden(x)), smallModel().dropout, is_training()));
    }
    FrameEncoder encoder{nullptr};
    SpeechEmotionHead ser{nullptr};
    torch::nn::Linear hidden{nullptr}, out{nullptr};
    torch::Tensor coeffMean;
};

class SmallTrainable : public TrainableModel {
public:
    explicit SmallTrainable(const std::string& config)
        : m_options(trainOptionsFromToml(config)), m_net(std::make_shared<SmallNet>()) {}
    torch::nn::Module& module() override { return *m_net; }
    long firstWholeStep(long) const override { return smallModel().wholeFrom; }
    StepLoss loss(const Batch& batch, torch::Generator generator, long step, long) override {
        ++smallModel().lossCalls;
        const torch::Tensor y =
            m_net->forward(batch) + 0.01 * torch::randn({batch.mfcc.size(0), 1, 1}, generator, torch::kFloat32);
        StepLoss loss;
        loss.total = rec(y, batch);
        if (step == smallModel().brokenStep) loss.total = loss.total * std::numeric_limits<double>::quiet_NaN();
        loss.parts["rec"] = loss.total.item<double>();
        return loss;
    }
    std::map<std::string, double> validate(const Batch& batch, torch::Generator) override {
        const double told = smallModel().validation;
        return {{"rec", told >= 0 ? told : rec(m_net->forward(batch), batch).item<double>()}};
    }
    std::map<std::string, std::string> metadata() const override { return {{"model", "test-small"}}; }

private:
    torch::Tensor rec(const torch::Tensor& y, const Batch& batch) const {
        const torch::Tensor emotion = y.narrow(-1, 0, kEmotionDims), coeffs = y.narrow(-1, kEmotionDims, kCoeffDims);
        return m_options.weightEmotion * torch::mse_loss(emotion, batch.listenerEmotion) +
               m_options.weightExpression *
                   torch::mse_loss(coeffs.narrow(-1, 0, kShapeDims), batch.listenerCoeffs.narrow(-1, 0, kShapeDims)) +
               m_options.weightPose *
                   torch::mse_loss(coeffs.narrow(-1, kShapeDims, 6), batch.listenerCoeffs.narrow(-1, kShapeDims, 6));
    }
    TrainOptions m_options;
    std::shared_ptr<SmallNet> m_net;
};

const bool kKnown = [] {
    ModelEntry entry;
    entry.info.name = "test-small";
    entry.info.label = "Small";
    entry.info.host = "test-small";
    entry.info.condition = "original";
    entry.makeTrainable = [](const std::string& config) { return std::make_shared<SmallTrainable>(config); };
    ModelEntry fixed; // nothing to train
    fixed.info.name = "test-fixed";
    fixed.info.condition = "baseline";
    ModelCatalogue::shared().add(fixed);
    return ModelCatalogue::shared().add(entry);
}();

} // namespace
} // namespace emc::test
