// What the random scenarios are made of: a policy that none of them has is a policy that no
// property is held against.
#include <array>
#include <map>
#include <string>

#include <catch2/catch.hpp>

#include "scenarios/checking/call_sites.hpp"
#include "scenarios/model/enum_names.hpp"
#include "scenarios/reading/reader.hpp"
#include "tests/properties/random_scenario.hpp"

using namespace shakedown;
using namespace shakedown::model;

namespace {

constexpr std::uint64_t seeds = 300;
constexpr int fewest = 3;

// How often each key, and each word of some of them, is written.
class Tally {
public:
    void take(Scenario const& scenario) {
        for (auto const& rule : scenario.calls)
            take(rule.policy);
        for (auto const& site : checking::callSitesOf(scenario))
            take(*site.inlined);
        for (auto const& load : scenario.loads)
            note("load.key", load.key.has_value());
        for (auto const& service : scenario.services) {
            note("service.zones", !service.zones.empty());
            note("shards.by range", service.shards && !service.shards->ranges.empty());
            note("shards.count", service.shards && service.shards->ranges.empty());
        }
    }
    int of(std::string const& what) const {
        auto const found = counts_.find(what);
        return found == counts_.end() ? 0 : found->second;
    }

private:
    void note(std::string const& what, bool isThere) { counts_[what] += isThere ? 1 : 0; }
    template <class T>
    void note(std::string const& what, std::optional<T> const& said) {
        note(what, said.has_value());
    }
    template <class E>
    void word(std::string const& what, std::optional<E> const& said) {
        if (said)
            note(what + " " + std::string(toText(*said)), true);
    }
    template <class P>
    bool isThere(std::string const& name, std::optional<P> const& pattern) {
        note(name + " none", pattern && pattern->off);
        if (!pattern || pattern->off)
            return false;
        if constexpr (requires { pattern->dialect; })
            word(name + ".dialect", pattern->dialect);
        return true;
    }

    void take(CallPolicy const& p) {
        if (p.preset && *p.preset)
            word("preset", *p.preset);
        note("latency", p.latency);
        note("loss", p.loss);
        note("connect", p.connect);
        note("timeout", p.timeout);
        note("deadline", p.deadline);
        note("propagate_deadline", p.propagateDeadline);
        note("cancel", p.cancel);
        note("connections", p.connections);
        note("order", p.order);
        word("transport", p.transport);
        takeRetry(p);
        takeBreaker(p);
        takeLimits(p);
        takeChoice(p);
    }
    void takeRetry(CallPolicy const& p) {
        if (!isThere("retry", p.retry))
            return;
        note("retry.attempts", p.retry->attempts);
        note("retry.retry_on", p.retry->retryOn);
        note("retry.avoid_same_replica", p.retry->avoidSameReplica);
        if (p.retry->backoff) {
            note("backoff.factor", p.retry->backoff->factor);
            note("backoff.max", p.retry->backoff->max);
            word("backoff.jitter", p.retry->backoff->jitter);
        }
        if (p.retry->budget) {
            note("budget.ratio", p.retry->budget->ratio);
            note("budget.percent", p.retry->budget->percent);
            note("budget.tokens", p.retry->budget->tokens);
        }
    }
    void takeBreaker(CallPolicy const& p) {
        if (!isThere("circuit_breaker", p.circuitBreaker))
            return;
        auto const& b = *p.circuitBreaker;
        note("circuit_breaker.window", b.window);
        note("circuit_breaker.minimum_calls", b.minimumCalls);
        note("circuit_breaker.failure_rate", b.failureRate);
        note("circuit_breaker.slow_rate", b.slowRate);
        note("circuit_breaker.half_open_calls", b.halfOpenCalls);
        note("circuit_breaker.half_open_for", b.halfOpenFor && !b.halfOpenFor->isNone());
        note("circuit_breaker.half_open_for none", b.halfOpenFor && b.halfOpenFor->isNone());
        note("circuit_breaker.consecutive", b.consecutive);
        word("circuit_breaker.per", b.per);
        word("circuit_breaker.by_hand", b.byHand);
    }
    void takeLimits(CallPolicy const& p) {
        isThere("client_throttle", p.clientThrottle);
        if (isThere("bulkhead", p.bulkhead)) {
            note("bulkhead.max_wait", p.bulkhead->maxWait);
            note("bulkhead.threads", p.bulkhead->threads);
        }
        if (isThere("rate_limit", p.rateLimit)) {
            note("rate_limit.burst", p.rateLimit->burst);
            note("rate_limit.max_wait", p.rateLimit->maxWait);
        }
        if (isThere("fallback", p.fallback)) {
            note("fallback.work", p.fallback->work);
            word("fallback.answer", p.fallback->answer);
        }
    }
    void takeChoice(CallPolicy const& p) {
        if (isThere("hedge", p.hedge))
            note("hedge.max", p.hedge->max);
        if (isThere("outlier_detection", p.outlierDetection)) {
            note("outlier_detection.consecutive", p.outlierDetection->consecutive);
            note("outlier_detection.failure_rate", p.outlierDetection->failureRate);
            note("outlier_detection.minimum_calls", p.outlierDetection->minimumCalls);
        }
        if (isThere("slow_start", p.slowStart))
            note("slow_start.aggression", p.slowStart->aggression);
        if (!p.balance)
            return;
        word("balance", p.balance->policy);
        note("balance.choices", p.balance->choices);
        note("balance.weights", p.balance->weights);
        note("balance.bound", p.balance->bound);
        note("balance.size", p.balance->size);
        note("balance.first_round_trip", p.balance->firstRoundTrip);
        note("balance.decay", p.balance->decay);
    }

    std::map<std::string, int> counts_;
};

Tally const& tally() {
    static Tally const all = [] {
        Tally t;
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            auto const read = reading::readText(tests::randomScenario(seed), "random.yaml");
            INFO("seed " << seed);
            REQUIRE(read.scenario.has_value());
            t.take(*read.scenario);
        }
        return t;
    }();
    return all;
}

void holds(std::string const& what) {
    INFO(what);
    CHECK(tally().of(what) >= fewest);
}

} // namespace

TEST_CASE("random scenarios write every key of a call", "[properties][coverage]") {
    for (auto const* const key : {"latency",
                                  "loss",
                                  "connect",
                                  "timeout",
                                  "deadline",
                                  "propagate_deadline",
                                  "cancel",
                                  "connections",
                                  "order",
                                  "transport tcp",
                                  "transport datagram",
                                  "retry.attempts",
                                  "retry.retry_on",
                                  "retry.avoid_same_replica",
                                  "retry none",
                                  "backoff.factor",
                                  "backoff.max",
                                  "budget.ratio",
                                  "budget.percent",
                                  "budget.tokens",
                                  "circuit_breaker.window",
                                  "circuit_breaker.minimum_calls",
                                  "circuit_breaker.failure_rate",
                                  "circuit_breaker.slow_rate",
                                  "circuit_breaker.half_open_calls",
                                  "circuit_breaker.half_open_for",
                                  "circuit_breaker.half_open_for none",
                                  "circuit_breaker.consecutive",
                                  "circuit_breaker none",
                                  "client_throttle none",
                                  "bulkhead.max_wait",
                                  "bulkhead.threads",
                                  "rate_limit.burst",
                                  "rate_limit.max_wait",
                                  "rate_limit none",
                                  "fallback.work",
                                  "hedge.max",
                                  "hedge none",
                                  "outlier_detection.consecutive",
                                  "outlier_detection.failure_rate",
                                  "outlier_detection.minimum_calls",
                                  "slow_start.aggression",
                                  "balance.choices",
                                  "balance.weights",
                                  "balance.bound",
                                  "balance.size",
                                  "balance.first_round_trip",
                                  "balance.decay"})
        holds(key);
}

TEST_CASE("random scenarios write every word of a call's keys", "[properties][coverage]") {
    for (auto const& named : namesOf<Jitter>())
        holds("backoff.jitter " + std::string(named.name));
    for (auto const& named : namesOf<BreakerScope>())
        holds("circuit_breaker.per " + std::string(named.name));
    for (auto const& named : namesOf<BreakerByHand>())
        holds("circuit_breaker.by_hand " + std::string(named.name));
    for (auto const& named : namesOf<FallbackAnswer>())
        holds("fallback.answer " + std::string(named.name));
    for (auto const& named : namesOf<BalancePolicy>())
        holds("balance " + std::string(named.name));
}

TEST_CASE("random scenarios name every library", "[properties][coverage]") {
    for (auto const& named : namesOf<Dialect>())
        holds("preset " + std::string(named.name));
    std::map<std::string, std::vector<std::string>> const dialects = {
        {"retry",
         {"resilience4j", "polly", "grpc", "finagle", "linkerd", "aws-sdk", "tower", "envoy",
          "istio", "haproxy", "nginx"}},
        {"circuit_breaker",
         {"resilience4j", "polly", "gobreaker", "hystrix", "finagle", "linkerd"}},
        {"bulkhead", {"resilience4j", "polly", "hystrix", "envoy"}},
        {"rate_limit", {"resilience4j", "go", "envoy", "nginx", "aws-sdk"}},
        {"hedge", {"resilience4j", "grpc", "polly", "envoy", "istio", "tower"}},
        {"outlier_detection", {"envoy", "grpc", "istio", "haproxy", "nginx"}}};
    for (auto const& [pattern, names] : dialects)
        for (auto const& name : names)
            holds(pattern + ".dialect " + name);
}

TEST_CASE("random scenarios ask for keys, of shards and in zones", "[properties][coverage]") {
    for (auto const* const what : {"load.key", "service.zones", "shards.by range", "shards.count"})
        holds(what);
}
