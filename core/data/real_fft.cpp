#include "core/data/real_fft.h"

#include <numbers>

namespace emc {

RealFft::RealFft(std::size_t size) : m_size(size) {
    const std::size_t half = size / 2;
    for (std::size_t i = 0; i < half; ++i) {
        std::size_t r = 0;
        for (std::size_t bit = 1; bit < half; bit <<= 1) r = r << 1 | ((i & bit) != 0);
        m_reversed.push_back(r);
        m_twiddles.push_back(
            std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(size)));
    }
}

// The real series goes as one complex series of half the length.
void RealFft::power(std::span<const double> x, std::span<double> power, std::vector<std::complex<double>>& work) const {
    const std::size_t half = m_size / 2;
    work.resize(half);
    std::complex<double>* z = work.data();
    for (std::size_t i = 0; i < half; ++i) z[i] = {x[2 * m_reversed[i]], x[2 * m_reversed[i] + 1]};
    for (std::size_t length = 2; length <= half; length *= 2) {
        const std::size_t stride = m_size / length;
        for (std::size_t start = 0; start < half; start += length) {
            for (std::size_t k = 0; k < length / 2; ++k) {
                const std::complex<double> w = m_twiddles[k * stride], a = z[start + k], b = z[start + k + length / 2];
                const std::complex<double> t{w.real() * b.real() - w.imag() * b.imag(),
                                             w.real() * b.imag() + w.imag() * b.real()};
                z[start + k] = a + t;
                z[start + k + length / 2] = a - t;
            }
        }
    }
    for (std::size_t k = 0; k < half; ++k) {
        const std::complex<double> a = z[k], b = std::conj(z[(half - k) % half]);
        const std::complex<double> even = 0.5 * (a + b),
                                   odd{0.5 * (a - b).imag(), -0.5 * (a - b).real()}; // odd = (a - b) / 2i
        const std::complex<double> w = m_twiddles[k];
        const double re = even.real() + w.real() * odd.real() - w.imag() * odd.imag();
        const double im = even.imag() + w.real() * odd.imag() + w.imag() * odd.real();
        power[k] = re * re + im * im;
    }
}

} // namespace emc
