#pragma once
// The generator of the made corpus. Own code, because the distributions of <random> differ between standard libraries
// and the corpus must be the same everywhere. Every clip has its own stream, so the order of work and the number of
// workers change nothing.
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string_view>
#include <vector>

namespace emc::corpus {

class Random {
public:
    explicit Random(std::uint64_t seed) {
        for (std::uint64_t& word : m_state) word = split(seed);
    }
    // A stream for one purpose: ("script", 12), ("speaker", 12, 3), ...
    static Random stream(std::uint64_t seed, std::string_view purpose, std::uint64_t a = 0, std::uint64_t b = 0) {
        std::uint64_t hash = 1469598103934665603ull ^ split(seed);
        for (const char c : purpose) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
        hash ^= a * 0x9e3779b97f4a7c15ull;
        std::uint64_t mixed = split(hash) ^ b * 0xc2b2ae3d27d4eb4full;
        return Random(mixed);
    }
    std::uint64_t bits() { // xoshiro256**
        const std::uint64_t result = rotate(m_state[1] * 5, 7) * 9, t = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= t;
        m_state[3] = rotate(m_state[3], 45);
        return result;
    }
    double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    int below(int count) { return static_cast<int>(uniform() * count); }
    bool chance(double probability) { return uniform() < probability; }
    double normal() { return std::sqrt(-2 * std::log(1 - uniform())) * std::cos(2 * std::numbers::pi * uniform()); }
    double normal(double mean, double sd) { return mean + sd * normal(); }
    double exponential(double mean) { return -mean * std::log(1 - uniform()); }
    double logNormal(double median, double sigma) { return median * std::exp(sigma * normal()); }
    template <typename T>
    const T& pick(const std::vector<T>& items) {
        return items[static_cast<std::size_t>(below(static_cast<int>(items.size())))];
    }

private:
    static std::uint64_t rotate(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
    static std::uint64_t split(std::uint64_t& x) {
        std::uint64_t z = (x += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }
    std::uint64_t m_state[4];
};

// Mean 0, standard deviation 1, correlated over about `seconds`; one value per frame.
inline std::vector<double> smoothNoise(Random& random, int frames, double seconds, double rateHz = 25) {
    std::vector<double> noise(static_cast<std::size_t>(frames));
    const double keep = std::exp(-1 / (seconds * rateHz)), fresh = std::sqrt(1 - keep * keep);
    double value = random.normal();
    for (double& n : noise) n = value = keep * value + fresh * random.normal();
    return noise;
}

} // namespace emc::corpus
