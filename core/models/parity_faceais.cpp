// Golden cases of FaceAIS: the same weights and inputs as the reference, our code.
#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/models/faceais_compat_loop.h"
#include "core/nn/golden_tensors.h"

namespace emc {

namespace {
using nlohmann::json;

torch::Tensor tokensOf(const GoldenArray& array) {
    return goldenTensor(array).to(torch::kLong);
}

TokenizerSizes tokenizerSizes(const json& config) {
    TokenizerSizes sizes;
    sizes.width = config.value("n_embd", sizes.width);
    sizes.heads = config.value("n_head", sizes.heads);
    sizes.layers = config.value("n_layer", sizes.layers);
    sizes.block = config.value("block_size", sizes.block);
    sizes.levels = config.value("quantize_levels", config.value("levels", sizes.levels));
    return sizes;
}

PredictorSizes predictorSizes(const json& config) {
    PredictorSizes sizes;
    sizes.width = config.value("n_embd", sizes.width);
    sizes.heads = config.value("n_head", sizes.heads);
    sizes.layers = config.value("n_layer", sizes.layers);
    sizes.vocabulary = config.value("vocab_size", sizes.vocabulary - kFirstToken) + kFirstToken;
    sizes.soundVocabulary = config.value("vocab_sound_size", sizes.soundVocabulary - kFirstToken) + kFirstToken;
    sizes.context = config.value("block_size", sizes.context);
    sizes.patch = config.value("patch_size", sizes.patch);
    sizes.soundFactor = config.value("sound_factor", sizes.soundFactor);
    if (config.value("is_twisted", false) || !config.value("use_wav2vec2_feature", true))
        throw Error(ErrorKind::Unsupported, "only the released form of the network is known (not twisted, wav2vec2)");
    return sizes;
}

FaceTokenizer filledTokenizer(const GoldenCase& golden, const json& config) {
    FaceTokenizer net(tokenizerSizes(config), 0);
    fillGolden(*net, golden);
    return net;
}

FaceAisPredictor filledPredictor(const GoldenCase& golden, const json& config) {
    FaceAisConfig ours = FaceAisConfig::of("faceais", "compat", 1, true);
    ours.predictor = predictorSizes(config);
    ours.dropout = 0;
    FaceAisPredictor net(ours);
    fillGolden(*net, golden);
    return net;
}

ParityOutputs fsqCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    torch::NoGradGuard off;
    const json config = json::parse(golden.config);
    json sizes = config;
    const torch::Tensor hidden = goldenTensor(inputs.at("hidden")), latent = goldenTensor(inputs.at("latent"));
    sizes["n_embd"] = hidden.size(-1);
    sizes["n_layer"] = 1;
    sizes["n_head"] = 1;
    FaceTokenizer net = filledTokenizer(golden, sizes);
    Fsq& fsq = net->quantizer();
    const torch::Tensor bounded = fsq->bounded(latent), codes = fsq->codes(bounded), all = fsq->allCodes();
    ParityOutputs outputs;
    putGolden(outputs, "bounded", bounded);
    putGolden(outputs, "codes", codes);
    putGolden(outputs, "indices", fsq->indices(codes));
    putGolden(outputs, "all_codes", all);
    putGolden(outputs, "all_decoded", fsq->decoded(all));
    putGolden(outputs, "roundtrip", fsq->indices(all));
    const torch::Tensor own = fsq->codes(fsq->bounded(fsq->latent(hidden)));
    putGolden(outputs, "hidden_out", fsq->decoded(own));
    putGolden(outputs, "hidden_indices", fsq->indices(own));
    const auto wrapped = config.value("wrapped_ids", std::vector<int64_t>{});
    putGolden(outputs, "wrapped_codes", fsq->codesOf(torch::tensor(wrapped, torch::kLong)));
    return outputs;
}

ParityOutputs tokenizerCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    torch::NoGradGuard off;
    FaceTokenizer net = filledTokenizer(golden, json::parse(golden.config));
    const torch::Tensor coeffs = goldenTensor(inputs.at("3dmm")), emotion = goldenTensor(inputs.at("emotion"));
    const torch::Tensor first = net->encode(coeffs.narrow(1, 0, net->sizes().block));
    const torch::Tensor codes = net->codes(coeffs);
    const ReactionTensors faces = net->decode(net->meaning(codes));
    ParityOutputs outputs;
    putGolden(outputs, "encoder_out_block0", first);
    putGolden(outputs, "bounded_block0", net->quantizer()->bounded(net->quantizer()->latent(first)));
    putGolden(outputs, "indices", net->quantizer()->indices(codes));
    putGolden(outputs, "3dmm", faces.coeffs);
    putGolden(outputs, "emotion", faces.emotion);
    putGolden(outputs, "loss_3dmm", regionalLoss(faces.coeffs, coeffs));
    putGolden(outputs, "loss_emotion", torch::l1_loss(faces.emotion, emotion));
    return outputs;
}

ParityOutputs logitsCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    torch::NoGradGuard off;
    FaceAisPredictor net = filledPredictor(golden, json::parse(golden.config));
    const int64_t patch = net->config().patch();
    const torch::Tensor targets = tokensOf(inputs.at("targets")), listener = tokensOf(inputs.at("listener_tokens"));
    CompatSpeaker in;
    in.sound = goldenTensor(inputs.at("sound"));
    in.tokens = tokensOf(inputs.at("speaker_tokens"));
    CompatPredictor mixed(*net, true), alone(*net, false);
    ParityOutputs outputs;
    const CompatStream unmasked = mixed.speaker(in);
    putGolden(outputs, "logits_unmasked", mixed.logits(listener, {}, unmasked, patch));
    in.soundMask = CompatPredictor::soundMask(in.sound);
    in.faceMask = in.tokens.ne(kPadToken);
    const torch::Tensor there = listener.ne(kPadToken);
    const CompatStream speaker = mixed.speaker(in);
    const torch::Tensor all = mixed.logits(listener, there, speaker, 0),
                        last = all.narrow(1, all.size(1) - patch, patch);
    putGolden(outputs, "logits_masked", last);
    putGolden(outputs, "argmax_masked", last.argmax(-1));
    if (golden.outputs.count("logits_masked_single"))
        putGolden(outputs, "logits_masked_single", alone.logits(listener, there, alone.speaker(in), patch));
    if (golden.outputs.count("logits_listener_all_padded")) {
        const torch::Tensor nobody = torch::zeros_like(listener);
        putGolden(outputs, "logits_listener_all_padded", mixed.logits(nobody, nobody.ne(kPadToken), speaker, patch));
    }
    const auto loss = [&](const torch::Tensor& logits, const torch::Tensor& real) {
        return torch::nn::functional::cross_entropy(logits.flatten(0, 1), real.flatten());
    };
    putGolden(outputs, "loss_all_positions", loss(all, targets));
    putGolden(outputs, "cross_entropy_last32", loss(last, targets.narrow(1, targets.size(1) - patch, patch)));
    return outputs;
}

ParityOutputs clipCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    torch::NoGradGuard off;
    const json config = json::parse(golden.config);
    FaceTokenizer tokenizer = filledTokenizer(golden, config.at("tokenizer"));
    FaceAisPredictor net = filledPredictor(golden, config.at("predictor"));
    if (config.value("top_k", 0) != 1)
        throw Error(ErrorKind::Unsupported, "only the greedy draw can be compared", golden.name);
    CompatClip clip;
    clip.tokens = tokenizer->tokenize(goldenTensor(inputs.at("speaker_3dmm"))) + kFirstToken;
    clip.sound = goldenTensor(inputs.at("sound"));
    ParityOutputs outputs;
    putGolden(outputs, "speaker_tokens", clip.tokens);
    const torch::Tensor tokens = compatTokens(*net, clip, 1, [&](int64_t step, const torch::Tensor& logits) {
        const std::string name = "logits_step" + std::to_string(step);
        if (golden.outputs.count(name)) putGolden(outputs, name, logits);
        return logits.argmax(-1);
    });
    putGolden(outputs, "tokens", tokens);
    const ReactionTensors faces =
        tokenizer->decode(tokenizer->meaning(tokenizer->quantizer()->codesOf(tokens - kFirstToken)));
    putGolden(outputs, "3dmm", faces.coeffs);
    putGolden(outputs, "emotion", faces.emotion);
    return outputs;
}

ParityOutputs samplingCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    const torch::Tensor logits = goldenTensor(inputs.at("logits")) / golden.number("temperature", 1);
    ParityOutputs outputs;
    for (const bool overBatch : {true, false}) {
        const torch::Tensor kept = topKLogits(logits, static_cast<int64_t>(golden.number("top_k", 0)), overBatch);
        const std::string name = overBatch ? "batch" : "single";
        putGolden(outputs, name + ".probabilities", torch::softmax(kept, -1));
        putGolden(outputs, name + ".kept", kept.isfinite().sum(-1));
    }
    putGolden(outputs, "argmax", logits.argmax(-1));
    return outputs;
}

const bool g_registered = addParityCase("faceais_fsq", fsqCase) && addParityCase("faceais_tokenizer", tokenizerCase) &&
                          addParityCase("faceais_predictor", logitsCase) &&
                          addParityCase("faceais_inference", clipCase) &&
                          addParityCase("faceais_sampling", samplingCase);
} // namespace

} // namespace emc
