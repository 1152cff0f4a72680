#pragma once
// Power spectrum of real numbers, in double.
#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace emc {

class RealFft {
public:
    explicit RealFft(std::size_t size); // a power of two, at least 4
    std::size_t size() const { return m_size; }
    // |X_k|^2 of `x` (size() numbers) for k = 0 ... size()/2 - 1. `power` holds size()/2 numbers, `work` is scratch
    // that may be kept between calls. The object itself may be shared by threads.
    void power(std::span<const double> x, std::span<double> power, std::vector<std::complex<double>>& work) const;

private:
    std::size_t m_size;
    std::vector<std::size_t> m_reversed;          // size/2
    std::vector<std::complex<double>> m_twiddles; // exp(-2 pi i k / size), size/2
};

} // namespace emc
