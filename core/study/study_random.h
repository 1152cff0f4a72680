#pragma once
// The generator of this folder: a value made from a seed, the same numbers on every machine.
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string_view>

namespace emc {

class StudyRandom {
public:
    explicit StudyRandom(std::uint64_t seed) : m_state(seed) {}
    // SplitMix64 (Steele, Lea, Flood 2014).
    std::uint64_t next() {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; } // [0, 1)
    int below(int n) { return static_cast<int>(uniform() * n); }
    double gaussian() {
        const double u = 1 - uniform(), v = uniform(); // u > 0
        return std::sqrt(-2 * std::log(u)) * std::cos(2 * std::numbers::pi * v);
    }

private:
    std::uint64_t m_state;
};

// A seed of its own for every thing that has a name.
inline std::uint64_t namedSeed(std::uint64_t seed, std::string_view name) {
    std::uint64_t hash = 0xCBF29CE484222325u; // FNV-1a
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    return StudyRandom(seed ^ hash).next();
}

} // namespace emc
