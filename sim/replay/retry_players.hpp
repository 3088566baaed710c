#pragma once

#include "sim/replay/player.hpp"

/// The players of the suite "retry", a library each.
namespace shakedown::replay {

std::unique_ptr<Player> retryOfResilience4j(vectors::Vector const& vector);
std::unique_ptr<Player> retryOfGrpc(vectors::Vector const& vector);
std::unique_ptr<Player> retryOfEnvoy(vectors::Vector const& vector);
std::unique_ptr<Player> retryOfPolly(vectors::Vector const& vector);
std::unique_ptr<Player> retryOfAwsJitter(vectors::Vector const& vector);
std::unique_ptr<Player> retryOfAwsAdaptive(vectors::Vector const& vector);
std::unique_ptr<Player> retryOfAwsStandard(vectors::Vector const& vector);
std::unique_ptr<Player> budgetOfFinagle(vectors::Vector const& vector);
std::unique_ptr<Player> budgetOfTower(vectors::Vector const& vector);
std::unique_ptr<Player> throttleOfSre(vectors::Vector const& vector);

} // namespace shakedown::replay
