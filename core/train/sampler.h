#pragma once
// From pairs to batches: random crops for training with a cursor that can be saved, fixed windows for validation.
#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

#include "core/train/prepare.h"
#include "core/train/random_source.h"
#include "core/train/trainable.h"

namespace emc {

struct CropPlan {
    int pair = 0, begin = 0;
    bool dropFace = false, dropSpeech = false;
    std::vector<int> neighbours = {}; // training pairs
};

class Sampler {
public:
    // `neighbours`: so many appropriate listeners of each crop, at most; see TrainableModel::neighbours().
    Sampler(const PreparedCorpus& corpus, const TrainOptions& options, int neighbours = 0);

    Batch next(); // every pair once an epoch, in a new order each time; crops anywhere in the clip
    long epoch() const { return m_epoch; }
    // Where the sampler stands, as text; the next batch after restore() is the one that would have come after cursor().
    std::string cursor() const;
    void restore(const std::string& cursor); // throws Error(BadInput)

    // Fixed windows, at most `largest`: evenly spread over the validation pairs and, when those are few, over each
    // clip. In batches of the options' size.
    struct Window {
        Batch batch;
        torch::Tensor meanEmotion, meanCoeffs; // (B,T,25), (B,T,58): mean sequence of the training listeners there;
                                               // coefficients mean-subtracted
        int items = 0;
    };
    std::vector<Window> validation(int largest) const;

private:
    Batch assemble(const std::vector<Pair>& pairs, const std::vector<CropPlan>& crops, int length) const;
    int framesOf(const Pair& pair) const;
    std::vector<int> drawNeighbours(const CropPlan& crop, int length);
    void shuffle();

    const PreparedCorpus& m_corpus;
    const TrainOptions& m_options;
    int m_neighbours;
    long m_epoch = 0;
    std::size_t m_position = 0;
    std::vector<int> m_order;
    RandomSource m_random;
};

// weights . (MSE emotion, MSE expression, MSE pose) of (..,25) and (..,58) tensors: the reconstruction terms of every
// model.
double reconstruction(const TrainOptions& options, const torch::Tensor& emotion, const torch::Tensor& coeffs,
                      const torch::Tensor& trueEmotion, const torch::Tensor& trueCoeffs);

} // namespace emc
