#pragma once

#include <string>

#include "sim/replay/player.hpp"
#include "sim/resilience/circuit_breaker.hpp"

/// The players of the suite "circuit_breaker", a library each, and the words they share.
namespace shakedown::replay {

std::unique_ptr<Player> breakerOfResilience4j(vectors::Vector const& vector);
std::unique_ptr<Player> breakerOfGobreaker(vectors::Vector const& vector);
std::unique_ptr<Player> breakerOfPolly(vectors::Vector const& vector);
std::unique_ptr<Player> breakerOfHystrix(vectors::Vector const& vector);
std::unique_ptr<Player> accrualOfFinagle(vectors::Vector const& vector);
std::unique_ptr<Player> accrualOfLinkerd(vectors::Vector const& vector);

/// CLOSED, OPEN, HALF_OPEN, ...
char const* wordOf(resilience::BreakerMode mode);
resilience::BreakerMode modeOf(std::string const& word);
/// The time a step 'advance' adds: {ms}, {s} or {ns}.
Duration elapsedOf(Arguments const& args);
bool isGood(std::string const& outcome);

} // namespace shakedown::replay
