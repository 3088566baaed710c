#pragma once

#include <cstdint>
#include <string>

namespace shakedown::tests {

/// A scenario of up to eight services, as YAML: every kind of step, policy, load, fault and
/// operation that can be simulated, in any mixture. Equal seeds give equal text.
std::string randomScenario(std::uint64_t seed);

/// The same scenario with one more service and a load of its own, which have nothing to do with
/// the others. They stand first, so that every number that the engine gives away shifts.
std::string withBystander(std::string const& scenario);
inline constexpr auto bystander = "aside";
inline constexpr auto bystanderLoad = "asiders";

} // namespace shakedown::tests
