#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/data/golden.h"

namespace emc {
using nlohmann::json;

namespace {

using Shape = std::vector<std::int64_t>;

std::size_t elementsOf(const Shape& shape) {
    std::size_t n = 1;
    for (std::int64_t extent : shape) n *= static_cast<std::size_t>(extent);
    return n;
}

// Numbers of one name: element i can be made alone.
struct Fill {
    std::uint64_t hash;
    Fill(std::string_view salt, const std::string& name) : hash(fillHash(salt, name)) {}
    double u(std::size_t i) const { return fillU(hash, i); }
    double v(std::size_t i) const { return 2 * u(i) - 1; }
};

// What the rules share: everything is made in double and cast last.
class Maker {
public:
    Maker(const GoldenCase& golden, const std::string& name)
        : m_case(golden), m_name(name),
          m_spec(golden.inputs.count(name) ? golden.inputs.at(name) : golden.noise.at(name)) {
        m_arguments = json::parse(m_spec.arguments);
    }

    std::vector<double> make() {
        // The part before '+' is the rule; the part after it writes over some places.
        const std::size_t plus = m_spec.transform.find('+');
        const std::string rule = m_spec.transform.substr(0, plus);
        std::vector<double> x = base(rule);
        const double scale = m_arguments.value("scale", 1.0);
        for (double& value : x) value = static_cast<double>(static_cast<float>(value * scale));
        if (rule == "left_pad") leftPad(x);
        if (rule == "zero_first_row") zeroFirstRow(x);
        if (plus != std::string::npos) overwrite(m_spec.transform.substr(plus + 1), x);
        return x;
    }

private:
    [[noreturn]] void unknown(const std::string& what) const {
        throw Error(ErrorKind::BadInput,
                    "the transform \"" + what + "\" is not known, and guessing would compare nonsense",
                    "case " + m_case.name + ", input " + m_name);
    }
    Fill fill(const std::string& suffix = {}) const { return {m_case.salt, m_spec.fillName + suffix}; }
    const Shape& shape() const { return m_spec.shape; }
    std::size_t count() const { return elementsOf(m_spec.shape); }
    // Values of another input before anything was written over it.
    std::vector<double> other(const std::string& name) const {
        if (!m_case.inputs.count(name)) unknown(m_spec.transform + " without an input " + name);
        GoldenCase plain = m_case;
        auto& transform = plain.inputs.at(name).transform;
        transform = transform.substr(0, transform.find('+'));
        return Maker(plain, name).make();
    }

    std::vector<double> base(const std::string& rule) {
        std::vector<double> x(count());
        const Fill f = fill();
        if (rule == "v")
            for (std::size_t i = 0; i < x.size(); ++i) x[i] = f.v(i);
        else if (rule == "u")
            for (std::size_t i = 0; i < x.size(); ++i) x[i] = f.u(i);
        else if (rule == "token")
            for (std::size_t i = 0; i < x.size(); ++i) x[i] = 2 + std::floor(1000 * f.u(i));
        else if (rule == "gauss") {
            const Fill a = fill("/a"), b = fill("/b"), c = fill("/c");
            for (std::size_t i = 0; i < x.size(); ++i) x[i] = 2 * (a.u(i) + b.u(i) + c.u(i) - 1.5);
        } else if (rule == "smooth") {
            const int rank = static_cast<int>(shape().size());
            x = smooth(f, shape(), m_arguments.value("axis", rank - 2), m_arguments.value("w", 25),
                       m_arguments.value("gain", 3.0));
        } else if (rule == "emotion") x = emotion();
        else if (rule == "neighbours") x = neighbours(f);
        else if (rule == "pred_mix") x = mix();
        else if (rule == "vggish") x = vggish();
        else if (rule == "left_pad" || rule == "zero_first_row") {
            const std::string inner = m_arguments.value("base", std::string("v"));
            if (inner == rule) unknown(rule + " of itself");
            x = base(inner);
        } else if (rule == "mfcc_wave") {
            for (std::size_t i = 0; i < x.size(); ++i) {
                const std::size_t frame = i / 1764;
                x[i] = (frame == 10 ? 0.0 : frame % 2 == 0 ? 0.02 : 0.3) * f.v(i);
            }
        } else if (rule == "w2v_wave") {
            const std::vector<double> mean = smooth(f, {static_cast<std::int64_t>(x.size()), 1}, 0, 8, 0);
            for (std::size_t i = 0; i < x.size(); ++i)
                x[i] = (0.1 + 0.1 * static_cast<double>((i / 3200) % 3)) * mean[i] + 0.02;
        } else unknown(rule);
        return x;
    }

    // clamp(gain * mean of v over the last w places along the axis); gain 0 = the mean itself.
    static std::vector<double> smooth(const Fill& f, const Shape& shape, int axis, int w, double gain) {
        if (axis < 0 || axis >= static_cast<int>(shape.size()) || w < 1)
            throw Error(ErrorKind::BadInput, "a smooth input has an impossible axis");
        std::size_t inner = 1, outer = 1;
        for (std::size_t d = 0; d < shape.size(); ++d)
            (static_cast<int>(d) < axis ? outer : inner) *= static_cast<std::size_t>(shape[d]);
        const auto length = static_cast<std::size_t>(shape[static_cast<std::size_t>(axis)]),
                   window = static_cast<std::size_t>(w);
        if (length > 0) inner /= length;
        std::vector<double> x(outer * length * inner);
        for (std::size_t i = 0; i < x.size(); ++i) x[i] = f.v(i);
        std::vector<double> line(length);
        for (std::size_t o = 0; o < outer; ++o)
            for (std::size_t n = 0; n < inner; ++n) {
                double* at = x.data() + o * length * inner + n;
                double sum = 0; // exact: the numbers are multiples of 2^-23
                for (std::size_t t = 0; t < length; ++t) {
                    sum += at[t * inner];
                    if (t >= window) sum -= at[(t - window) * inner];
                    const double mean = sum / static_cast<double>(std::min(t + 1, window));
                    line[t] = gain == 0 ? mean : std::clamp(gain * mean, -1.0, 1.0);
                }
                for (std::size_t t = 0; t < length; ++t) at[t * inner] = line[t];
            }
        return x;
    }

    std::vector<double> emotion() const {
        if (shape().size() < 2 || shape().back() != 25) unknown("emotion of another width");
        const auto frames = static_cast<std::size_t>(shape()[shape().size() - 2]), sets = count() / (frames * 25),
                   blocks = (frames + 24) / 25;
        const Fill au = fill("/au"), gate = fill("/gate"), ex = fill("/ex");
        const auto s64 = static_cast<std::int64_t>(sets), t64 = static_cast<std::int64_t>(frames);
        const std::vector<double> va = smooth(fill("/va"), {s64, t64, 2}, 1, 25, 3.0);
        std::vector<double> x(count());
        for (std::size_t s = 0; s < sets; ++s) {
            for (std::size_t t = 0; t < frames; ++t) {
                double* row = x.data() + (s * frames + t) * 25;
                for (std::size_t c = 0; c < 15; ++c)
                    row[c] = au.u((s * 15 + c) * blocks + t / 25) < 0.35 && gate.u(s * 15 + c) >= 0.04 ? 1 : 0;
                row[15] = va[(s * frames + t) * 2];
                row[16] = va[(s * frames + t) * 2 + 1];
                const std::size_t first = t >= 9 ? t - 9 : 0;
                double sum = 0;
                for (std::size_t c = 0; c < 8; ++c) {
                    double total = 0;
                    for (std::size_t p = first; p <= t; ++p) total += ex.u((s * frames + p) * 8 + c);
                    const double m = 0.05 + total / static_cast<double>(t - first + 1);
                    row[17 + c] = (m * m) * (m * m);
                    sum += row[17 + c];
                }
                for (std::size_t c = 0; c < 8; ++c) row[17 + c] /= sum;
            }
        }
        return x;
    }

    std::vector<double> neighbours(const Fill& f) const {
        if (shape().size() != 2 || shape()[0] != shape()[1]) unknown("neighbours that are not square");
        const auto n = static_cast<std::size_t>(shape()[0]);
        std::vector<double> x(n * n, 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            x[i * n + i] = 1;
            for (std::size_t m = 0; m < i % 5; ++m)
                x[i * n +
                  (i + 1 + static_cast<std::size_t>(std::floor(f.u(i * 4 + m) * static_cast<double>(n - 1)))) % n] = 1;
        }
        return x;
    }

    std::vector<double> mix() const {
        if (shape().size() != 4) unknown("pred_mix of another rank");
        const std::vector<double> target = other("target"), speaker = other("speaker"), wobble = other("wobble"),
                                  jitter = other("jitter");
        const auto K = static_cast<std::size_t>(shape()[1]), T = static_cast<std::size_t>(shape()[2]),
                   C = static_cast<std::size_t>(shape()[3]);
        if (wobble.size() != count() || jitter.size() != count() || target.size() * K != count() ||
            speaker.size() != target.size())
            unknown("pred_mix of inputs that do not fit");
        std::vector<double> x(count());
        for (std::size_t i = 0; i < x.size(); ++i) {
            const std::size_t c = i % C, t = i / C % T, k = i / C / T % K, n = i / C / T / K;
            const auto lag = static_cast<std::ptrdiff_t>((7 * n + 3 * k) % 41) - 20;
            const auto source =
                std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(t) - lag, 0, static_cast<std::ptrdiff_t>(T) - 1);
            x[i] = 0.35 * target[(n * T + t) * C + c] +
                   0.35 * speaker[(n * T + static_cast<std::size_t>(source)) * C + c] + 0.3 * wobble[i] +
                   0.05 * jitter[i];
        }
        return x;
    }

    std::vector<double> vggish() const {
        const Fill f = fill("_u");
        const auto width = static_cast<std::size_t>(shape().back()),
                   frames = static_cast<std::size_t>(shape()[shape().size() - 2]);
        std::vector<double> x(count());
        for (std::size_t i = 0; i < x.size(); ++i)
            x[i] = i % width == 0 && i / width % frames % 7 == 3 ? 0 : std::floor(256 * f.u(i));
        return x;
    }

    void leftPad(std::vector<double>& x) const {
        const auto keep = m_arguments.at("keep_rows").get<std::vector<std::int64_t>>();
        if (shape().size() < 2 || static_cast<std::int64_t>(keep.size()) != shape()[0])
            unknown("left_pad with keep_rows that do not fit");
        const auto rows = static_cast<std::size_t>(shape()[1]), row = count() / (keep.size() * rows);
        for (std::size_t b = 0; b < keep.size(); ++b) {
            const std::size_t padded =
                rows - static_cast<std::size_t>(std::clamp<std::int64_t>(keep[b], 0, shape()[1]));
            std::fill_n(x.begin() + static_cast<std::ptrdiff_t>(b * rows * row), padded * row, 0.0);
        }
    }

    void zeroFirstRow(std::vector<double>& x) const {
        if (shape().size() < 2) unknown("zero_first_row of a vector");
        const std::size_t row = static_cast<std::size_t>(shape().back()),
                          block = row * static_cast<std::size_t>(shape()[shape().size() - 2]);
        for (std::size_t at = 0; at < x.size(); at += block)
            std::fill_n(x.begin() + static_cast<std::ptrdiff_t>(at), row, 0.0);
    }

    // Writes `value` at every [n, (k,) t, c] of an array whose last two axes are (T, C) and whose first is n; -1 = all.
    void put(std::vector<double>& x, std::int64_t n, std::int64_t c0, std::int64_t c1, std::int64_t t0, std::int64_t t1,
             double value) const {
        const std::int64_t C = shape().back(), T = shape()[shape().size() - 2];
        const std::int64_t per = static_cast<std::int64_t>(count()) / shape()[0];
        if (n >= shape()[0]) return;
        for (std::int64_t i = n * per; i < (n + 1) * per; ++i) {
            const std::int64_t c = i % C, t = i / C % T;
            if (c >= c0 && c < c1 && t >= t0 && t < t1) x[static_cast<std::size_t>(i)] = value;
        }
    }

    void overwrite(const std::string& kind, std::vector<double>& x) const {
        constexpr std::int64_t all = 1 << 30;
        const double minus07 = static_cast<double>(-0.7f), plus03 = static_cast<double>(0.3f);
        if (kind == "const" && m_name == "target") put(x, 1, 3, 4, 0, all, 1), put(x, 2, 16, 17, 0, all, plus03);
        else if (kind == "const" && m_name == "pred") {
            put(x, 0, 5, 6, 0, all, 0.25), put(x, 2, 16, 17, 0, all, minus07);
            if (shape()[0] > 4) put(x, 4, 0, all, 0, all, 0.5);
        } else if (kind == "const" && m_name == "speaker")
            put(x, 1, 0, 1, 0, all, 0), put(x, 2, 0, 15, 0, all, 0), put(x, 2, 4, 5, 2, 7, 1);
        else if (kind == "tie") tie(x);
        else unknown(m_spec.transform + " of " + m_name);
    }

    void tie(std::vector<double>& x) const {
        const auto per = static_cast<std::ptrdiff_t>(count() / static_cast<std::size_t>(shape()[0]));
        const std::int64_t C = shape().back(), T = shape()[shape().size() - 2];
        const auto wave = [](std::int64_t t, std::int64_t c) { return (t * (1 + c % 3) + c) % 20 < 10 ? 1.0 : 0.0; };
        if (m_name == "neighbours") x[1] = x[static_cast<std::size_t>(C)] = 1;
        else if (m_name == "target") std::copy_n(x.begin(), per, x.begin() + per);
        else if (m_name == "speaker")
            for (std::int64_t i = 0; i < per; ++i) x[static_cast<std::size_t>(2 * per + i)] = wave(i / C % T, i % C);
        else if (m_name == "pred") {
            std::copy_n(x.begin(), per, x.begin() + per);
            const std::int64_t N = shape()[0], K = shape()[1], block = T * C;
            for (std::int64_t n = 0; n < N && K > 1; ++n)
                std::copy_n(x.begin() + n * K * block, block, x.begin() + (n * K + 1) * block);
            for (std::int64_t i = 0; i < per; ++i)
                x[static_cast<std::size_t>(2 * per + i)] = wave(((i / C % T) - 10 + T) % T, i % C);
        } else unknown(m_spec.transform + " of " + m_name);
    }

    const GoldenCase& m_case;
    std::string m_name;
    const GoldenInputSpec& m_spec;
    json m_arguments;
};

void verify(const GoldenCase& golden, const std::string& name, const GoldenInputSpec& spec,
            const std::vector<double>& x) {
    const json check = json::parse(spec.check);
    const auto differ = [](double a, double b) { return !(std::abs(a - b) <= 1e-7 * std::abs(b) + 1e-9); };
    bool wrong = x.empty();
    const auto first = check.at("first").get<std::vector<double>>();
    for (std::size_t i = 0; i < first.size() && i < x.size(); ++i) wrong |= differ(x[i], first[i]);
    double sum = 0, magnitude = 0;
    for (double value : x) sum += value, magnitude += std::abs(value);
    wrong |= differ(x.empty() ? 0 : x.back(), check.at("last").get<double>());
    wrong |= !(std::abs(sum - check.at("sum").get<double>()) <= 1e-9 * magnitude + 1e-9);
    if (wrong)
        throw Error(ErrorKind::BadInput,
                    "the input was not made as recorded: its check fails (sum " + std::to_string(sum) + ")",
                    "case " + golden.name + ", input " + name);
}

} // namespace

std::uint64_t fillHash(std::string_view salt, std::string_view name) {
    std::uint64_t h = 14695981039346656037ull;
    const auto take = [&](std::string_view text) {
        for (unsigned char c : text) h = (h ^ c) * 1099511628211ull;
    };
    take(salt), take("/"), take(name);
    return h;
}

double fillU(std::uint64_t hash, std::uint64_t index) {
    std::uint64_t z = hash + (index + 1) * 0x9E3779B97F4A7C15ull;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    z ^= z >> 31;
    return static_cast<double>(z >> 40) * 0x1p-24;
}

std::vector<float> fillParameter(std::string_view salt, std::string_view name, const Shape& shape) {
    for (bool again = true; again;) {
        again = false;
        for (std::string_view prefix : {"model.", "module.", "face_tokenizer.model.", "sound_feature_extractor.model."})
            if (name.starts_with(prefix)) name.remove_prefix(prefix.size()), again = true;
    }
    std::vector<float> x(elementsOf(shape));
    const std::string_view last = name.substr(name.rfind('.') + 1);
    const bool regnn = name.find("motor_processor") != std::string_view::npos;
    if (regnn && (last == "sign_s" || last == "version" || last == "_float_tensor" || last == "p")) {
        for (std::size_t i = 0; i < x.size(); ++i)
            x[i] = last == "sign_s"    ? 1.f
                   : last == "version" ? 2.f
                   : last == "p" && shape.size() == 2 &&
                           i / static_cast<std::size_t>(shape[1]) == i % static_cast<std::size_t>(shape[1])
                       ? 1.f
                       : 0.f;
        return x;
    }
    double offset = 0, gain = 0.1;
    if (last == "gated_alpha") gain = 0.3;
    else if (name.starts_with("motor_processor.Layers.") && name.ends_with(".attn_1.w")) offset = 1;
    else if (shape.size() >= 2)
        gain = std::sqrt(3.0 / static_cast<double>(elementsOf({shape.begin() + 1, shape.end()})));
    else if (shape.size() == 1 && name.ends_with("weight")) offset = 1;
    const Fill f(salt, std::string(name));
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(offset + gain * f.v(i));
    return x;
}

GoldenInputs GoldenCase::makeInputs() const {
    GoldenInputs made;
    for (const auto* group : {&inputs, &noise})
        for (const auto& [name, spec] : *group) {
            const std::vector<double> x = Maker(*this, name).make();
            verify(*this, name, spec, x);
            made[name] = {spec.shape, {x.begin(), x.end()}};
        }
    return made;
}

} // namespace emc
