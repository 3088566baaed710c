#pragma once

#include "scenarios/model/call_policy.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// How long to wait before the next attempt. Jitters as in M. Brooker, "Exponential Backoff And
/// Jitter" (AWS Architecture Blog, 2015): full U(0, v), equal v/2 + U(0, v/2), decorrelated
/// min(max, U(initial, 3 x previous)), with v = min(max, initial x factor^(n-1)).
struct Backoff {
    Duration initial;
    double factor = 2;
    Duration max = Duration::none();
    model::Jitter jitter = model::Jitter::None;

    /// Before attempt `attempt` + 1, after `attempt` (at least 1) have failed; `u` in (0, 1);
    /// `previous` is the last delay (zero before the first).
    Duration delay(int attempt, double u, Duration previous) const;
    friend bool operator==(Backoff const&, Backoff const&) = default;
};

} // namespace shakedown::resilience
namespace shakedown::resilience {
inline Backoff backoffOf(model::Backoff const& b, std::optional<model::Dialect>) {
    return {b.initial.value_or(Duration()), b.factor.value_or(2.0),
            b.max.value_or(Duration::none()), b.jitter.value_or(model::Jitter::None)};
}
} // namespace shakedown::resilience
