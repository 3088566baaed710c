#pragma once

#include <cstdint>
#include <optional>

#include "scenarios/model/call_policy.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// How long to wait before the next attempt. Jitters as in M. Brooker, "Exponential Backoff And
/// Jitter" (AWS Architecture Blog, 2015): full U(0, v), equal v/2 + U(0, v/2), decorrelated
/// min(max, U(initial, 3 x previous)), with v = min(max, initial x factor^(n-1)).
enum class BackoffLaw : std::uint8_t {
    Plain,        // as above
    Resilience4j, // each wait cut to whole milliseconds; any jitter is a random half up or down
    Polly,        // any jitter is a quarter up or down, or decorrelated if waits grow; then the cap
    Grpc,         // a fifth up or down, after the cap
    Envoy,        // any jitter is whole milliseconds below the interval
    Tower         // up to 99 % more
};

/// A wait, and what the next one has to be told of it.
struct BackoffWait {
    Duration wait;
    Duration memory;
};

struct Backoff {
    Duration initial;
    double factor = 2;
    Duration max = Duration::none();
    model::Jitter jitter = model::Jitter::None;
    BackoffLaw law = BackoffLaw::Plain;

    /// Before attempt `attempt` + 1, after `attempt` (at least 1) have failed; `u` in (0, 1);
    /// `previous` is the last delay (zero before the first).
    Duration delay(int attempt, double u, Duration previous) const;
    /// The same as the law has it; `memory` is that of the wait before (zero before the first).
    BackoffWait next(int attempt, double u, Duration memory) const;
    /// Whether `memory` matters.
    bool remembers() const;
    /// Whether `u` matters.
    bool isDrawn() const;
    friend bool operator==(Backoff const&, Backoff const&) = default;
};

/// The scenario's keys, with the law of the dialect (the plain one if it has none of its own).
Backoff backoffOf(model::Backoff const& backoff, std::optional<model::Dialect> dialect);

} // namespace shakedown::resilience
