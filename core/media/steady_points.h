#pragma once
// Takes the trembling out of landmarks: a low-pass whose cutoff rises with speed, so that a still face is still and a
// blink is not late. Source: the One Euro filter (Casiez, Roussel, Vogel, CHI 2012) with the settings that MediaPipe's
// face landmarker uses in video mode.
#include <cmath>
#include <numbers>
#include <vector>

namespace emc {

class SteadyPoints {
public:
    void forget() { m_value.clear(); }

    // In place. `size` of the face in the same unit as the points makes speed independent of how large the face is.
    void apply(std::vector<float>& points, double timeS, float size) {
        const double step = timeS - m_timeS;
        m_timeS = timeS;
        if (m_value.size() != points.size() || !(step > 0) || step > 1 ||
            !(size > 0)) { // a new face, or a jump in time
            m_value.assign(points.begin(), points.end());
            m_raw = m_value;
            m_speed.assign(points.size(), 0.0);
            return;
        }
        const double speedShare = share(kSpeedCutoffHz, step);
        for (std::size_t i = 0; i < points.size(); ++i) {
            const double speed = (points[i] - m_raw[i]) / size / step;
            m_raw[i] = points[i];
            m_speed[i] += speedShare * (speed - m_speed[i]);
            m_value[i] += share(kCutoffHz + kPerSpeed * std::abs(m_speed[i]), step) * (points[i] - m_value[i]);
            points[i] = static_cast<float>(m_value[i]);
        }
    }

private:
    static constexpr double kCutoffHz = 0.05, kPerSpeed = 80, kSpeedCutoffHz = 1;
    // Of a new value in a first-order low-pass.
    static double share(double cutoffHz, double step) { return 1 / (1 + 1 / (2 * std::numbers::pi * cutoffHz * step)); }

    std::vector<double> m_value, m_raw, m_speed;
    double m_timeS = 0;
};

} // namespace emc
