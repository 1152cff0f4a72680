#include "core/corpus/ridge.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/api/vectors.h"
#include "core/corpus/performance.h"

namespace emc::corpus {

namespace {

constexpr int kStep = 5, kBox = 10, kLags = 5; // frames; lags are one box apart
constexpr int kFaceDims = kEmotionDims + kCoeffDims, kVoiceDims = 40;

struct Rows {
    int count = 0, dims = 0;
    std::vector<float> x; // count x dims
    std::vector<float> y; // count x 25
};

// One feature column of a clip as prefix sums, so that a box mean is two look-ups.
void addColumn(const ClipData& clip, const std::function<float(int)>& value, int column, Rows& rows) {
    std::vector<double> sums(static_cast<std::size_t>(clip.frames) + 1, 0.0);
    for (int t = 0; t < clip.frames; ++t)
        sums[static_cast<std::size_t>(t) + 1] = sums[static_cast<std::size_t>(t)] + value(t);
    for (int r = 0; r < rows.count; ++r)
        for (int lag = 0; lag < kLags; ++lag) {
            const int end = std::clamp(r * kStep + 1 - lag * kBox, 1, clip.frames), begin = std::max(0, end - kBox);
            rows.x[static_cast<std::size_t>(r) * static_cast<std::size_t>(rows.dims) +
                   static_cast<std::size_t>(column * kLags + lag)] =
                static_cast<float>((sums[static_cast<std::size_t>(end)] - sums[static_cast<std::size_t>(begin)]) /
                                   (end - begin));
        }
}

// Order of columns: face, voice, hidden.
Rows rowsOf(const ClipData& clip) {
    Rows rows;
    rows.count = (clip.frames + kStep - 1) / kStep;
    rows.dims = (kFaceDims + kVoiceDims + kFeelings) * kLags;
    rows.x.resize(static_cast<std::size_t>(rows.count) * static_cast<std::size_t>(rows.dims));
    const auto cell = [](const std::vector<float>& data, int t, int dims, int d) {
        return data[static_cast<std::size_t>(t) * static_cast<std::size_t>(dims) + static_cast<std::size_t>(d)];
    };
    int column = 0;
    for (int d = 0; d < kEmotionDims; ++d)
        addColumn(
            clip, [&](int t) { return cell(clip.emotion, t, kEmotionDims, d); }, column++, rows);
    for (int d = 0; d < kCoeffDims; ++d)
        addColumn(
            clip, [&](int t) { return cell(clip.coeffs, t, kCoeffDims, d); }, column++, rows);
    // A silent frame says nothing about the voice: the last sounding one is held, and one more column says how much
    // sounded.
    std::vector<int> sounding(static_cast<std::size_t>(clip.frames));
    for (int t = 0, last = 0; t < clip.frames; ++t)
        sounding[static_cast<std::size_t>(t)] = last = cell(clip.mfcc, t, kMfccDims, 0) > 0 ? t : last;
    for (int d = 0; d < kVoiceDims - 1; ++d) {
        const int from = d < 26 ? d : 26 + 2 * (d - 26);
        addColumn(
            clip, [&](int t) { return cell(clip.mfcc, sounding[static_cast<std::size_t>(t)], kMfccDims, from); },
            column++, rows);
    }
    addColumn(
        clip, [&](int t) { return sounding[static_cast<std::size_t>(t)] == t ? 1.f : 0.f; }, column++, rows);
    for (int d = 0; d < kFeelings; ++d)
        addColumn(
            clip, [&](int t) { return cell(clip.hidden, t, kHiddenColumns, d); }, column++, rows);
    for (int r = 0; r < rows.count; ++r)
        for (int d = 0; d < kEmotionDims; ++d) rows.y.push_back(cell(clip.listenerEmotion, r * kStep, kEmotionDims, d));
    return rows;
}

double cccOf(const std::vector<float>& a, const std::vector<float>& b, int rows) {
    double sum = 0;
    for (int d = 0; d < kEmotionDims; ++d) {
        double ma = 0, mb = 0, va = 0, vb = 0, ab = 0;
        for (int r = 0; r < rows; ++r)
            ma += a[static_cast<std::size_t>(r * kEmotionDims + d)],
                mb += b[static_cast<std::size_t>(r * kEmotionDims + d)];
        ma /= rows, mb /= rows;
        for (int r = 0; r < rows; ++r) {
            const double x = a[static_cast<std::size_t>(r * kEmotionDims + d)] - ma,
                         y = b[static_cast<std::size_t>(r * kEmotionDims + d)] - mb;
            va += x * x, vb += y * y, ab += x * y;
        }
        va /= rows, vb /= rows, ab /= rows;
        if (va > 1e-12 && vb > 1e-12) sum += 2 * ab / (va + vb + (ma - mb) * (ma - mb) + 1e-8);
    }
    return sum / kEmotionDims;
}

struct Problem {
    int dims = 0;
    std::vector<double> meanX, scaleX, gram, cross; // gram dims x dims, cross dims x 25 (standardised, divided by rows)
    double meanY[kEmotionDims] = {};
};

Problem prepare(const std::vector<Rows>& train) {
    Problem p;
    p.dims = train.front().dims;
    const auto n = static_cast<std::size_t>(p.dims);
    std::vector<double> squares(n, 0.0);
    p.meanX.assign(n, 0.0);
    double count = 0;
    for (const Rows& rows : train) {
        count += rows.count;
        for (int r = 0; r < rows.count; ++r) {
            for (std::size_t i = 0; i < n; ++i) {
                const double x = rows.x[static_cast<std::size_t>(r) * n + i];
                p.meanX[i] += x, squares[i] += x * x;
            }
            for (int d = 0; d < kEmotionDims; ++d) p.meanY[d] += rows.y[static_cast<std::size_t>(r * kEmotionDims + d)];
        }
    }
    p.scaleX.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        p.meanX[i] /= count;
        const double variance = squares[i] / count - p.meanX[i] * p.meanX[i];
        p.scaleX[i] = variance > 1e-10 ? 1 / std::sqrt(variance) : 0; // constant columns say nothing
    }
    for (double& y : p.meanY) y /= count;
    std::vector<float> gram(n * n, 0.f); // one clip in float, the sum over clips in double
    p.gram.assign(n * n, 0.0);
    p.cross.assign(n * kEmotionDims, 0.0);
    std::vector<float> x(n);
    for (const Rows& rows : train) {
        std::fill(gram.begin(), gram.end(), 0.f);
        for (int r = 0; r < rows.count; ++r) {
            for (std::size_t i = 0; i < n; ++i)
                x[i] = static_cast<float>((rows.x[static_cast<std::size_t>(r) * n + i] - p.meanX[i]) * p.scaleX[i]);
            for (std::size_t i = 0; i < n; ++i) {
                const float xi = x[i];
                float* line = gram.data() + i * n;
                for (std::size_t j = 0; j <= i; ++j) line[j] += xi * x[j];
                for (int d = 0; d < kEmotionDims; ++d)
                    p.cross[i * kEmotionDims + static_cast<std::size_t>(d)] +=
                        xi * (rows.y[static_cast<std::size_t>(r * kEmotionDims + d)] - p.meanY[d]) / count;
            }
        }
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j <= i; ++j) p.gram[i * n + j] += gram[i * n + j] / count;
    }
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < i; ++j) p.gram[j * n + i] = p.gram[i * n + j];
    return p;
}

using Columns = std::vector<int>;
struct Model {
    Columns columns;
    std::vector<double> weights; // columns x 25
};

Model fit(const Problem& p, const Columns& columns, double penalty) {
    Model m{columns, {}};
    std::vector<double> a;
    for (const int i : columns)
        for (const int j : columns)
            a.push_back(
                p.gram[static_cast<std::size_t>(i) * static_cast<std::size_t>(p.dims) + static_cast<std::size_t>(j)]);
    for (const int i : columns)
        for (int d = 0; d < kEmotionDims; ++d)
            m.weights.push_back(p.cross[static_cast<std::size_t>(i * kEmotionDims + d)]);
    if (!solveSymmetric(std::move(a), static_cast<int>(columns.size()), penalty, m.weights, kEmotionDims))
        m.weights.assign(columns.size() * kEmotionDims, 0.0);
    return m;
}

std::vector<float> predict(const Problem& p, const Model& m, const Rows& rows) {
    std::vector<float> out(rows.y.size());
    for (int r = 0; r < rows.count; ++r) {
        double sums[kEmotionDims];
        std::copy(std::begin(p.meanY), std::end(p.meanY), sums);
        for (std::size_t c = 0; c < m.columns.size(); ++c) {
            const auto i = static_cast<std::size_t>(m.columns[c]);
            const double x =
                (rows.x[static_cast<std::size_t>(r) * static_cast<std::size_t>(p.dims) + i] - p.meanX[i]) * p.scaleX[i];
            for (std::size_t d = 0; d < kEmotionDims; ++d) sums[d] += x * m.weights[c * kEmotionDims + d];
        }
        for (std::size_t d = 0; d < kEmotionDims; ++d)
            out[static_cast<std::size_t>(r) * kEmotionDims + d] = static_cast<float>(sums[d]);
    }
    return out;
}

RidgeScore score(const Problem& p, const Model& model, const std::vector<Rows>& rows, const std::vector<int>& scripts) {
    RidgeScore s;
    double residual = 0, total = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::vector<float> predicted = predict(p, model, rows[i]);
        double best = -1;
        for (std::size_t j = 0; j < rows.size(); ++j)
            if (scripts[j] == scripts[i] && rows[j].count == rows[i].count)
                best = std::max(best, cccOf(predicted, rows[j].y, rows[i].count));
        s.frCorr += 10 * best / static_cast<double>(rows.size());
        for (std::size_t k = 0; k < predicted.size(); ++k) {
            const double truth = rows[i].y[k], mean = p.meanY[k % kEmotionDims];
            residual += (truth - predicted[k]) * (truth - predicted[k]);
            total += (truth - mean) * (truth - mean);
        }
    }
    s.r2 = total > 0 ? 1 - residual / total : 0;
    return s;
}

} // namespace

bool solveSymmetric(std::vector<double> a, int n, double penalty, std::vector<double>& b, int m) {
    const auto at = [&](int i, int j) -> double& {
        return a[static_cast<std::size_t>(i) * static_cast<std::size_t>(n) + static_cast<std::size_t>(j)];
    };
    for (int i = 0; i < n; ++i) { // Cholesky, lower triangle
        for (int j = 0; j <= i; ++j) {
            double sum = at(i, j) + (i == j ? penalty : 0);
            for (int k = 0; k < j; ++k) sum -= at(i, k) * at(j, k);
            if (i == j) {
                if (!(sum > 0)) return false;
                at(i, i) = std::sqrt(sum);
            } else {
                at(i, j) = sum / at(j, j);
            }
        }
    }
    const auto rhs = [&](int i, int d) -> double& {
        return b[static_cast<std::size_t>(i) * static_cast<std::size_t>(m) + static_cast<std::size_t>(d)];
    };
    for (int d = 0; d < m; ++d) {
        for (int i = 0; i < n; ++i) {
            for (int k = 0; k < i; ++k) rhs(i, d) -= at(i, k) * rhs(k, d);
            rhs(i, d) /= at(i, i);
        }
        for (int i = n - 1; i >= 0; --i) {
            for (int k = i + 1; k < n; ++k) rhs(i, d) -= at(k, i) * rhs(k, d);
            rhs(i, d) /= at(i, i);
        }
    }
    return true;
}

RidgeResult ridge(const std::vector<ClipData>& clips) {
    std::vector<Rows> train, val, test;
    std::vector<int> valScripts, testScripts;
    for (const ClipData& clip : clips) {
        if (clip.hidden.empty() || clip.frames < 100) continue;
        if (clip.partition == "train") train.push_back(rowsOf(clip));
        else if (clip.partition == "val") val.push_back(rowsOf(clip)), valScripts.push_back(clip.script);
        else test.push_back(rowsOf(clip)), testScripts.push_back(clip.script);
    }
    RidgeResult result;
    result.trainClips = static_cast<int>(train.size());
    result.testClips = static_cast<int>(test.size());
    if (train.size() < 8 || val.empty() || test.empty()) return result;
    const Problem problem = prepare(train);
    const auto solve = [&](int begin, int end) {
        Columns columns;
        for (int i = begin * kLags; i < end * kLags; ++i)
            if (problem.scaleX[static_cast<std::size_t>(i)] > 0) columns.push_back(i);
        Model best;
        double bestScore = -1e9;
        for (const double penalty : {.01, .03, .1, .3, 1.0}) {
            Model model = fit(problem, columns, penalty);
            const double value = score(problem, model, val, valScripts).frCorr;
            if (value > bestScore) bestScore = value, best = std::move(model);
        }
        return score(problem, best, test, testScripts);
    };
    result.face = solve(0, kFaceDims);
    result.voice = solve(kFaceDims, kFaceDims + kVoiceDims);
    result.both = solve(0, kFaceDims + kVoiceDims);
    result.hidden = solve(kFaceDims + kVoiceDims, kFaceDims + kVoiceDims + kFeelings);
    result.valid = true;
    return result;
}

} // namespace emc::corpus
