// The Fréchet distance by closed forms and by what must hold for any features; the Inception network by its keys.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <random>

#include "core/api/error.h"
#include "core/checkpoint/known_models.h"
#include "core/nn/checkpoint.h"
#include "core/nn/frame_features.h"
#include "core/nn/frechet_distance.h"
#include "core/nn/inception_fid.h"
#include "tests/support/shared.h"

using namespace emc;

namespace {

struct Rows {
    std::vector<float> values;
    std::int64_t rows, dims;
    operator FeatureRows() const { return {values, rows, dims, "test"}; }
};

Rows gaussian(std::int64_t rows, std::int64_t dims, unsigned seed, double scale = 1, double shift = 0) {
    std::mt19937 random(seed);
    std::normal_distribution<double> normal(shift, scale);
    Rows made{{}, rows, dims};
    for (std::int64_t i = 0; i < rows * dims; ++i) made.values.push_back(static_cast<float>(normal(random)));
    return made;
}

// Two rows +a and -a in each dimension, all others 0: mean 0, covariance diagonal, exactly known.
Rows diagonal(const std::vector<double>& deviations, const std::vector<double>& mean) {
    const auto dims = static_cast<std::int64_t>(deviations.size());
    Rows made{{}, 2 * dims, dims};
    for (std::int64_t d = 0; d < dims; ++d)
        for (const double sign : {1., -1.})
            for (std::int64_t c = 0; c < dims; ++c)
                made.values.push_back(
                    static_cast<float>(mean[static_cast<std::size_t>(c)] +
                                       (c == d ? sign * deviations[static_cast<std::size_t>(d)] *
                                                     std::sqrt((2. * static_cast<double>(dims) - 1) / 2)
                                               : 0)));
    return made;
}

} // namespace

TEST(Frechet, EqualSetsAreNoDistanceApart) {
    for (const auto& [rows, dims] :
         std::vector<std::pair<int, int>>{{200, 16}, {16, 200}, {2, 5}, {33, 32}, {32, 32}}) {
        const Rows set = gaussian(rows, dims, 1, 3, 1);
        const FrechetDistance found = frechetDistance(set, set);
        EXPECT_EQ(found.means, 0);
        EXPECT_LT(found.distance, 1e-9 * 9 * dims) << rows << " x " << dims;
        EXPECT_EQ(found.rankDeficient, rows <= dims);
    }
}

TEST(Frechet, DiagonalGaussiansByTheClosedForm) {
    const std::vector<double> a{1, 2, .5, 4, .25}, b{2, 1, .5, 1, 3}, m{0, 1, -1, 2, 0}, n{1, 1, 1, -2, .5};
    double means = 0, spread = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        means += (m[i] - n[i]) * (m[i] - n[i]);
        spread += (a[i] - b[i]) * (a[i] - b[i]);
    }
    const FrechetDistance found = frechetDistance(diagonal(a, m), diagonal(b, n));
    EXPECT_NEAR(found.means, means, 1e-5);
    EXPECT_NEAR(found.covariances, spread, 1e-5);
    EXPECT_DOUBLE_EQ(found.distance, found.means + found.covariances);
}

// Two rows a set: covariances v v^T of rank one, whose product has the root |v . w|.
TEST(Frechet, RankOneByHand) {
    const Rows a{{1, 2, 3, -1, -2, -3}, 2, 3}, b{{2, 0, 1, 0, 0, -1}, 2, 3};
    // v = (2,4,6)/sqrt 2, w = (2,0,2)/sqrt 2, means (0,0,0) and (1,0,0).
    const FrechetDistance found = frechetDistance(a, b);
    EXPECT_NEAR(found.means, 1, 1e-12);
    EXPECT_NEAR(found.covariances, 28 + 4 - 2 * 8, 1e-12);
    EXPECT_TRUE(found.rankDeficient);
}

TEST(Frechet, SymmetricAndBlindToRotationsAndOrder) {
    const std::int64_t dims = 12;
    for (const int rows : {7, 60}) {
        Rows a = gaussian(rows, dims, 2), b = gaussian(rows + 3, dims, 3, 1.5, .3);
        const double there = frechetDistance(a, b).distance, back = frechetDistance(b, a).distance;
        EXPECT_GT(there, 0.1);
        EXPECT_NEAR(there, back, 1e-10 * there);
        // Reflected and with dimensions exchanged, both in the same way: an orthogonal change of the axes.
        Rows c = a, d = b;
        for (Rows* set : {&c, &d})
            for (std::int64_t r = 0; r < set->rows; ++r) {
                float* row = set->values.data() + r * dims;
                std::reverse(row, row + dims);
                for (std::int64_t i = 0; i < dims; i += 2) row[i] = -row[i];
            }
        EXPECT_NEAR(frechetDistance(c, d).distance, there, 1e-10 * there);
        // Scaled by 2: four times as far.
        for (float& value : a.values) value *= 2;
        for (float& value : b.values) value *= 2;
        EXPECT_NEAR(frechetDistance(a, b).distance, 4 * there, 4e-10 * there);
    }
}

TEST(Frechet, MoreRowsThanColumnsAndFewerAreOneFormula) {
    // Every row twice: n - 1 changes, nothing else; on the one side of rows = dims and on the other.
    const Rows small = gaussian(10, 16, 4), other = gaussian(14, 16, 5);
    Rows twice = small, otherTwice = other;
    twice.values.insert(twice.values.end(), small.values.begin(), small.values.end());
    otherTwice.values.insert(otherTwice.values.end(), other.values.begin(), other.values.end());
    twice.rows *= 2;
    otherTwice.rows *= 2;
    // Covariances scale by 2 (n-1) / (2n-1).
    const FrechetDistance one = frechetDistance(small, small), two = frechetDistance(twice, twice);
    EXPECT_NEAR(one.distance, two.distance, 1e-9);
    const double a = 2. * 9 / 19, b = 2. * 13 / 27;
    const double traceA = frechetDistance(small, Rows{std::vector<float>(32, 0.f), 2, 16}).covariances,
                 traceB = frechetDistance(other, Rows{std::vector<float>(32, 0.f), 2, 16}).covariances;
    const double root = (traceA + traceB - frechetDistance(small, other).covariances) / 2;
    EXPECT_NEAR(frechetDistance(twice, otherTwice).covariances, a * traceA + b * traceB - 2 * std::sqrt(a * b) * root,
                1e-9 * traceA);
}

TEST(Frechet, BadFeaturesAreRefused) {
    const Rows fine = gaussian(4, 3, 1), narrow = gaussian(4, 2, 1), single = gaussian(1, 3, 1);
    EXPECT_THROW(frechetDistance(fine, narrow), Error);
    EXPECT_THROW(frechetDistance(single, fine), Error);
    EXPECT_THROW(frechetDistance(fine, Rows{{}, 0, 3}), Error);
    Rows broken = fine;
    broken.values[5] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_THROW(frechetDistance(broken, fine), Error);
}

TEST(InceptionFid, KeysAndShapesAreThoseOfTheTable) {
    InceptionFid net;
    std::map<std::string, std::vector<std::int64_t>> ours, table;
    for (const auto& item : net->named_parameters()) ours[item.key()] = item.value().sizes().vec();
    for (const auto& item : net->named_buffers()) ours[item.key()] = item.value().sizes().vec();
    long parameters = 0;
    for (const ExpectedTensor& tensor : expectedTensors("inception-fid")) {
        if (tensor.role == TensorRole::Unused) continue; // the classifier
        table[tensor.name] = tensor.shape;
        long count = 1;
        for (const std::int64_t extent : tensor.shape) count *= extent;
        if (!tensor.name.ends_with("running_mean") && !tensor.name.ends_with("running_var")) parameters += count;
    }
    EXPECT_EQ(ours, table);
    EXPECT_EQ(ours.size(), 5u * 94);
    EXPECT_EQ(parameters, 21785568) << "the published count of Inception-v3 without classifier and side branch";
}

TEST(InceptionFid, AnyPictureGives2048FiniteNumbers) {
    torch::NoGradGuard noGradient;
    torch::manual_seed(3);
    InceptionFid net;
    for (torch::Tensor& parameter : net->parameters())
        if (parameter.dim() == 4) torch::nn::init::kaiming_normal_(parameter);
    const torch::Tensor picture = torch::randint(0, 256, {1, 3, 70, 90}, torch::kUInt8);
    const torch::Tensor one = net->forward(picture);
    EXPECT_EQ(one.sizes(), (torch::IntArrayRef{1, kInceptionFeatures}));
    EXPECT_TRUE(torch::isfinite(one).all().item<bool>());
    EXPECT_GT(one.std().item<double>(), 0);
    const torch::Tensor both = net->forward(torch::cat({picture, picture.flip(3)}));
    EXPECT_TRUE(torch::allclose(both[0], one[0], 1e-3, 1e-4)) << "a picture's features do not hang on its neighbours";
    EXPECT_FALSE(torch::allclose(both[1], one[0], 1e-3, 1e-4));
}

// Which pictures are looked at: every stride-th below 750 of each video, by name; all of a folder of pictures.
TEST(FrameFeatures, FramesOfVideosAndFoldersOfPictures) {
    class Counting : public FrameReader {
    public:
        explicit Counting(int frames) : m_frames(frames) {}
        int width() const override { return 8; }
        int height() const override { return 6; }
        bool next(std::vector<std::uint8_t>& rgb) override {
            if (m_next == m_frames) return false;
            rgb.assign(8 * 6 * 3, static_cast<std::uint8_t>(m_next++ % 251));
            return true;
        }

    private:
        int m_frames, m_next = 0;
    };
    test::TempDir dir;
    torch::manual_seed(4);
    {
        const torch::NoGradGuard noGradient;
        InceptionFid net;
        for (torch::Tensor& parameter : net->parameters())
            if (parameter.dim() == 4) parameter.uniform_(-.05, .05);
        saveModule(*net, dir / "net.safetensors", {});
    }
    std::vector<std::string> opened;
    FrameFeatureNet net(
        dir / "net.safetensors",
        [&](const std::filesystem::path& path, int size) {
            EXPECT_EQ(size, 0) << "as they are";
            opened.push_back(path.filename());
            return std::make_unique<Counting>(path.extension() == ".mp4" ? 1000 : 2);
        },
        1);
    std::filesystem::create_directories(dir / "films" / "more");
    for (const char* name : {"films/b.mp4", "films/more/a.mp4", "films/notes.txt"}) std::ofstream(dir / name) << "x";
    JobContext job;
    const FrameFeatures films = net.features(dir / "films", 375, job); // frames 0 and 375; 750 is none of them
    EXPECT_EQ(opened, (std::vector<std::string>{"b.mp4", "a.mp4"}));
    ASSERT_EQ(films.pictures, 4);
    ASSERT_EQ(films.values.size(), 4u * kInceptionFeatures);
    const auto row = [&](int i) {
        return std::vector<float>(films.values.begin() + i * kInceptionFeatures,
                                  films.values.begin() + (i + 1) * kInceptionFeatures);
    };
    EXPECT_EQ(row(0), row(2));
    EXPECT_NE(row(0), row(1));
    std::filesystem::create_directories(dir / "pictures");
    EXPECT_EQ(net.features(dir / "pictures", 375, job).pictures, 2);
    EXPECT_EQ(opened.back(), "pictures");
    EXPECT_THROW(net.features(dir / "absent", 30, job), Error);
    EXPECT_THROW(net.features(dir / "films", 0, job), Error);
    JobContext stopped;
    stopped.requestCancel();
    EXPECT_THROW(net.features(dir / "films", 30, stopped), Cancelled);
    // Another network is refused with every fault.
    EXPECT_THROW(FrameFeatureNet(dir / "films" / "notes.txt", {}, 1), Error);
}
