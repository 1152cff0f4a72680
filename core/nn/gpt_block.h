#pragma once
// Pre-norm Transformer blocks with the names of nanoGPT (`attn.c_attn`, `mlp.c_fc`, ...), and a block that also looks
// at a second stream. Source: FaceAIS, models.md 3.3.
#include "core/nn/attention.h"

namespace emc {

struct BlockShape {
    int64_t dims = 0, heads = 1;
    double dropout = 0;
    bool bias = true; // of linear layers and norms
};

// Keys and values of earlier positions (B,heads,T,d): what a stream has computed is never computed again.
struct KeyValues {
    torch::Tensor keys, values;
    int64_t length() const { return keys.defined() ? keys.size(2) : 0; }
    // Adds later positions and forgets all but the newest `limit`.
    void append(const torch::Tensor& k, const torch::Tensor& v, int64_t limit);
};

// How one call of an attention is made.
struct AttentionCall {
    torch::Tensor mask; // bool (true = may look) or a bias, broadcast to (B,heads,Tq,Tk); undefined = everything
    KeyValues* memory = nullptr; // earlier positions come first; the new ones are added
    int64_t limit = 1 << 30;     // positions that are looked at with a memory, the new ones included
    int64_t queries = 0;         // only the last ones ask; 0 = all
    AttentionSite site;
};

class GptAttentionImpl : public torch::nn::Module {
public:
    explicit GptAttentionImpl(const BlockShape& shape);
    torch::Tensor forward(const torch::Tensor& x, const AttentionCall& call); // (B,T,d) -> (B,queries,d)

private:
    BlockShape m_shape;
    torch::nn::Linear m_in{nullptr}, m_out{nullptr};
};
TORCH_MODULE(GptAttention);

class GptCrossAttentionImpl : public torch::nn::Module {
public:
    explicit GptCrossAttentionImpl(const BlockShape& shape);
    // Queries x (B,Tq,d); keys and values y (B or 1,Tk,d).
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& y, const AttentionCall& call);

private:
    BlockShape m_shape;
    torch::nn::Linear m_query{nullptr}, m_keyValue{nullptr}, m_out{nullptr};
};
TORCH_MODULE(GptCrossAttention);

class GptMlpImpl : public torch::nn::Module {
public:
    explicit GptMlpImpl(const BlockShape& shape);
    torch::Tensor forward(const torch::Tensor& x);

private:
    double m_dropout;
    torch::nn::Linear m_in{nullptr}, m_out{nullptr};
};
TORCH_MODULE(GptMlp);

// LayerNorm whose bias may be absent.
class GptNormImpl : public torch::nn::Module {
public:
    explicit GptNormImpl(const BlockShape& shape);
    torch::Tensor forward(const torch::Tensor& x) const;

private:
    torch::Tensor m_weight, m_bias;
};
TORCH_MODULE(GptNorm);

class GptBlockImpl : public torch::nn::Module {
public:
    explicit GptBlockImpl(const BlockShape& shape);
    torch::Tensor forward(const torch::Tensor& x, const AttentionCall& call = {}); // part "self"

private:
    GptNorm m_norm1{nullptr}, m_norm2{nullptr};
    GptAttention m_attention{nullptr};
    GptMlp m_mlp{nullptr};
};
TORCH_MODULE(GptBlock);

// x' = attn(LN x); x + x' + gate * cross(q = LN x', kv = LN y); then the MLP.
class CrossModalBlockImpl : public torch::nn::Module {
public:
    explicit CrossModalBlockImpl(const BlockShape& shape);
    // `self.queries` shortens the result; `cross.queries` is not used.
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& y, const AttentionCall& self,
                          const AttentionCall& cross);
    torch::Tensor gate() const { return m_gate; }

private:
    GptNorm m_norm1{nullptr}, m_norm2{nullptr}, m_norm3{nullptr};
    GptAttention m_attention{nullptr};
    GptCrossAttention m_cross{nullptr};
    GptMlp m_mlp{nullptr};
    torch::Tensor m_gate; // `gated_alpha`, a scalar
};
TORCH_MODULE(CrossModalBlock);

// The original's start: N(0, 0.02), projections back into the stream smaller with depth, no biases, gates closed.
void initialiseGpt(torch::nn::Module& module, int64_t layers, std::uint64_t seed);

} // namespace emc
