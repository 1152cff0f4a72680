#include "core/corpus/make_corpus.h"

#include <atomic>
#include <chrono>
#include <exception>
#include <fstream>
#include <functional>
#include <span>
#include <thread>

#include "core/corpus/clip_film.h"
#include "core/corpus/layout.h"
#include "core/corpus/manifest.h"
#include "core/corpus/performance.h"
#include "core/data/atomic_file.h"
#include "core/data/csv.h"
#include "core/data/npy.h"
#include "core/data/wav.h"

namespace emc {
namespace fs = std::filesystem;
using namespace corpus;

namespace {

using Clock = std::chrono::steady_clock;
double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// Runs work(i) for all i on some threads. The first exception ends all of them and is thrown again here.
void forAll(int count, int workers, const std::function<void(int)>& work) {
    std::atomic<int> next{0};
    std::atomic<bool> stop{false};
    std::exception_ptr failure;
    std::mutex mutex;
    const auto loop = [&] {
        for (int i = next++; i < count && !stop; i = next++) {
            try {
                work(i);
            } catch (...) {
                std::lock_guard lock(mutex);
                if (!failure) failure = std::current_exception();
                stop = true;
            }
        }
    };
    std::vector<std::thread> threads;
    for (int w = 1; w < std::min(workers, count); ++w) threads.emplace_back(loop);
    loop();
    for (std::thread& thread : threads) thread.join();
    if (failure) std::rethrow_exception(failure);
}

void writeSide(const fs::path& root, const std::string& partition, const std::string& name, const Side& side,
               int frames, std::vector<fs::path>& written) {
    const ItemFiles files = filesOf(root, partition, name);
    for (const fs::path& file : {files.audio, files.emotion, files.coeffs}) fs::create_directories(file.parent_path());
    static const std::vector<std::string> header(kEmotionNames.begin(), kEmotionNames.end());
    writeNumberCsv(files.emotion, header, side.face.emotion);
    writeNpy(files.coeffs, {frames, 1, kCoeffDims}, std::span<const float>(side.face.coeffs));
    writeWav16(files.audio, side.sound, kSoundRateHz, 1);
    written.insert(written.end(), {files.audio, files.emotion, files.coeffs});
}

void makeFeatures(const CorpusOptions& options, const Item& item, Manifest& manifest) {
    const Performance played =
        perform(static_cast<std::uint64_t>(options.seed), item.script, item.performance, options.frames);
    std::vector<fs::path> written;
    writeSide(options.out, item.partition, item.speaker(), played.speaker, played.frames, written);
    writeSide(options.out, item.partition, item.listener(), played.listener, played.frames, written);
    const fs::path hidden = hiddenFile(options.out, item);
    fs::create_directories(hidden.parent_path());
    writeNpy(hidden, {played.frames, kHiddenColumns}, std::span<const float>(played.hidden));
    written.push_back(hidden);
    manifest.finish("features " + item.partition + " " + item.speaker(), written);
}

std::string filmWork(const Item& item) {
    return "film " + item.partition + " " + item.speaker();
}

// The films of a partition, then into their place in one move.
int makeFilms(const CorpusOptions& options, const std::string& partition, const std::vector<Item>& items,
              Manifest& manifest, JobContext& job, std::atomic<int>& done, int total) {
    const fs::path root = options.out, stage = filmStage(root, partition), place = filmFolder(root, partition);
    // A film that was lost from a complete partition: the partition goes back to the stage, so that readers do not meet
    // it half.
    const bool complete =
        std::all_of(items.begin(), items.end(), [&](const Item& item) { return manifest.done(filmWork(item)); });
    if (complete && fs::exists(place)) {
        done += static_cast<int>(items.size());
        return 0;
    }
    fs::create_directories(stage.parent_path());
    const std::string work = "film " + partition + " ";
    const std::string stageName = fs::relative(stage, root).generic_string(),
                      placeName = fs::relative(place, root).generic_string();
    if (fs::exists(place) && !fs::exists(stage)) {
        fs::rename(place, stage);
        manifest.moved(work, placeName, stageName);
    }
    std::atomic<int> made{0};
    forAll(static_cast<int>(items.size()), options.workers, [&](int i) {
        const Item& item = items[static_cast<std::size_t>(i)];
        if (!manifest.done(filmWork(item))) {
            manifest.finish(filmWork(item), makeClipFilms(options, item, stage, job));
            ++made;
        }
        job.progress(++done, total, "film " + std::to_string(done.load()) + " of " + std::to_string(total));
    });
    if (fs::exists(place)) fs::remove_all(place);
    fs::rename(stage, place);
    manifest.moved(work, stageName, placeName);
    return made;
}

double megabytesOf(const fs::path& root) {
    double bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root))
        if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
    return bytes / 1e6;
}

} // namespace

CorpusReport makeCorpus(const CorpusOptions& options, JobContext& job) {
    if (const auto faults = options.check(); !faults.empty()) {
        std::string text = "the options of the corpus are wrong";
        for (const OptionFault& fault : faults) text += "\n  " + fault.key + ": " + fault.problem;
        throw Error(ErrorKind::Usage, text, "corpus make", faults.front().hint);
    }
    const auto start = Clock::now();
    const fs::path root = options.out;
    const std::vector<Item> items = itemsOf(options);
    fs::create_directories(root);
    Manifest manifest(root, recipeOf(options));
    manifest.save(); // from here on the folder is ours

    CorpusReport report;
    report.root = root;
    report.clips = static_cast<int>(items.size());
    std::atomic<int> done{0}, made{0};
    const int total = report.clips;
    struct SaveAtEnd { // also when cancelled: what is finished stays finished
        Manifest& manifest;
        ~SaveAtEnd() {
            try {
                manifest.save();
            } catch (const std::exception&) {} // an earlier state is on disk; the clips are made again
        }
    } saveAtEnd{manifest};
    forAll(total, options.workers, [&](int i) {
        job.checkpoint();
        const Item& item = items[static_cast<std::size_t>(i)];
        if (!manifest.done("features " + item.partition + " " + item.speaker())) {
            makeFeatures(options, item, manifest);
            ++made;
        }
        job.progress(++done, total, "clip " + std::to_string(done.load()) + " of " + std::to_string(total));
    });
    report.clipsMade = made;
    writeIndex(options, items);
    report.featureSeconds = since(start);
    job.publish(MessageEvent{"Features, sound and index of " + std::to_string(total) + " clips are complete", false});
    job.publish(WroteEvent{(root / "corpus.toml").string()});

    if (options.video) {
        const auto filmStart = Clock::now();
        done = 0;
        for (const char* partition :
             {"test", "val", "train"}) { // small ones first: they can be looked at while the rest is made
            std::vector<Item> own;
            for (const Item& item : items)
                if (item.partition == partition) own.push_back(item);
            if (!own.empty()) report.filmsMade += makeFilms(options, partition, own, manifest, job, done, total);
        }
        std::error_code ignored;
        fs::remove(root / "unfinished_films", ignored); // only when empty
        report.films = total;
        report.filmSeconds = since(filmStart);
        const double sides = options.mirrored ? 2 : 1;
        if (report.filmSeconds > 0)
            report.filmFramesPerSecond = sides * report.filmsMade * options.frames / report.filmSeconds;
    }
    manifest.save();
    report.megabytes = megabytesOf(root);
    report.seconds = since(start);
    return report;
}

} // namespace emc
