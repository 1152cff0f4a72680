#pragma once
// Inference that all hosts of EMC share: what a call is about, what is missing, what stands in for it, the displayed
// sample first and the others in pieces, the inside of CMA for those who want to look. A host says how u becomes a
// reaction.
#include <memory>
#include <string>
#include <vector>

#include "core/api/reaction_model.h"
#include "core/models/clip_inputs.h"
#include "core/models/emc_network.h"
#include "core/models/precision.h"

namespace emc {

// One call of react(). A host derives its own, with what it computes on the way.
struct EmcScene {
    virtual ~EmcScene() = default;

    ReactOptions options;
    int frames = 0, tokens = 0, stride = 1;
    std::uint64_t seed = 0;
    std::string clip;
    std::vector<bool> faceMissing, speechMissing; // per frame
    // In rows: (1,n,...) of the whole clip, or (W,50,...) where the host cuts it into windows.
    torch::Tensor faceGone, speechGone;       // (rows,T,1) bool; undefined when nothing is missing
    torch::Tensor face, speech;               // u (rows,T,d); undefined when wholly missing
    torch::Tensor faceTokens, speechTokens;   // u before cutting (1,n,d)
    torch::Tensor faceEmotion, speechEmotion; // (rows,T,25), (rows,T,10)
    std::string faceKey, speechKey;           // of what was read
    bool draws = false;                       // CMA draws stand before the host's own

    std::string key() const; // of the clip and what is there of it: what does not depend on a draw is the same

    bool missing(bool ofFace) const { return ofFace ? faceGone.defined() : speechGone.defined(); }
    bool incomplete() const { return missing(true) || missing(false); }
    std::uint64_t streamSeed(int sample, int stream) const; // 0 the host's draw, 1 û^f, 2 û^s
    torch::Tensor noise(const std::vector<int>& samples, int stream, std::int64_t dims, std::int64_t rows) const;
    // Prior draws of CMA: (K,z), or (K,n,z) when drawn per token.
    torch::Tensor latents(const std::vector<int>& samples, bool ofFace, std::int64_t dims) const;

    // How a host that works in windows cuts (B,n,C) into (B·W,50,C), and puts what it made of one clip together.
    virtual bool windowed() const { return false; }
    virtual torch::Tensor cut(const torch::Tensor& x) const { return x; }
    virtual torch::Tensor joined(const torch::Tensor& rows) const { return rows[0]; } // -> (n,C)
    // Prior draws for rows first ... first + count: (K·count,z) or (K·count,T,z).
    virtual torch::Tensor rowLatents(const std::vector<int>& samples, bool ofFace, std::int64_t dims, int first,
                                     int count) const {
        (void)first, (void)count;
        return latents(samples, ofFace, dims);
    }
};

class EmcEngine : public ReactionModel {
public:
    const ModelInfo& info() const final { return m_info; }
    Reactions react(const Clip& clip, const ReactOptions& options, JobContext& job) final;
    void forgetCaches() override;
    void multiplyIn(Precision precision); // see usePrecision()

protected:
    // Keeps the network; `meta` goes into every answer.
    EmcEngine(std::shared_ptr<EmcNetwork> network, ModelInfo info, std::map<std::string, std::string> meta,
              ClipInputs inputs);

    virtual std::unique_ptr<EmcScene> newScene() const { return std::make_unique<EmcScene>(); }
    virtual void begin(EmcScene&, const ClipInfo&) {} // lengths and seed are known, nothing is read yet
    virtual std::unique_ptr<AttentionRecorder> recorderFor(const EmcScene& scene) const;
    // Features of frames -> u of tokens (1,n,d); `missing` may be empty.
    virtual torch::Tensor tokens(bool face, const torch::Tensor& features, int stride,
                                 const std::vector<bool>& missing) = 0;
    virtual void readMore(EmcScene&, const Clip&, ClipInputs&, JobContext&) {} // after the two modalities
    virtual void prepare(EmcScene&, AttentionRecorder*) {}                     // what does not depend on a draw
    // Draws `samples` and writes each into its slot of the answer, whose arrays have their size.
    virtual void sample(EmcScene& scene, const std::vector<int>& samples, const std::vector<int>& slots,
                        AttentionRecorder* recorder, Reactions& out, JobContext& job) = 0;
    virtual void describe(const EmcScene&, Reactions&) const {} // the host's own entries of `meta`
    virtual void remember(EmcScene&) {}                         // when all is done
    // Why the host's answer in bfloat16 would not be the same up to rounding; empty where it is.
    virtual std::string whyNotRounded() const { return {}; }

    // u of one modality in rows first ... first + count with stand-ins for what is missing: (count,T,d), or
    // (K·count,T,d) when draws of CMA are in it.
    torch::Tensor whole(const EmcScene& scene, const std::vector<int>& samples, bool face, int first, int count,
                        AttentionRecorder* recorder);
    EmotionSides sidesOf(const EmcScene& scene, AttentionRecorder* recorder);
    // (K,n,C) of tokens -> frames of the slots of `to`.
    static void store(const EmcScene& scene, const torch::Tensor& tokens, const std::vector<int>& slots,
                      std::vector<float>& to);
    torch::Device device() const { return m_network->device(); }

private:
    void read(EmcScene& scene, const Clip& clip, JobContext& job);
    Reactions started(const EmcScene& scene, const ClipInfo& info) const;
    void addTrace(const EmcScene& scene, const Clip& clip, bool face, Reactions& out, JobContext& job);

    std::shared_ptr<EmcNetwork> m_network;
    ModelInfo m_info;
    std::map<std::string, std::string> m_meta;
    ClipInputs m_inputs;
    Precision m_precision = Precision::Float32;
};

} // namespace emc
