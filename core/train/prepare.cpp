#include "core/train/prepare.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "core/api/error.h"
#include "core/data/pair_source.h"
#include "core/data/sha256.h"
#include "core/train/tensor_files.h"

namespace emc {
namespace {

struct Part {
    std::shared_ptr<const PairSource> source;
    std::vector<Pair> pairs;
    std::vector<int> rows; // of the pairs in their source
    bool synthetic = false;
    int left = 0; // pairs that cannot be used
};

Part usablePairs(const std::string& partition, const TrainOptions& options, const TrainServices& services,
                 JobContext& job) {
    Part part;
    const auto source = part.source = openPairs(options.corpus, partition, services.frames, services.sounds);
    part.synthetic = source->synthetic();
    std::map<std::string, bool> pictures;
    for (int k = 0; k < source->size(); ++k) {
        job.progress(k, source->size(), "looking at the " + partition + " pairs");
        Pair pair = source->pair(k);
        const ClipInfo& speaker = pair.speaker->info();
        bool usable = speaker.hasFace && speaker.hasSpeech && pair.listener->info().hasFace;
        if (usable) {
            const std::string key = clipKey(*pair.speaker);
            if (!pictures.count(key)) pictures[key] = hasPictures(*pair.speaker);
            usable = pictures[key];
        }
        if (usable) {
            part.pairs.push_back(std::move(pair));
            part.rows.push_back(k);
        } else ++part.left;
    }
    return part;
}

std::vector<std::vector<int>> neighboursOf(const Part& part, JobContext& job) {
    std::vector<std::vector<int>> lists(part.rows.size());
    const std::vector<std::uint8_t>* marks = nullptr;
    try {
        marks = &part.source->neighbours();
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::NotFound) throw;
        job.publish(
            MessageEvent{"The corpus does not say which reactions are appropriate besides the real ones", false});
    }
    const auto side = static_cast<std::size_t>(part.source->size());
    for (std::size_t i = 0; i < lists.size(); ++i)
        for (std::size_t j = 0; j < lists.size(); ++j)
            if (i == j ||
                (marks &&
                 (*marks)[static_cast<std::size_t>(part.rows[i]) * side + static_cast<std::size_t>(part.rows[j])]))
                lists[i].push_back(static_cast<int>(j));
    return lists;
}

std::string hashOfPairs(const std::vector<Pair>& pairs) {
    Sha256 hash;
    for (const Pair& pair : pairs) hash.update(clipKey(*pair.speaker) + " " + clipKey(*pair.listener) + "\n");
    return hash.hex();
}

void listenerMeans(PreparedCorpus& corpus, JobContext& job) {
    const std::filesystem::path path = corpus.folder / "listeners.safetensors";
    if (!std::filesystem::exists(path)) {
        int frames = 0;
        for (const Pair& pair : corpus.train) frames = std::max(frames, pair.listener->info().frames);
        torch::Tensor emotion = torch::zeros({frames, kEmotionDims}, torch::kFloat64),
                      coeffs = torch::zeros({frames, kCoeffDims}, torch::kFloat64);
        torch::Tensor count = torch::zeros({frames, 1}, torch::kFloat64);
        double done = 0;
        for (const Pair& pair : corpus.train) {
            job.progress(done++, static_cast<double>(corpus.train.size()), "averaging the listeners");
            const auto listener = corpus.store->get(*pair.listener);
            const int n = std::min<int>(frames, static_cast<int>(listener->emotion.size(0)));
            emotion.narrow(0, 0, n) += listener->emotion.narrow(0, 0, n);
            coeffs.narrow(0, 0, n) += listener->coeffs.narrow(0, 0, n);
            count.narrow(0, 0, n) += 1;
        }
        const torch::Tensor whole = count.sum().clamp_min(1);
        SafetensorsWriter writer;
        addTensor(writer, "coeff_mean", (coeffs.sum(0) / whole).to(torch::kFloat32));
        addTensor(writer, "emotion", (emotion / count.clamp_min(1)).to(torch::kFloat32));
        addTensor(writer, "coeffs", (coeffs / count.clamp_min(1)).to(torch::kFloat32));
        writer.write(path);
    }
    const SafetensorsFile file = SafetensorsFile::open(path);
    corpus.meanEmotion = readTensor(file, "emotion");
    corpus.meanCoeffs = readTensor(file, "coeffs");
    corpus.coeffMean = readTensor(file, "coeff_mean");
}

void speechStatistics(PreparedCorpus& corpus, const Clips& speakers, JobContext& job) {
    const std::filesystem::path path = corpus.folder / "speakers.safetensors";
    if (!std::filesystem::exists(path)) {
        torch::Tensor sum = torch::zeros({kMfccDims}, torch::kFloat64), squares = sum.clone();
        double frames = 0, done = 0;
        for (const auto& clip : speakers) {
            job.progress(done++, static_cast<double>(speakers.size()), "measuring the voices");
            const torch::Tensor mfcc = corpus.store->get(*clip)->mfcc.to(torch::kFloat64);
            sum += mfcc.sum(0);
            squares += mfcc.square().sum(0);
            frames += static_cast<double>(mfcc.size(0));
        }
        const torch::Tensor mean = sum / frames, sd = (squares / frames - mean.square()).clamp_min(0).sqrt();
        SafetensorsWriter writer;
        addTensor(writer, "mfcc_mean", mean.to(torch::kFloat32));
        addTensor(writer, "mfcc_scale",
                  torch::where(sd > 1e-3, sd.clamp_min(1e-3).reciprocal(), torch::ones_like(sd)).to(torch::kFloat32));
        writer.write(path);
    }
    const SafetensorsFile file = SafetensorsFile::open(path);
    corpus.mfccMean = readTensor(file, "mfcc_mean");
    corpus.mfccScale = readTensor(file, "mfcc_scale");
}

// u^f and the speech emotion of one speaker, or the pictures themselves when the encoder is trained jointly.
void makeLearned(PreparedCorpus& corpus, const Clip& clip, int size, JobContext& job) {
    const std::filesystem::path path = corpus.store->learnedFile(clip);
    if (std::filesystem::exists(path)) return;
    corpus.store->makePlain(clip);
    const SafetensorsFile plain = SafetensorsFile::open(corpus.store->plainFile(clip));
    const torch::NoGradGuard noGradient;
    SafetensorsWriter writer;
    addTensor(writer, "speech_emotion", corpus.speechHead->forward(readTensor(plain, "mfcc").unsqueeze(0)).squeeze(0));
    const int64_t bytes = 3ll * size * size;
    std::vector<std::uint8_t> all;
    const int frames = forEachPicture(clip, size, [&](int, const std::vector<std::uint8_t>& planes) {
        job.checkpoint();
        all.insert(all.end(), planes.begin(), planes.end());
        return true;
    });
    if (frames == 0)
        throw Error(ErrorKind::BadInput, "the video of the face has no picture", clip.info().id,
                    "Build the corpus again, or leave the clip out.");
    if (corpus.encoder.is_empty()) {
        SafetensorsWriter pictures;
        pictures.addU8("frames", {frames, 3, size, size}, all);
        pictures.write(corpus.store->picturesFile(clip, size));
    } else {
        const auto chunk = [&](int begin, int end) {
            return normalisedFrames(
                torch::from_blob(all.data() + begin * bytes, {end - begin, 3, size, size}, torch::kUInt8));
        };
        addTensor(writer, "face", corpus.encoder->encode(frames, chunk, job));
    }
    writer.meta("clip", clip.info().id);
    writer.meta("frames", std::to_string(frames));
    writer.write(path);
}

} // namespace

Clips speakersOf(const std::vector<Pair>& pairs) {
    Clips clips;
    std::set<std::string> seen;
    for (const Pair& pair : pairs)
        if (seen.insert(clipKey(*pair.speaker)).second) clips.push_back(pair.speaker);
    return clips;
}

std::filesystem::path defaultCacheFolder() {
    const char* named = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    std::filesystem::path base =
        named && *named ? std::filesystem::path(named) : std::filesystem::path(home && *home ? home : ".") / ".cache";
    return base / "emc-studio" / "features";
}

double concordance(const torch::Tensor& a, const torch::Tensor& b) {
    const torch::Tensor x = a.to(torch::kFloat64), y = b.to(torch::kFloat64);
    const torch::Tensor mx = x.mean(), my = y.mean();
    const double covariance = ((x - mx) * (y - my)).mean().item<double>();
    const double spread = ((x - mx).square().mean() + (y - my).square().mean() + (mx - my).square()).item<double>();
    return spread > 1e-12 ? 2 * covariance / spread : 0.0;
}

PreparedCorpus prepareCorpus(const TrainOptions& options, const TrainServices& services, JobContext& job) {
    const std::filesystem::path cache = services.cache.empty() ? defaultCacheFolder() : services.cache;
    const PrepareOptions& plan = services.prepare;
    const bool joint = options.encoder == "joint";
    PreparedCorpus corpus;
    Part train = usablePairs("train", options, services, job), val = usablePairs("val", options, services, job);
    for (const auto& [part, name] : {std::pair(&train, "train"), std::pair(&val, "val")}) {
        if (part->pairs.empty())
            throw Error(
                ErrorKind::BadInput,
                std::string("no pair of the ") + name +
                    " part has a speaker with pictures and voice and a listener with a face",
                options.corpus,
                "Look at the corpus with `emc corpus check`; a build without media needs a pack (`emc corpus pack`).");
        if (part->left > 0)
            job.publish(MessageEvent{std::to_string(part->left) + " of " +
                                         std::to_string(part->left + static_cast<int>(part->pairs.size())) +
                                         " pairs of the " + name +
                                         " part are left out: their speaker has no pictures or no voice",
                                     false});
    }
    corpus.trainNeighbours = neighboursOf(train, job);
    corpus.train = std::move(train.pairs);
    corpus.val = std::move(val.pairs);
    corpus.synthetic = train.synthetic;
    corpus.dataHash = sha256Hex(hashOfPairs(corpus.train) + hashOfPairs(corpus.val));
    const std::string recipe = "prepared 2 " + corpus.dataHash + (joint ? " joint " : " frozen ") +
                               std::to_string(options.videoSize) + " " + std::to_string(plan.encoderSteps) + " " +
                               std::to_string(plan.encoderClips) + " " + std::to_string(plan.encoderFrames) + " " +
                               std::to_string(plan.frameBudget) + " " + std::to_string(plan.speechSteps) + " " +
                               std::to_string(plan.speechBatch) + " " + std::to_string(plan.speechFrames);
    corpus.folder = cache / sha256Hex(recipe).substr(0, 24);
    corpus.store = std::make_shared<ClipStore>(cache / "clips", corpus.folder / "clips", plan.memoryBudget);

    const Clips speakers = speakersOf(corpus.train), valSpeakers = speakersOf(corpus.val);
    double done = 0;
    const double all = static_cast<double>(speakers.size() + valSpeakers.size());
    for (const Clips* part : {&speakers, &valSpeakers})
        for (const auto& clip : *part) {
            job.progress(done++, all, "reading the features of " + clip->info().id);
            corpus.store->makePlain(*clip);
        }
    listenerMeans(corpus, job);
    speechStatistics(corpus, speakers, job);
    corpus.speechHead =
        prepareSpeechHead(speakers, valSpeakers, *corpus.store, corpus.folder, plan, corpus.figures, job);
    if (!joint)
        corpus.encoder = prepareFrameEncoder(speakers, valSpeakers, *corpus.store, corpus.folder, options.videoSize,
                                             plan, corpus.figures, job);
    done = 0;
    for (const Clips* part : {&speakers, &valSpeakers})
        for (const auto& clip : *part) {
            job.progress(done++, all, "encoding " + clip->info().id);
            makeLearned(corpus, *clip, options.videoSize, job);
        }
    corpus.featureHash = sha256OfFile(corpus.folder / "speech_head.safetensors");
    if (!joint)
        corpus.featureHash = sha256Hex(corpus.featureHash + sha256OfFile(corpus.folder / "frame_encoder.safetensors"));
    corpus.figures["pairs.train"] = static_cast<double>(corpus.train.size());
    corpus.figures["pairs.val"] = static_cast<double>(corpus.val.size());
    // The plain files were held without the learned part while the networks were trained.
    corpus.store = std::make_shared<ClipStore>(cache / "clips", corpus.folder / "clips", plan.memoryBudget);
    return corpus;
}

} // namespace emc
