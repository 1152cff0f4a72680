#pragma once
// The trainer's own random numbers: one 64-bit state (splitmix64), so that a data cursor is one number in a file and
// the sequence is the same everywhere.
#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace emc {

class RandomSource {
public:
    explicit RandomSource(std::uint64_t state) : m_state(state) {}
    std::uint64_t state() const { return m_state; }
    std::uint64_t next() {
        m_state += 0x9e3779b97f4a7c15ull;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; } // [0,1)
    // 0 ... n-1; the bias of the multiplication is below n / 2^53.
    int below(int n) { return static_cast<int>(uniform() * n); }
    std::vector<int> permutation(int n) {
        std::vector<int> order(static_cast<std::size_t>(n));
        std::iota(order.begin(), order.end(), 0);
        for (int i = n - 1; i > 0; --i)
            std::swap(order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(below(i + 1))]);
        return order;
    }

private:
    std::uint64_t m_state;
};

} // namespace emc
