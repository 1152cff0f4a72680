// The corpus as a whole, without films: layout, index, reproducibility, resuming, checking.
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "core/api/error.h"
#include "core/corpus/make_corpus.h"
#include "core/data/csv.h"
#include "core/data/npy.h"
#include "core/data/react_corpus.h"
#include "core/data/sha256.h"
#include "tests/support/shared.h"

using namespace emc;
namespace fs = std::filesystem;

namespace {

CorpusOptions smallCorpus(const fs::path& out) {
    CorpusOptions o;
    o.out = out.string();
    o.trainScripts = 1, o.valScripts = 1, o.testScripts = 2;
    o.performancesTrain = 1, o.performancesTest = 2;
    o.frames = 150;
    o.video = false;
    return o;
}

std::map<std::string, std::string> hashesOf(const fs::path& root) {
    std::map<std::string, std::string> hashes;
    for (const auto& entry : fs::recursive_directory_iterator(root))
        if (entry.is_regular_file() && entry.path().filename() != "manifest.json")
            hashes[fs::relative(entry.path(), root).string()] = sha256OfFile(entry.path());
    return hashes;
}

} // namespace

class SmallCorpus : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        s_folder = new test::TempDir;
        JobContext job;
        s_report = makeCorpus(smallCorpus(root()), job);
    }
    static void TearDownTestSuite() {
        delete s_folder;
        s_folder = nullptr;
    }
    static fs::path root() { return *s_folder / "corpus"; }
    static inline test::TempDir* s_folder = nullptr;
    static inline CorpusReport s_report;
};

TEST_F(SmallCorpus, OpensAsAReactCorpus) {
    EXPECT_EQ(s_report.clips, 6);
    EXPECT_EQ(s_report.clipsMade, 6);
    const auto corpus = ReactCorpus::open(root(), "test");
    EXPECT_EQ(corpus->rows(), 4);
    EXPECT_TRUE(corpus->synthetic());
    const Pair pair = corpus->pair(1);
    EXPECT_EQ(pair.scriptId, corpus->pair(0).scriptId);
    EXPECT_NE(pair.scriptId, corpus->pair(2).scriptId);
    EXPECT_EQ(pair.speaker->info().frames, 150);
    EXPECT_TRUE(pair.speaker->info().synthetic);
    EXPECT_EQ(pair.speaker->face()->frames, 150);
    EXPECT_EQ(pair.speaker->speech()->frames, 150);
    EXPECT_EQ(pair.listener->face()->coeffs.size(), 150u * kCoeffDims);
    EXPECT_NE(pair.speaker->face()->emotion, corpus->pair(0).speaker->face()->emotion);
}

TEST_F(SmallCorpus, NeighboursAreThePerformancesOfAScript) {
    int side = 0;
    const auto marks = readNpySquare01(root() / "neighbour_emotion_test.npy", &side);
    ASSERT_EQ(side, 8); // both directions, as in REACT
    for (int i = 0; i < 8; ++i)
        for (int j = 0; j < 8; ++j) {
            const bool sameScript = i < 4 && j < 4 && i / 2 == j / 2;
            EXPECT_EQ(marks[static_cast<std::size_t>(i * 8 + j)], sameScript || i == j) << i << " " << j;
        }
    // The big matrix says the same about these clips.
    const auto rows = readReactIndex(root() / "test.csv"), all = readReactIndex(root() / "data_indices.csv");
    EXPECT_EQ(all.size(), 6u);
    EXPECT_EQ(partitionNeighbours(rows, all, readNpySquare01(root() / "Approprirate_facial_reaction.npy"), "matrix"),
              marks);
    // The reader uses the direction that has films.
    const auto corpus = ReactCorpus::open(root(), "test");
    EXPECT_FALSE(corpus->mirrored());
    ASSERT_EQ(corpus->neighbours().size(), 16u);
    EXPECT_EQ(corpus->neighbours()[1], 1);
    EXPECT_EQ(corpus->neighbours()[2], 0);
}

TEST_F(SmallCorpus, NumbersFollowTheContract) {
    std::vector<std::int64_t> shape;
    const auto coeffs = readNpyF32(root() / "train/3D_FV_files/Made/script0000/Expert_video/1.npy", &shape);
    EXPECT_EQ(shape, (std::vector<std::int64_t>{150, 1, 58}));
    for (std::size_t i = 0; i < coeffs.size(); ++i) {
        const std::size_t column = i % kCoeffDims;
        if (column < kShapeDims) {
            EXPECT_GE(coeffs[i], 0);
            EXPECT_LE(coeffs[i], 1);
        } else {
            EXPECT_LT(std::abs(coeffs[i]), column < 55 ? .8 : .1);
        }
    }
    for (const char* role : {"Expert_video", "Novice_video"}) {
        const NumberTable table =
            readNumberCsv(root() / "train/Emotion/Made/script0000" / role / "1.csv", kEmotionDims);
        ASSERT_EQ(table.rows, 150u);
        EXPECT_EQ(table.header.front(), "AU1");
        for (std::size_t t = 0; t < table.rows; ++t) {
            const float* row = table.values.data() + t * kEmotionDims;
            double sum = 0;
            for (int d = 0; d < 15; ++d) EXPECT_TRUE(row[d] == 0 || row[d] == 1);
            for (int d = kFirstExpression; d < kEmotionDims; ++d) sum += row[d];
            EXPECT_NEAR(sum, 1, 1e-5);
            EXPECT_LE(std::abs(row[kValence]), 1);
        }
    }
}

TEST_F(SmallCorpus, IsTheSameAgainFromTheSameSeedWithOtherWorkers) {
    CorpusOptions options = smallCorpus(*s_folder / "again");
    options.workers = 1;
    JobContext job;
    makeCorpus(options, job);
    EXPECT_EQ(hashesOf(root()), hashesOf(*s_folder / "again"));
}

TEST_F(SmallCorpus, ContinuesAfterAnInterruption) {
    const fs::path out = *s_folder / "stopped";
    CorpusOptions options = smallCorpus(out);
    options.workers = 1;
    JobContext* running = nullptr;
    JobContext stopping([&](const JobEvent& event) {
        if (const auto* progress = std::get_if<ProgressEvent>(&event); progress && progress->done >= 2)
            running->requestCancel();
    });
    running = &stopping;
    EXPECT_THROW(makeCorpus(options, stopping), Cancelled);
    EXPECT_FALSE(fs::exists(out / "test.csv"));
    JobContext job;
    const CorpusReport report = makeCorpus(options, job);
    EXPECT_GT(report.clipsMade, 0);
    EXPECT_LT(report.clipsMade, 6);
    EXPECT_EQ(hashesOf(root()), hashesOf(out));
    // A lost and a cut file are made again, the rest stays.
    fs::remove(out / "val/Audio_files/Made/script7000/Novice_video/1.wav");
    fs::resize_file(out / "train/Emotion/Made/script0000/Expert_video/1.csv", 100);
    EXPECT_EQ(makeCorpus(options, job).clipsMade, 2);
    EXPECT_EQ(hashesOf(root()), hashesOf(out));
}

TEST_F(SmallCorpus, RefusesToMixCorpora) {
    CorpusOptions other = smallCorpus(root());
    other.seed = 2;
    JobContext job;
    try {
        makeCorpus(other, job);
        FAIL();
    } catch (const Error& error) { EXPECT_EQ(error.kind(), ErrorKind::BadInput); }
    const fs::path strange = *s_folder / "strange";
    fs::create_directories(strange);
    std::ofstream(strange / "holiday.txt") << "sea";
    EXPECT_THROW(makeCorpus(smallCorpus(strange), job), Error);
}

TEST_F(SmallCorpus, CheckFindsEveryFault) {
    const fs::path copy = *s_folder / "faulty";
    fs::copy(root(), copy, fs::copy_options::recursive);
    JobContext job;
    EXPECT_TRUE(checkCorpus(copy, job).ok());
    const fs::path lost = copy / "test/Audio_files/Made/script8000/Expert_video/2.wav",
                   cut = copy / "val/3D_FV_files/Made/script7000/Expert_video/1.npy",
                   wrong = copy / "train/Emotion/Made/script0000/Novice_video/1.csv";
    fs::remove(lost);
    fs::resize_file(cut, 1000);
    std::string text;
    {
        std::ifstream in(wrong);
        text.assign(std::istreambuf_iterator<char>(in), {});
    }
    const std::size_t line = text.find('\n') + 1;
    text.replace(line, 1, "7");
    std::ofstream(wrong) << text;
    const CorpusCheck check = checkCorpus(copy, job);
    ASSERT_EQ(check.faults.size(), 3u) << check.text();
    for (const fs::path& file : {lost, cut, wrong})
        EXPECT_TRUE(std::any_of(check.faults.begin(), check.faults.end(), [&](const CorpusFault& f) {
            return f.file == file;
        })) << file;
    EXPECT_NE(check.text().find("AU1"), std::string::npos);
}

TEST(CorpusOptions, AllFaultsAreReportedTogether) {
    CorpusOptions o;
    o.frames = 3;
    o.videoSize = 255;
    o.workers = 0;
    EXPECT_EQ(o.check().size(), 4u); // and no folder
    JobContext job;
    EXPECT_THROW(makeCorpus(o, job), Error);
    EXPECT_THROW(checkCorpus("/nonexistent/corpus", job), Error);
}
