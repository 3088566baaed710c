#pragma once

#include <span>
#include <string_view>

#include "sim/replay/player.hpp"

namespace shakedown::replay {

/// One line a suite; a suite that stands here with no player has none yet.
struct SuiteRow {
    std::string_view name;
    MakePlayer make;
};

std::span<SuiteRow const> suites();

std::unique_ptr<Player> adaptiveLimitPlayer(vectors::Vector const& vector);
std::unique_ptr<Player> bulkheadPlayer(vectors::Vector const& vector);
std::unique_ptr<Player> circuitBreakerPlayer(vectors::Vector const& vector);
std::unique_ptr<Player> hedgingPlayer(vectors::Vector const& vector);
std::unique_ptr<Player> autoscalerPlayer(vectors::Vector const& vector);
std::unique_ptr<Player> loadBalancingPlayer(vectors::Vector const& vector);
std::unique_ptr<Player> outlierDetectionPlayer(vectors::Vector const& vector);
std::unique_ptr<Player> probesPlayer(vectors::Vector const& vector);
std::unique_ptr<Player> rateLimiterPlayer(vectors::Vector const& vector);
std::unique_ptr<Player> retryPlayer(vectors::Vector const& vector);
std::unique_ptr<Player> rolloutPlayer(vectors::Vector const& vector);

} // namespace shakedown::replay
