#include "core/nn/noise.h"

#include <cmath>
#include <numbers>

namespace emc {

namespace {
constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15ull;

std::uint64_t scrambled(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}
double unit(std::uint64_t seed, std::uint64_t index) { // (0,1]
    return static_cast<double>((scrambled(seed + (index + 1) * kStep) >> 11) + 1) * 0x1p-53;
}
} // namespace

std::uint64_t mixedSeed(std::uint64_t seed, std::uint64_t other) {
    return scrambled(scrambled(seed + kStep) ^ (other + kStep));
}

std::uint64_t textSeed(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ull;
    for (const unsigned char c : text) hash = (hash ^ c) * 1099511628211ull;
    return hash;
}

std::vector<float> gaussianNoise(std::uint64_t seed, std::size_t n) {
    std::vector<float> values(n);
    for (std::size_t i = 0; i < n; i += 2) {
        const double radius = std::sqrt(-2.0 * std::log(unit(seed, i))),
                     angle = 2.0 * std::numbers::pi * unit(seed, i + 1);
        values[i] = static_cast<float>(radius * std::cos(angle));
        if (i + 1 < n) values[i + 1] = static_cast<float>(radius * std::sin(angle));
    }
    return values;
}

std::vector<float> uniformNoise(std::uint64_t seed, std::size_t n) {
    std::vector<float> values(n);
    for (std::size_t i = 0; i < n; ++i)
        values[i] = static_cast<float>(scrambled(seed + (i + 1) * kStep) >> 40) * 0x1p-24f;
    return values;
}

} // namespace emc
