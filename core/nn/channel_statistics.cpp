#include "core/nn/channel_statistics.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <array>
#include <vector>

namespace emc {

namespace {
constexpr double kEps = 1e-5;
constexpr int64_t kLanes = 16, kWindow = 3, kStep = 2;

bool byHand(const torch::Tensor& x) {
    return x.device().is_cpu() && x.scalar_type() == torch::kFloat32 && x.is_contiguous();
}

struct Planes { // of a contiguous (n,C,H,W)
    int64_t n, channels, height, width;
    explicit Planes(const torch::Tensor& x) : n(x.size(0)), channels(x.size(1)), height(x.size(2)), width(x.size(3)) {}
    int64_t area() const { return height * width; }
    int64_t at(int64_t item, int64_t channel) const { return (item * channels + channel) * area(); }
};

struct Moments {
    double mean = 0, squares = 0;
    int64_t count = 0;
    void merge(double otherMean, double otherSquares, int64_t others) {
        const double delta = otherMean - mean, all = static_cast<double>(count + others);
        squares += otherSquares + delta * delta * static_cast<double>(count) * static_cast<double>(others) / all;
        mean += delta * static_cast<double>(others) / all;
        count += others;
    }
};

// The compiler may not reorder additions of floats; sixteen sums side by side let it use wide registers all the same.
template <class Term>
double laneSum(int64_t size, Term term) {
    std::array<float, kLanes> sums{};
    int64_t i = 0;
    for (; i + kLanes <= size; i += kLanes)
        for (int64_t l = 0; l < kLanes; ++l) sums[static_cast<std::size_t>(l)] += term(i + l);
    double sum = 0;
    for (const float s : sums) sum += static_cast<double>(s);
    for (; i < size; ++i) sum += static_cast<double>(term(i));
    return sum;
}

// Around the plane's own mean: plain sums of squares lose digits when the mean is large.
void addPlane(const float* x, int64_t size, Moments& moments) {
    const double mean = laneSum(size, [&](int64_t i) { return x[i]; }) / static_cast<double>(size);
    const float centre = static_cast<float>(mean);
    const double around = laneSum(size, [&](int64_t i) { return (x[i] - centre) * (x[i] - centre); }),
                 off = mean - static_cast<double>(centre);
    moments.merge(mean, around - off * off * static_cast<double>(size), size);
}

void poolPlane(const float* x, int64_t height, int64_t width, float* out, float* row) {
    const int64_t outHeight = (height - kWindow) / kStep + 1, outWidth = (width - kWindow) / kStep + 1;
    for (int64_t r = 0; r < outHeight; ++r, out += outWidth) {
        const float *a = x + r * kStep * width, *b = a + width, *c = b + width;
        for (int64_t i = 0; i < width; ++i) row[i] = std::max(std::max(a[i], b[i]), c[i]);
        for (int64_t i = 0; i < outWidth; ++i)
            out[i] = std::max(std::max(row[kStep * i], row[kStep * i + 1]), row[kStep * i + 2]);
    }
}

// visit(channel), channels in parallel.
template <class Visit>
void eachChannel(const Planes& planes, Visit visit) {
    at::parallel_for(0, planes.channels, 1, [&](int64_t begin, int64_t end) {
        for (int64_t c = begin; c < end; ++c) visit(c);
    });
}
} // namespace

void ChannelStatistics::merge(const torch::Tensor& mean, const torch::Tensor& squares, int64_t n) {
    if (m_count == 0) {
        m_mean = mean, m_squares = squares;
    } else {
        const double have = static_cast<double>(m_count), more = static_cast<double>(n), all = have + more;
        const torch::Tensor delta = mean - m_mean;
        m_squares = m_squares + squares + delta.square() * (have * more / all);
        m_mean = m_mean + delta * (more / all);
    }
    m_count += n;
}

torch::Tensor ChannelStatistics::scale() const {
    return torch::rsqrt(m_squares / static_cast<double>(m_count) + kEps);
}

void ChannelStatistics::addPlain(const torch::Tensor& x) {
    const auto [variance, mean] = torch::var_mean(x, {0, 2, 3}, /*unbiased=*/false);
    const int64_t n = x.numel() / x.size(1);
    merge(mean.to(torch::kFloat64), variance.to(torch::kFloat64) * static_cast<double>(n), n);
}

torch::Tensor ChannelStatistics::rectifiedPlain(const torch::Tensor& x) const {
    const torch::Tensor s = scale();
    const auto shape = [&](const torch::Tensor& t) { return t.to(x.scalar_type()).view({1, -1, 1, 1}); };
    return torch::relu(torch::addcmul(shape(-m_mean * s), x, shape(s)));
}

void ChannelStatistics::add(const torch::Tensor& x) {
    if (!byHand(x) || x.numel() == 0) return addPlain(x);
    const Planes planes(x);
    const float* data = x.const_data_ptr<float>();
    torch::Tensor mean = torch::empty({planes.channels}, torch::kFloat64), squares = torch::empty_like(mean);
    double *means = mean.data_ptr<double>(), *sums = squares.data_ptr<double>();
    eachChannel(planes, [&](int64_t c) {
        Moments moments;
        for (int64_t i = 0; i < planes.n; ++i) addPlane(data + planes.at(i, c), planes.area(), moments);
        means[c] = moments.mean, sums[c] = moments.squares;
    });
    merge(mean, squares, planes.n * planes.area());
}

torch::Tensor ChannelStatistics::addPooled(const torch::Tensor& x) {
    if (!byHand(x) || x.size(2) < kWindow || x.size(3) < kWindow) {
        addPlain(x);
        return torch::max_pool2d(x, kWindow, kStep);
    }
    const Planes planes(x);
    const int64_t height = (planes.height - kWindow) / kStep + 1, width = (planes.width - kWindow) / kStep + 1;
    torch::Tensor pooled = torch::empty({planes.n, planes.channels, height, width}, x.options());
    const float* data = x.const_data_ptr<float>();
    float* out = pooled.data_ptr<float>();
    torch::Tensor mean = torch::empty({planes.channels}, torch::kFloat64), squares = torch::empty_like(mean);
    double *means = mean.data_ptr<double>(), *sums = squares.data_ptr<double>();
    eachChannel(planes, [&](int64_t c) {
        std::vector<float> row(static_cast<std::size_t>(planes.width));
        Moments moments;
        for (int64_t i = 0; i < planes.n; ++i) {
            const float* plane = data + planes.at(i, c); // stays in the nearest cache for both
            addPlane(plane, planes.area(), moments);
            poolPlane(plane, planes.height, planes.width, out + (i * planes.channels + c) * height * width, row.data());
        }
        means[c] = moments.mean, sums[c] = moments.squares;
    });
    merge(mean, squares, planes.n * planes.area());
    return pooled;
}

torch::Tensor ChannelStatistics::rectified(torch::Tensor x) const {
    if (!byHand(x)) return rectifiedPlain(x);
    const Planes planes(x);
    const torch::Tensor s = scale(), factor = s.to(torch::kFloat32), shift = (-m_mean * s).to(torch::kFloat32);
    const float *factors = factor.const_data_ptr<float>(), *shifts = shift.const_data_ptr<float>();
    float* data = x.data_ptr<float>();
    eachChannel(planes, [&](int64_t c) {
        for (int64_t i = 0; i < planes.n; ++i) {
            float* plane = data + planes.at(i, c);
            for (int64_t k = 0; k < planes.area(); ++k) plane[k] = std::max(shifts[c] + plane[k] * factors[c], 0.f);
        }
    });
    return x;
}

} // namespace emc
