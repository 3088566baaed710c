#include "tests/properties/random_guards.hpp"

namespace shakedown::tests {

namespace {

std::string hedge(Chooser& choose) {
    FlowMap map;
    map.put("after",
            choose.oneIn(3) ? choose.word({"p50", "p95", "p99"}) : choose.milliseconds(0, 100));
    if (choose.oneIn(2)) {
        map.put("max", std::to_string(choose.number(1, 3)));
    }
    if (choose.oneIn(2)) {
        map.put("dialect",
                choose.word({"resilience4j", "grpc", "polly", "envoy", "istio", "tower"}));
    }
    return map.text();
}

std::string rateLimit(Chooser& choose) {
    FlowMap map;
    map.put("rate", choose.rate(1, 300));
    if (choose.oneIn(2)) {
        map.put("burst", std::to_string(choose.number(1, 30)));
    }
    if (choose.oneIn(2)) {
        map.put("max_wait", choose.milliseconds(0, 500));
    }
    if (choose.oneIn(2)) {
        map.put("dialect", choose.word({"resilience4j", "go", "envoy", "nginx", "aws-sdk"}));
    }
    return map.text();
}

std::string outlierDetection(Chooser& choose) {
    FlowMap map;
    std::string const dialect =
        choose.oneIn(2) ? choose.word({"envoy", "grpc", "istio", "haproxy", "nginx"}) : "";
    if (dialect != "grpc") {
        map.put("consecutive", std::to_string(choose.number(1, 6)));
    }
    map.put("interval", choose.milliseconds(50, 2000));
    map.put("eject_for", choose.milliseconds(50, 2000));
    map.put("max_ejected", choose.percent(0, 100));
    if (choose.oneIn(2)) {
        map.put("failure_rate", choose.percent(1, 100));
    }
    if (choose.oneIn(3)) {
        map.put("minimum_calls", std::to_string(choose.number(1, 20)));
    }
    if (!dialect.empty()) {
        map.put("dialect", dialect);
    }
    return map.text();
}

std::string order(Chooser& choose) {
    return choose.word({"[ retry, hedge, balance, timeout, circuit_breaker ]",
                        "[ circuit_breaker, retry ]", "[ deadline, bulkhead, retry ]",
                        "[ deadline, rate_limit, circuit_breaker, retry ]",
                        "[ balance, bulkhead, timeout, rate_limit, circuit_breaker, connection ]",
                        "[ deadline, timeout, retry ]"});
}

} // namespace

std::string randomBudget(Chooser& choose) {
    switch (choose.number(0, 2)) {
    case 0:
        return fmt::format("{{ ratio: {}, min_rate: {} }}", choose.percent(0, 60),
                           choose.rate(0, 5));
    case 1:
        return fmt::format("{{ percent: {}, min_concurrent: {} }}", choose.percent(0, 60),
                           choose.number(0, 4));
    default:
        return fmt::format("{{ tokens: {}, deposit: 0.{}, cost: {} }}", choose.number(1, 30),
                           choose.number(0, 9), choose.number(1, 3));
    }
}

void addRandomGuards(Chooser& choose, FlowMap& map) {
    if (choose.oneIn(8)) {
        map.put("client_throttle",
                choose.oneIn(6) ? "none"
                                : fmt::format("{{ k: 1.{}, window: {} }}", choose.number(0, 9),
                                              choose.milliseconds(100, 9000)));
    }
    if (choose.oneIn(6)) {
        map.put("rate_limit", choose.oneIn(8) ? "none" : rateLimit(choose));
    }
    if (choose.oneIn(5)) {
        map.put("hedge", choose.oneIn(8) ? "none" : hedge(choose));
    }
    if (choose.oneIn(5)) {
        map.put("outlier_detection", outlierDetection(choose));
    }
    if (choose.oneIn(6)) {
        map.put("connections", fmt::format("{{ max: {}, pending: {} }}", choose.number(1, 20),
                                           choose.number(0, 20)));
    }
    if (choose.oneIn(6)) {
        map.put("order", order(choose));
    }
}

} // namespace shakedown::tests
