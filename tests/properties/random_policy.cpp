#include "tests/properties/random_policy.hpp"

#include "tests/properties/random_guards.hpp"

namespace shakedown::tests {

namespace {

std::string quoted(std::string const& text) {
    return '"' + text + '"';
}

std::string backoff(Chooser& choose) {
    int const initial = choose.number(1, 60);
    FlowMap map;
    map.put("initial", fmt::format("{}ms", initial));
    if (choose.oneIn(2)) {
        map.put("factor", choose.word({"1", "1.5", "2", "3"}));
    }
    if (choose.oneIn(2)) {
        map.put("max", fmt::format("{}ms", initial + choose.number(0, 400)));
    }
    if (choose.mostly()) {
        map.put("jitter", choose.word({"none", "full", "equal", "decorrelated"}));
    }
    return map.text();
}

std::string retry(Chooser& choose) {
    if (choose.oneIn(5)) {
        return choose.oneIn(4) ? "none" : std::to_string(choose.number(1, 4));
    }
    FlowMap map;
    map.put("attempts", std::to_string(choose.number(2, 4)));
    if (choose.mostly()) {
        map.put("backoff", backoff(choose));
    }
    if (choose.oneIn(3)) {
        map.put("retry_on", choose.word({"timeout", "error", "connect", "rejected",
                                         "[ timeout, rejected ]", "[ error, connect, timeout ]"}));
    }
    if (choose.oneIn(3)) {
        map.put("avoid_same_replica", choose.flag());
    }
    if (choose.oneIn(3)) {
        map.put("budget", randomBudget(choose));
    }
    if (choose.oneIn(2)) {
        map.put("dialect", choose.word({"resilience4j", "polly", "grpc", "finagle", "linkerd",
                                        "aws-sdk", "tower", "envoy", "istio", "haproxy", "nginx"}));
    }
    return map.text();
}

std::string circuitBreaker(Chooser& choose) {
    FlowMap map;
    if (choose.oneIn(2)) {
        map.put("window", choose.oneIn(2)
                              ? fmt::format("{{ calls: {} }}", choose.number(1, 60))
                              : fmt::format("{{ time: {} }}", choose.milliseconds(100, 5000)));
    }
    map.put("minimum_calls", std::to_string(choose.number(1, 30)));
    if (choose.mostly()) {
        map.put("failure_rate", choose.percent(1, 100));
    }
    if (choose.oneIn(4)) {
        map.put("slow_rate", choose.percent(5, 100));
        map.put("slow_after", choose.milliseconds(1, 200));
    }
    map.put("open_for", choose.milliseconds(50, 3000));
    if (choose.oneIn(2)) {
        map.put("half_open_calls", std::to_string(choose.number(1, 8)));
    }
    if (choose.oneIn(4)) {
        map.put("half_open_for", choose.oneIn(4) ? "none" : choose.milliseconds(50, 2000));
    }
    if (choose.oneIn(4)) {
        map.put("consecutive", std::to_string(choose.number(1, 8)));
    }
    if (choose.oneIn(3)) {
        map.put("per", choose.word({"caller_replica", "service", "replica", "shard"}));
    }
    if (choose.oneIn(3)) {
        map.put("dialect", choose.word({"resilience4j", "polly", "gobreaker", "hystrix", "finagle",
                                        "linkerd"}));
    }
    if (choose.oneIn(8)) {
        map.put("by_hand", choose.word({"auto", "forced_open", "disabled"}));
    }
    return map.text();
}

void addNetwork(Chooser& choose, FlowMap& map) {
    if (choose.oneIn(3)) {
        map.put("latency", randomDistribution(choose, choose.number(0, 8)));
    }
    if (choose.oneIn(5)) {
        map.put("transport", choose.word({"tcp", "datagram"}));
    }
    if (choose.oneIn(6)) {
        map.put("loss", choose.percent(0, 20));
    }
    if (choose.oneIn(6)) {
        map.put("connect", randomDistribution(choose, choose.number(0, 8)));
    }
    if (choose.oneIn(4)) {
        map.put("balance", choose.word({"round_robin", "random", "least_request",
                                        "{ policy: least_request, choices: 2 }",
                                        "{ policy: least_request, choices: all }", "{ choices: 3 }",
                                        "ring_hash", "{ policy: ring_hash, bound: 120%, size: 64 }",
                                        "{ policy: maglev, size: 251 }", "zone_aware", "peak_ewma",
                                        "{ policy: weighted, weights: [ 5, 1, 1 ] }",
                                        "{ policy: peak_ewma, first_round_trip: 5ms, decay: 2s }",
                                        "{ policy: least_request, weights: [ 1, 3 ] }"}));
    }
    if (choose.oneIn(8)) {
        map.put("slow_start", choose.oneIn(2) ? choose.milliseconds(1, 5000)
                                              : fmt::format("{{ window: {}, aggression: {} }}",
                                                            choose.milliseconds(1, 5000),
                                                            choose.word({"0.5", "1", "2"})));
    }
}

void addTimes(Chooser& choose, FlowMap& map) {
    if (choose.oneIn(3)) {
        map.put("timeout", choose.oneIn(10) ? "none" : choose.milliseconds(1, 800));
    }
    if (choose.oneIn(5)) {
        map.put("deadline", choose.milliseconds(2, 1500));
    }
    if (choose.oneIn(6)) {
        map.put("propagate_deadline", choose.flag());
    }
    if (choose.oneIn(4)) {
        map.put("cancel", choose.flag());
    }
}

void addPatterns(Chooser& choose, FlowMap& map) {
    if (choose.oneIn(3)) {
        map.put("retry", retry(choose));
    }
    if (choose.oneIn(5)) {
        map.put("circuit_breaker", choose.oneIn(8) ? "none" : circuitBreaker(choose));
    }
    if (choose.oneIn(5)) {
        FlowMap bulkhead;
        bulkhead.put("max_concurrent", std::to_string(choose.number(0, 20)));
        if (choose.oneIn(2)) {
            bulkhead.put("max_wait", choose.oneIn(6) ? "none" : choose.milliseconds(0, 300));
        }
        if (choose.oneIn(4)) {
            bulkhead.put("threads", std::to_string(choose.number(1, 20)));
            bulkhead.put("queue", std::to_string(choose.number(0, 20)));
        }
        if (choose.oneIn(2)) {
            bulkhead.put("dialect", choose.word({"resilience4j", "polly", "hystrix", "envoy"}));
        }
        map.put("bulkhead", bulkhead.text());
    }
    if (choose.oneIn(5)) {
        FlowMap fallback;
        fallback.put("answer", choose.word({"degraded", "ok", "fail"}));
        if (choose.oneIn(2)) {
            fallback.put("work", randomDistribution(choose, choose.number(0, 4)));
        }
        map.put("fallback", fallback.text());
    }
}

} // namespace

std::string randomDistribution(Chooser& choose, int milliseconds) {
    int const m = milliseconds;
    switch (choose.number(0, 9)) {
    case 0:
        return fmt::format("{}ms", m);
    case 1:
        return quoted(fmt::format("constant({}ms)", m));
    case 2:
        return quoted(fmt::format("uniform({}ms, {}ms)", m / 2, m + m / 2 + 1));
    case 3:
        return quoted(fmt::format("normal({}ms, {}ms)", m + 1, m / 2 + 1));
    case 4:
        return quoted(fmt::format("lognormal(median {}ms, p99 {}ms)", m + 1, 5 * m + 2));
    case 5:
        return quoted(fmt::format("gamma(mean {}ms, cv 1.{})", m + 1, choose.number(0, 9)));
    case 6:
        return quoted(fmt::format("weibull({}ms, 1.{})", m + 1, choose.number(0, 9)));
    case 7:
        return quoted(fmt::format("pareto({}ms, 2.{})", m / 2 + 1, choose.number(0, 9)));
    case 8:
        return quoted(fmt::format("hyperexponential(90% {}ms, 10% {}ms)", m / 2 + 1, 5 * m + 1));
    default:
        return quoted(fmt::format("exponential({}ms)", m + 1));
    }
}

void addRandomPolicy(Chooser& choose, FlowMap& map) {
    if (choose.oneIn(5)) {
        map.put("preset", choose.word({"resilience4j", "polly", "gobreaker", "hystrix", "envoy",
                                       "istio", "grpc", "finagle", "linkerd", "aws-sdk", "tower",
                                       "go", "nginx", "haproxy", "kubernetes", "none"}));
    }
    addNetwork(choose, map);
    addTimes(choose, map);
    addPatterns(choose, map);
    addRandomGuards(choose, map);
}

} // namespace shakedown::tests
