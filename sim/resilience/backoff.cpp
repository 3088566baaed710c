#include "sim/resilience/backoff.hpp"

#include <algorithm>

namespace shakedown::resilience {

Duration Backoff::delay(int attempt, double u, Duration previous) const {
    if (initial <= Duration())
        return Duration();
    double const cap = max.isNone() ? 1e9 : max.inSeconds();
    double const base = initial.inSeconds();
    if (jitter == model::Jitter::Decorrelated) {
        double const last = previous > Duration() ? previous.inSeconds() : base;
        return Duration::fromSeconds(std::min(cap, base + u * std::max(0.0, 3 * last - base)));
    }
    double v = base;
    for (int i = 1; i < attempt && v < cap; ++i)
        v *= factor;
    v = std::min(v, cap);
    if (jitter == model::Jitter::Full)
        v *= u;
    if (jitter == model::Jitter::Equal)
        v = v / 2 + u * v / 2;
    return Duration::fromSeconds(v);
}

} // namespace shakedown::resilience
