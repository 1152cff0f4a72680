#include "core/train/sampler.h"

#include <algorithm>
#include <sstream>

#include "core/api/error.h"
#include "core/nn/tokens.h"

namespace emc {
namespace {

constexpr std::uint64_t kOrderStream = 0x6f72646572ull; // keeps the order of the pairs and the crops apart

} // namespace

Sampler::Sampler(const PreparedCorpus& corpus, const TrainOptions& options, int neighbours)
    : m_corpus(corpus), m_options(options), m_neighbours(neighbours),
      m_random(static_cast<std::uint64_t>(options.seed) * 0x9e3779b97f4a7c15ull + 1) {
    shuffle();
}

void Sampler::shuffle() {
    // The order follows from seed and epoch alone, so the cursor need not hold it.
    RandomSource order((static_cast<std::uint64_t>(m_options.seed) << 24) ^ kOrderStream ^
                       static_cast<std::uint64_t>(m_epoch) * 0xd1342543de82ef95ull);
    m_order = order.permutation(static_cast<int>(m_corpus.train.size()));
}

std::string Sampler::cursor() const {
    return std::to_string(m_epoch) + " " + std::to_string(m_position) + " " + std::to_string(m_random.state());
}

void Sampler::restore(const std::string& cursor) {
    std::istringstream in(cursor);
    std::uint64_t state = 0;
    if (!(in >> m_epoch >> m_position >> state))
        throw Error(ErrorKind::BadInput, "the data cursor \"" + cursor + "\" cannot be understood");
    m_random = RandomSource(state);
    shuffle();
}

int Sampler::framesOf(const Pair& pair) const {
    const auto speaker = m_corpus.store->get(*pair.speaker), listener = m_corpus.store->get(*pair.listener);
    return std::min(speaker->frames, static_cast<int>(listener->emotion.size(0)));
}

Batch Sampler::next() {
    std::vector<CropPlan> crops;
    for (int i = 0; i < m_options.batch; ++i) {
        if (m_position >= m_order.size()) {
            m_position = 0;
            ++m_epoch;
            shuffle();
        }
        crops.push_back({m_order[m_position++]});
    }
    int length = m_options.cropFrames;
    std::vector<int> frames;
    for (const CropPlan& crop : crops) {
        frames.push_back(framesOf(m_corpus.train[static_cast<std::size_t>(crop.pair)]));
        length = std::min(length, frames.back()); // clips shorter than the crop shorten the whole batch
    }
    for (std::size_t i = 0; i < crops.size(); ++i) {
        crops[i].begin = m_random.below(frames[i] - length + 1);
        const double u = m_random.uniform();
        crops[i].dropFace = u < m_options.dropFace;
        crops[i].dropSpeech = !crops[i].dropFace && u < m_options.dropFace + m_options.dropSpeech;
        if (m_neighbours > 0) crops[i].neighbours = drawNeighbours(crops[i], length);
    }
    return assemble(m_corpus.train, crops, length);
}

std::vector<int> Sampler::drawNeighbours(const CropPlan& crop, int length) {
    std::vector<int> left = m_corpus.trainNeighbours[static_cast<std::size_t>(crop.pair)], drawn;
    while (!left.empty() && static_cast<int>(drawn.size()) < m_neighbours) {
        const int at = left.size() > 1 ? m_random.below(static_cast<int>(left.size())) : 0,
                  j = left[static_cast<std::size_t>(at)];
        left.erase(left.begin() + at);
        const auto listener = m_corpus.store->get(*m_corpus.train[static_cast<std::size_t>(j)].listener);
        if (listener->emotion.size(0) >= crop.begin + length) drawn.push_back(j); // else it has ended by then
    }
    return drawn.empty() ? std::vector<int>{crop.pair} : drawn;
}

Batch Sampler::assemble(const std::vector<Pair>& pairs, const std::vector<CropPlan>& crops, int length) const {
    const int stride = m_options.stride, count = (length + stride - 1) / stride;
    const bool joint = m_corpus.encoder.is_empty();
    std::vector<torch::Tensor> face, mfcc, emotion, coeffs, speech, listenerEmotion, listenerCoeffs, nearEmotion,
        nearCoeffs;
    std::vector<int64_t> counts;
    torch::Tensor faceDropped = torch::zeros({static_cast<int64_t>(crops.size())}, torch::kBool),
                  speechDropped = faceDropped.clone();
    for (std::size_t i = 0; i < crops.size(); ++i) {
        const CropPlan& crop = crops[i];
        const Pair& pair = pairs[static_cast<std::size_t>(crop.pair)];
        const auto speaker = m_corpus.store->get(*pair.speaker), listener = m_corpus.store->get(*pair.listener);
        const auto cut = [&](const torch::Tensor& track) {
            return pooledTokens(track.slice(0, crop.begin, crop.begin + length).unsqueeze(0), stride).squeeze(0);
        };
        if (joint)
            face.push_back(m_corpus.store->pictures(*pair.speaker, m_options.videoSize, crop.begin, count, stride));
        else face.push_back(cut(speaker->face));
        mfcc.push_back(cut(speaker->mfcc));
        emotion.push_back(cut(speaker->emotion));
        coeffs.push_back(cut(speaker->coeffs) - m_corpus.coeffMean);
        speech.push_back(cut(speaker->speechEmotion));
        listenerEmotion.push_back(cut(listener->emotion));
        listenerCoeffs.push_back(cut(listener->coeffs) - m_corpus.coeffMean);
        for (const int j : crop.neighbours) {
            const auto near = m_corpus.store->get(*m_corpus.train[static_cast<std::size_t>(j)].listener);
            nearEmotion.push_back(cut(near->emotion));
            nearCoeffs.push_back(cut(near->coeffs) - m_corpus.coeffMean);
        }
        if (!crop.neighbours.empty()) counts.push_back(static_cast<int64_t>(crop.neighbours.size()));
        faceDropped[static_cast<int64_t>(i)] = crop.dropFace;
        speechDropped[static_cast<int64_t>(i)] = crop.dropSpeech;
    }
    Batch batch;
    if (joint) batch.frames = torch::stack(face).to(torch::kFloat32).div_(127.5f).sub_(1.f);
    else batch.faceFeatures = torch::stack(face);
    batch.mfcc = torch::stack(mfcc);
    batch.speakerEmotion = torch::stack(emotion);
    batch.speakerCoeffs = torch::stack(coeffs);
    batch.speechEmotion = torch::stack(speech);
    batch.listenerEmotion = torch::stack(listenerEmotion);
    batch.listenerCoeffs = torch::stack(listenerCoeffs);
    if (!nearEmotion.empty()) {
        batch.neighbourEmotion = torch::stack(nearEmotion);
        batch.neighbourCoeffs = torch::stack(nearCoeffs);
        batch.neighbourCounts = counts;
    }
    batch.faceDropped = faceDropped;
    batch.speechDropped = speechDropped;
    return batch;
}

std::vector<Sampler::Window> Sampler::validation(int largest) const {
    const int pairs = static_cast<int>(m_corpus.val.size()), used = std::min(pairs, std::max(1, largest));
    std::vector<CropPlan> crops;
    int length = m_options.cropFrames;
    const auto pairAt = [&](int i) { return static_cast<int>(static_cast<long>(i) * pairs / used); };
    for (int i = 0; i < used; ++i)
        length = std::min(length, framesOf(m_corpus.val[static_cast<std::size_t>(pairAt(i))]));
    // A part of few clips gives several windows of each: a best checkpoint chosen on a dozen windows is chosen by luck.
    for (int i = 0; i < used; ++i) {
        const int frames = framesOf(m_corpus.val[static_cast<std::size_t>(pairAt(i))]);
        const int each = std::clamp(std::max(1, largest) / used, 1, std::max(1, frames / length));
        for (int w = 0; w < each; ++w)
            crops.push_back({pairAt(i), static_cast<int>((2L * w + 1) * (frames - length) / (2 * each))});
    }
    std::vector<Window> all;
    for (std::size_t from = 0; from < crops.size(); from += static_cast<std::size_t>(m_options.batch)) {
        const std::vector<CropPlan> some(
            crops.begin() + static_cast<long>(from),
            crops.begin() +
                static_cast<long>(std::min(crops.size(), from + static_cast<std::size_t>(m_options.batch))));
        Window window;
        window.batch = assemble(m_corpus.val, some, length);
        window.items = static_cast<int>(some.size());
        std::vector<torch::Tensor> emotion, coeffs;
        const int64_t known = m_corpus.meanEmotion.size(0);
        for (const CropPlan& crop : some) {
            // A validation clip longer than every training clip keeps the last known mean.
            const torch::Tensor at = torch::arange(crop.begin, crop.begin + length).clamp_max(known - 1);
            const auto mean = [&](const torch::Tensor& track) {
                return pooledTokens(track.index_select(0, at).unsqueeze(0), m_options.stride).squeeze(0);
            };
            emotion.push_back(mean(m_corpus.meanEmotion));
            coeffs.push_back(mean(m_corpus.meanCoeffs) - m_corpus.coeffMean);
        }
        window.meanEmotion = torch::stack(emotion);
        window.meanCoeffs = torch::stack(coeffs);
        all.push_back(std::move(window));
    }
    return all;
}

double reconstruction(const TrainOptions& options, const torch::Tensor& emotion, const torch::Tensor& coeffs,
                      const torch::Tensor& trueEmotion, const torch::Tensor& trueCoeffs) {
    const torch::Tensor difference = (coeffs - trueCoeffs).square();
    return options.weightEmotion * (emotion - trueEmotion).square().mean().item<double>() +
           options.weightExpression * difference.narrow(-1, 0, kShapeDims).mean().item<double>() +
           options.weightPose * difference.narrow(-1, kShapeDims, kCoeffDims - kShapeDims).mean().item<double>();
}

} // namespace emc
