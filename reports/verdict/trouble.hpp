#pragma once

/// From which share of attempts or requests without success on somebody is in trouble, for all who
/// say so in words or colours.
namespace shakedown::verdict {

inline constexpr double strainedFrom = 0.01;
inline constexpr double failingFrom = 0.1;

} // namespace shakedown::verdict
