#include <map>

#include "sim/replay/breaker_players.hpp"
#include "sim/replay/suites.hpp"

namespace shakedown::replay {

using resilience::BreakerMode;

namespace {

std::map<std::string_view, BreakerMode> const& modes() {
    static std::map<std::string_view, BreakerMode> const words = {
        {"CLOSED", BreakerMode::Closed},      {"OPEN", BreakerMode::Open},
        {"HALF_OPEN", BreakerMode::HalfOpen}, {"FORCED_OPEN", BreakerMode::ForcedOpen},
        {"DISABLED", BreakerMode::Disabled},  {"METRICS_ONLY", BreakerMode::MetricsOnly},
        {"ISOLATED", BreakerMode::ForcedOpen}};
    return words;
}

} // namespace

char const* wordOf(BreakerMode mode) {
    switch (mode) {
    case BreakerMode::Closed:
        return "CLOSED";
    case BreakerMode::Open:
        return "OPEN";
    case BreakerMode::HalfOpen:
        return "HALF_OPEN";
    case BreakerMode::ForcedOpen:
        return "FORCED_OPEN";
    case BreakerMode::Disabled:
        return "DISABLED";
    case BreakerMode::MetricsOnly:
        return "METRICS_ONLY";
    }
    return "CLOSED";
}

BreakerMode modeOf(std::string const& word) {
    auto const found = modes().find(word);
    if (found == modes().end())
        throw Unplayable("'" + word + "' is no state of a circuit breaker");
    return found->second;
}

Duration elapsedOf(Arguments const& args) {
    for (auto const& [key, unit] : {std::pair{"ns", 1e-9}, {"ms", 1e-3}, {"s", 1.0}})
        if (args.has(key))
            return Duration::fromSeconds(args.number(key) * unit);
    throw Unplayable("'advance' says no time");
}

bool isGood(std::string const& outcome) {
    if (outcome == "success" || outcome == "error_not_recorded")
        return true;
    if (outcome == "failure")
        return false;
    throw Unplayable("'" + outcome + "' is no outcome of a call");
}

std::unique_ptr<Player> circuitBreakerPlayer(vectors::Vector const& vector) {
    static std::map<std::string_view, MakePlayer> const dialects = {
        {"resilience4j", breakerOfResilience4j},
        {"gobreaker", breakerOfGobreaker},
        {"polly_v8", breakerOfPolly},
        {"hystrix", breakerOfHystrix},
        {"finagle_failure_accrual", accrualOfFinagle},
        {"linkerd", accrualOfLinkerd},
        {"linkerd_failure_accrual", accrualOfLinkerd},
        {"linkerd_consecutive_failures", accrualOfLinkerd},
        {"linkerd_unified", accrualOfLinkerd},
        {"linkerd2_proxy", accrualOfLinkerd},
    };
    auto const found = dialects.find(vector.dialect);
    return found == dialects.end() ? nullptr : found->second(vector);
}

} // namespace shakedown::replay
