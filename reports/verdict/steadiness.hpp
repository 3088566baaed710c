#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "reports/measure/outcomes.hpp"
#include "scenarios/vocabulary/time.hpp"

/// When a subject is in its steady state, second by second (SEMANTICS: rule 12).
namespace shakedown::verdict {

using Seconds = std::vector<measure::SecondTally>;

/// What was normal before a fault: means a second, and the p99 of the whole stretch.
struct Baseline {
    double offered = 0;
    double good = 0;
    Duration p99;
};

/// The whole seconds of the 30 s before `fault`, or since the end of the warm-up if that is later.
/// Nothing if there is no whole second, or if nothing good happened in any.
std::optional<Baseline> baselineBefore(Seconds const& seconds, SimTime warmupEnd, SimTime fault);

/// Goodput of at least 95 % of the baseline and p99 of at most 1.5 times. A second with fewer
/// arrivals than usual, but no fewer than chance explains (three deviations of Poisson arrivals),
/// is judged by the share of its arrivals that went well.
bool isSteady(Baseline const& baseline, measure::SecondTally const& second);

/// How long after `end` the first stretch of ten steady seconds begins; nothing if none does
/// before `runEnd`.
std::optional<Duration> recoveryAfter(Seconds const& seconds, Baseline const& baseline, SimTime end,
                                      SimTime runEnd);

/// Whether the subject was outside its steady state for three seconds on end in [from, to).
bool leftSteadyState(Seconds const& seconds, Baseline const& baseline, SimTime from, SimTime to);

} // namespace shakedown::verdict
