#pragma once
// Training that all hosts of EMC share (models.md 4.1, 4.4, 4.5, B.1-B.4; emc_effect.md 5, 5a): CMA's own loss, the
// three fused inputs and what each clip learns from, what stands in for a dropped modality. A host says how u becomes
// the parameters of its distribution, and brings its own loss.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "core/models/emc_network.h"
#include "core/train/trainable.h"

namespace emc {

enum EmcVariant : std::int64_t { kBoth = 0, kFaceImagined = 1, kSpeechImagined = 2 };

// What a batch gives to learn from, in rows: one a clip, or `each` windows a clip where the host works in windows.
struct EmcInputs {
    torch::Tensor face, speech;               // u (rows,T,d)
    torch::Tensor faceEmotion, speechEmotion; // (rows,T,25), (rows,T,10); undefined without EA
    int64_t items = 0, each = 1;
    int64_t rows() const { return items * each; }
    int64_t frames() const { return face.size(1); }
};

// The parameters of the host's distribution, each with the rows in front.
using Perceived = std::vector<torch::Tensor>;
struct PerceivedWith {
    Perceived values;
    EmotionSides sides; // what S-EA needs behind the draw
};

// The parts of a loss: `out.parts` gets every one, `extra` the weighted sum (undefined while nothing counts).
struct LossTerms {
    StepLoss& out;
    torch::Tensor extra;
    void add(const std::string& name, const torch::Tensor& term, double weight);
};

class EmcTrainable : public TrainableModel {
public:
    torch::nn::Module& module() final { return *m_network; }
    std::map<std::string, std::string> metadata() const override;

protected:
    // Freezes the frame encoder unless it learns too. Throws Error(Usage) for an unknown substitute.
    EmcTrainable(const TrainOptions& options, std::shared_ptr<EmcNetwork> network);

    virtual Perceived perceived(const torch::Tensor& face, const torch::Tensor& speech, const EmotionSides& sides) = 0;
    // Eq. 14 on the three sets of parameters. Scalar.
    virtual torch::Tensor fusionTerm(const Perceived& both, const Perceived& faceImagined,
                                     const Perceived& speechImagined) = 0;

    void startStep(); // training mode; the frozen speech emotion head stays as it is
    EmcInputs read(const Batch& batch);
    // What EMC learns besides the host's loss goes into `terms`; -> what the host's loss is about.
    PerceivedWith learn(const Batch& batch, const EmcInputs& in, torch::Generator& generator, long step, long steps,
                        LossTerms& terms);
    // The same without a loss, in one variant for all: for validation.
    PerceivedWith seenAs(EmcVariant variant, const EmcInputs& in, torch::Generator& generator);
    // Runs `validate(variant, suffix)` for every variant this model knows: "", "_no_face", "_no_speech".
    template <class Validate>
    void forEachVariant(Validate validate) {
        validate(kBoth, std::string());
        if (!imagines()) return;
        validate(kFaceImagined, std::string("_no_face"));
        validate(kSpeechImagined, std::string("_no_speech"));
    }

    bool compat() const { return m_network->emc().compat; }
    bool imagines() const { return m_network->emc().cma; }
    torch::Device device() const { return m_network->device(); }
    torch::Tensor gaussian(std::vector<int64_t> shape, torch::Generator& generator) const {
        return torch::randn(shape, generator, torch::kFloat32).to(device());
    }
    ReconstructionWeights weights() const {
        return {m_options.weightEmotion, m_options.weightExpression, m_options.weightPose};
    }

    const TrainOptions m_options;

private:
    torch::Tensor latentNoise(bool face, const EmcInputs& in, torch::Generator& generator);
    torch::Tensor substitute(bool face, const EmcInputs& in, torch::Generator& generator);
    std::vector<int64_t> drawVariants(const Batch& batch, int64_t items, torch::Generator& generator);
    void learnToImagine(const EmcInputs& in, torch::Generator& generator, double warmup, LossTerms& terms);

    std::shared_ptr<EmcNetwork> m_network;
};

// The configuration that options ask for; `Config` is the host's. Throws Error(Usage).
template <class Config>
Config configFor(const TrainOptions& options) {
    Config config = Config::of(options.model, options.variant);
    config.stride = std::max(1, options.stride); // 0 = nobody asked
    config.seed = static_cast<std::uint64_t>(options.seed);
    return config;
}

} // namespace emc
