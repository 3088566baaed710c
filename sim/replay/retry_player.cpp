#include <map>

#include "sim/replay/retry_players.hpp"
#include "sim/replay/suites.hpp"

namespace shakedown::replay {

std::unique_ptr<Player> retryPlayer(vectors::Vector const& vector) {
    static std::map<std::string_view, MakePlayer> const dialects = {
        {"resilience4j", retryOfResilience4j},
        {"grpc", retryOfGrpc},
        {"envoy", retryOfEnvoy},
        {"polly_v8", retryOfPolly},
        {"aws_jitter", retryOfAwsJitter},
        {"aws_adaptive", retryOfAwsAdaptive},
        {"aws_standard", retryOfAwsStandard},
        {"finagle_retry_budget", budgetOfFinagle},
        {"tower_tps_budget", budgetOfTower},
        {"sre", throttleOfSre},
        {"google_sre", throttleOfSre},
        {"sre_throttle", throttleOfSre},
        {"sre_adaptive_throttling", throttleOfSre},
    };
    auto const found = dialects.find(vector.dialect);
    return found == dialects.end() ? nullptr : found->second(vector);
}

} // namespace shakedown::replay
