#include "core/models/faceais_trainable.h"

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/models/emc_training.h"
#include "core/models/faceais_losses.h"

namespace emc {

namespace {
constexpr double kTokenizerShare = .35; // of the steps
constexpr double kEmotionPhase = .8;    // compat: of the first stage; then only the emotion decoder learns
constexpr double kTokenWeight = .1;     // of the cross-entropy beside the reconstruction
constexpr double kSilentListener = .5;  // items whose past reaction is hidden: at test it is the model's own
constexpr double kCorrupted = .2;       // of the tokens that S-EA is trained on

class FaceAisTrainable : public EmcTrainable {
public:
    FaceAisTrainable(const TrainOptions& options, FaceAisNet network)
        : EmcTrainable(options, network.ptr()), m_net(std::move(network)) {}

    StepLoss loss(const Batch& batch, torch::Generator generator, long step, long steps) override;
    std::map<std::string, double> validate(const Batch& batch, torch::Generator generator) override;
    // Before it, the tokenizer learns.
    long firstWholeStep(long steps) const override {
        return std::max(1L, static_cast<long>(kTokenizerShare * static_cast<double>(steps)));
    }
    std::map<std::string, std::string> metadata() const override {
        auto meta = EmcTrainable::metadata();
        for (const auto& [key, value] : m_net->config().metadata()) meta[key] = value;
        return meta;
    }

protected:
    // -> the speaker's stream in rows and, while there are listeners, their logits in rows.
    Perceived perceived(const torch::Tensor& face, const torch::Tensor& speech, const EmotionSides& sides) override;
    torch::Tensor fusionTerm(const Perceived& both, const Perceived& faceImagined,
                             const Perceived& speechImagined) override {
        return tokenFusionLoss(both.at(1), faceImagined.at(1), speechImagined.at(1), true);
    }

private:
    struct Faces { // whole patches of a batch
        torch::Tensor speaker, coeffs, emotion;
        int64_t length = 0;
    };
    Faces facesOf(const Batch& batch) const;
    void learnStage(bool tokenizer, bool emotionOnly);
    StepLoss tokenizerLoss(const Batch& batch, bool emotionOnly);
    StepLoss originalLoss(const Batch& batch, torch::Generator& generator);
    EmcInputs rowsOf(const Batch& batch, const Faces& faces);
    torch::Tensor listening(const torch::Tensor& ids, torch::Generator& generator) const;
    torch::Tensor gumbel(int64_t items, torch::Generator& generator) const;
    double weighted(const ReactionTensors& faces, const Faces& real) const {
        return reconstruction(faces, real).item<double>();
    }
    torch::Tensor reconstruction(const ReactionTensors& faces, const Faces& real) const {
        return reconstructionLoss(faces, real.coeffs, real.emotion, weights());
    }
    int64_t patch() const { return m_net->config().patch(); }

    mutable FaceAisNet m_net;
    torch::Tensor m_listening; // (B,T) tokens that the listeners of this step have shown; undefined: nobody listens
    int64_t m_each = 1;        // patches of an item in this step
};

FaceAisTrainable::Faces FaceAisTrainable::facesOf(const Batch& batch) const {
    Faces faces;
    faces.length = batch.listenerCoeffs.size(1) / patch() * patch();
    if (faces.length == 0)
        throw Error(ErrorKind::BadInput,
                    "the pieces of " + std::to_string(batch.listenerCoeffs.size(1)) + " steps hold no patch of " +
                        std::to_string(patch()),
                    {}, "Take a longer data.crop_frames");
    const auto cut = [&](const torch::Tensor& x) { return x.narrow(1, 0, faces.length); };
    faces.speaker = cut(batch.speakerCoeffs);
    faces.coeffs = cut(batch.listenerCoeffs);
    faces.emotion = cut(batch.listenerEmotion);
    return faces;
}

// What learns in this stage; everything else gets no gradient and stays as it is.
void FaceAisTrainable::learnStage(bool tokenizer, bool emotionOnly) {
    for (const auto& item : m_net->tokenizer()->named_parameters(true)) {
        const bool ofEmotion =
            item.key().starts_with("decoder_to_emotion.") || item.key().starts_with("lm_head_emotion.");
        item.value().set_requires_grad(tokenizer && (!emotionOnly || ofEmotion));
    }
}

StepLoss FaceAisTrainable::tokenizerLoss(const Batch& batch, bool emotionOnly) {
    const Faces listeners = facesOf(batch);
    Faces real = listeners;
    if (!compat()) { // both are people
        const torch::Tensor felt = batch.speakerEmotion.narrow(1, 0, listeners.length);
        real.coeffs = torch::cat({listeners.coeffs, listeners.speaker});
        real.emotion = torch::cat({listeners.emotion, felt});
    }
    FaceTokenizer& tokenizer = m_net->tokenizer();
    const ReactionTensors faces = tokenizer->decode(tokenizer->meaning(tokenizer->codes(real.coeffs)));
    StepLoss out;
    if (compat()) {
        const torch::Tensor emotion = torch::l1_loss(faces.emotion, real.emotion);
        out.total = emotionOnly ? emotion : regionalLoss(faces.coeffs, real.coeffs) + emotion;
    } else {
        out.total = reconstruction(faces, real);
    }
    out.parts["tokenizer"] = out.total.item<double>();
    return out;
}

// Past reactions as the listener stream reads them: one patch later, MASK first. Some listeners have shown nothing, the
// others have gaps: a model that only copies them would have nothing to say at test.
torch::Tensor FaceAisTrainable::listening(const torch::Tensor& ids, torch::Generator& generator) const {
    const int64_t items = ids.size(0);
    const torch::Tensor first = torch::full({items, patch()}, kMaskToken, ids.options());
    const torch::Tensor past = torch::cat({first, ids.narrow(1, 0, ids.size(1) - patch()) + kFirstToken}, 1);
    const torch::Tensor silent = torch::rand({items, 1}, generator, torch::kFloat32) < kSilentListener,
                        share = torch::rand({items, 1}, generator, torch::kFloat32),
                        lost = torch::rand({items, ids.size(1)}, generator, torch::kFloat32) < share;
    return past.masked_fill((silent | lost).to(ids.device()), kMaskToken);
}

EmcInputs FaceAisTrainable::rowsOf(const Batch& batch, const Faces& faces) {
    EmcInputs in;
    in.items = faces.speaker.size(0);
    in.each = faces.length / patch();
    const auto rows = [&](const torch::Tensor& x) {
        return x.narrow(1, 0, faces.length).reshape({-1, patch(), x.size(-1)});
    };
    torch::Tensor face = m_net->faceStream(m_net->faceTokens(faces.speaker)),
                  speech = m_net->soundStream(m_net->soundFeatures(batch.mfcc.narrow(1, 0, faces.length)));
    if (!imagines()) { // the plain host: zeros stand in
        const auto drop = [](torch::Tensor& u, const torch::Tensor& dropped) {
            if (dropped.defined()) u = u.masked_fill(dropped.to(torch::kBool).view({-1, 1, 1}), 0);
        };
        drop(face, batch.faceDropped);
        drop(speech, batch.speechDropped);
    }
    in.face = rows(face);
    in.speech = rows(speech);
    if (!m_net->config().ea) return in;
    torch::Tensor heard = batch.speechEmotion;
    if (!heard.defined()) {
        torch::NoGradGuard off;
        heard = m_net->speechEmotion()->forward(batch.mfcc);
    }
    in.faceEmotion = rows(batch.speakerEmotion);
    in.speechEmotion = rows(heard);
    return in;
}

Perceived FaceAisTrainable::perceived(const torch::Tensor& face, const torch::Tensor& speech,
                                      const EmotionSides& sides) {
    const auto rows = [&](const torch::Tensor& x) { return x.reshape({-1, patch(), x.size(-1)}); };
    const int64_t each = m_each, items = face.size(0) / each;
    const torch::Tensor stream = m_net->speakerStream(face, speech, sides, items);
    if (!m_listening.defined()) return {rows(stream)};
    const torch::Tensor heard = m_listening.repeat({items / m_listening.size(0), 1});
    return {rows(stream), rows(m_net->logits(heard, stream))};
}

StepLoss FaceAisTrainable::originalLoss(const Batch& batch, torch::Generator& generator) {
    const Faces faces = facesOf(batch);
    FaceAisPredictor& net = m_net->predictor();
    const int64_t most = std::min(net->config().predictor.context, faces.length - patch());
    if (most <= 0)
        throw Error(ErrorKind::BadInput, "the pieces hold no second patch to predict", {},
                    "Take a longer data.crop_frames");
    torch::Tensor speaker, listener;
    {
        torch::NoGradGuard off;
        speaker = m_net->faceTokens(faces.speaker);
        listener = m_net->faceTokens(faces.coeffs);
    }
    CompatSpeaker in;
    in.tokens = speaker.narrow(1, 0, most);
    in.sound = m_net->soundFeatures(batch.mfcc.narrow(1, 0, most));
    torch::Tensor there;
    if (torch::rand({1}, generator, torch::kFloat32).item<float>() < .5f) { // only a random end of the past is seen
        const torch::Tensor kept = torch::randint(0, most, {speaker.size(0), 1}, generator, torch::kLong);
        const torch::Tensor from = torch::where(kept == 0, torch::zeros_like(kept), most - kept);
        there = (torch::arange(most, torch::kLong).unsqueeze(0) >= from).to(speaker.device());
        in.faceMask = there;
        in.soundMask = there.repeat_interleave(net->config().predictor.soundFactor, 1);
    } else {
        in.soundMask = CompatPredictor::soundMask(in.sound);
    }
    CompatPredictor original(*net, true);
    const torch::Tensor logits = original.logits(listener.narrow(1, 0, most), there, original.speaker(in), 0);
    StepLoss out;
    out.total = tokenLoss(torch::log_softmax(logits, -1), listener.narrow(1, patch(), most));
    out.parts["token"] = out.total.item<double>();
    return out;
}

StepLoss FaceAisTrainable::loss(const Batch& batch, torch::Generator generator, long step, long steps) {
    startStep();
    const long first = firstWholeStep(steps);
    const bool tokenizer = step < first,
               emotionOnly = compat() && static_cast<double>(step) >= kEmotionPhase * static_cast<double>(first);
    learnStage(tokenizer, emotionOnly);
    StepLoss out;
    if (tokenizer || compat()) {
        if (!tokenizer) m_net->tokenizer()->eval();
        out = tokenizer ? tokenizerLoss(batch, emotionOnly) : originalLoss(batch, generator);
        out.parts["loss"] = out.total.item<double>();
        return out;
    }
    m_net->tokenizer()->eval();
    const Faces faces = facesOf(batch);
    torch::Tensor ids;
    {
        torch::NoGradGuard off;
        ids = m_net->tokenizer()->tokenize(faces.coeffs);
    }
    const EmcInputs in = rowsOf(batch, faces);
    m_each = in.each;
    m_listening = listening(ids, generator);
    LossTerms terms{out, {}};
    const PerceivedWith seen = learn(batch, in, generator, step - first, steps - first, terms);
    const torch::Tensor logits = seen.values.at(1).reshape({in.items, faces.length, -1}),
                        logOdds = torch::log_softmax(logits, -1), token = tokenLoss(logOdds, ids);
    m_listening.reset();
    Fsq& fsq = m_net->tokenizer()->quantizer();
    const torch::Tensor expected = torch::matmul(logOdds.exp(), fsq->allCodes());
    const torch::Tensor rec = reconstruction(m_net->faces(expected, seen.sides.sample), faces);
    out.total = kTokenWeight * token + rec;
    out.parts["token"] = token.item<double>();
    out.parts["rec"] = rec.item<double>();
    if (m_net->config().ea) { // on real codes with some draws among them, as it meets them at test
        const torch::Tensor mixed = corruptedTokens(ids, logits, kCorrupted, generator);
        const torch::Tensor refined = reconstruction(m_net->faces(fsq->codesOf(mixed), seen.sides.sample), faces);
        out.total = out.total + refined;
        out.parts["refined"] = refined.item<double>();
    }
    if (terms.extra.defined()) out.total = out.total + terms.extra;
    out.parts["loss"] = out.total.item<double>();
    return out;
}

torch::Tensor FaceAisTrainable::gumbel(int64_t items, torch::Generator& generator) const {
    const int64_t codes = m_net->config().tokenizer.codes();
    return gumbelOf(torch::rand({items, 1, codes}, generator, torch::kFloat32)).to(device());
}

std::map<std::string, double> FaceAisTrainable::validate(const Batch& batch, torch::Generator generator) {
    torch::NoGradGuard off;
    m_net->eval();
    const Faces faces = facesOf(batch);
    FaceTokenizer& tokenizer = m_net->tokenizer();
    std::map<std::string, double> values;
    values["rec_tokenizer"] = weighted(tokenizer->decode(tokenizer->meaning(tokenizer->codes(faces.coeffs))), faces);
    const int64_t items = faces.speaker.size(0);
    if (compat()) {
        std::vector<torch::Tensor> drawn;
        for (int64_t i = 0; i < items; ++i) { // one after the other, as at test
            CompatClip clip;
            clip.tokens = m_net->faceTokens(faces.speaker.narrow(0, i, 1));
            clip.sound = m_net->soundFeatures(batch.mfcc.narrow(0, i, 1).narrow(1, 0, faces.length));
            drawn.push_back(compatTokens(*m_net->predictor(), clip, 1,
                                         [](int64_t, const torch::Tensor& logits) { return logits.argmax(-1); }));
        }
        const torch::Tensor codes = tokenizer->quantizer()->codesOf(torch::cat(drawn) - kFirstToken);
        values["rec"] = weighted(m_net->faces(codes, {}), faces);
        return values;
    }
    const EmcInputs in = rowsOf(batch, faces);
    m_each = in.each;
    Fsq& fsq = tokenizer->quantizer();
    forEachVariant([&](EmcVariant variant, const std::string& suffix) {
        const PerceivedWith seen = seenAs(variant, in, generator);
        const torch::Tensor noise = gumbel(items, generator);
        std::vector<torch::Tensor> expected;
        const torch::Tensor tokens =
            listenerTokens(*m_net, seen.values.at(0).reshape({items, faces.length, -1}), items,
                           [&](int64_t, const torch::Tensor& logits) {
                               expected.push_back(torch::matmul(torch::softmax(logits, -1), fsq->allCodes()));
                               return (logits + noise).argmax(-1) + kFirstToken;
                           });
        // `rec` is about the expected reaction, as for hosts whose draws stay close to it; a draw is told beside.
        values["rec" + suffix] = weighted(m_net->faces(torch::cat(expected, 1), seen.sides.sample), faces);
        values["rec_drawn" + suffix] =
            weighted(m_net->faces(fsq->codesOf(tokens - kFirstToken), seen.sides.sample), faces);
    });
    return values;
}
} // namespace

std::shared_ptr<TrainableModel> makeFaceAisTrainable(const TrainOptions& options, FaceAisNet network) {
    return std::make_shared<FaceAisTrainable>(options, std::move(network));
}

std::shared_ptr<TrainableModel> makeFaceAisTrainable(const TrainOptions& options) {
    FaceAisConfig config = FaceAisConfig::of(options.model, options.variant, options.stride, options.device != "cpu");
    config.seed = static_cast<std::uint64_t>(options.seed);
    if (config.compat) config.predictor.sound = kMfccDims; // what a prepared corpus has
    return makeFaceAisTrainable(options, FaceAisNet(config));
}

} // namespace emc
