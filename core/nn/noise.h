#pragma once
// Noise and seeds of our own: the same numbers on every machine, device and torch version.
#include <cstdint>
#include <string_view>
#include <vector>

namespace emc {

std::uint64_t mixedSeed(std::uint64_t seed, std::uint64_t other); // splitmix64 of both
std::uint64_t textSeed(std::string_view text);                    // 64-bit FNV-1a
// n standard normal numbers (splitmix64, Box-Muller in double).
std::vector<float> gaussianNoise(std::uint64_t seed, std::size_t n);
std::vector<float> uniformNoise(std::uint64_t seed, std::size_t n); // [0,1)

} // namespace emc
