// A log of calls through one policy, counted by hand.
#include <catch2/catch.hpp>

#include "sim/replay/call_log.hpp"

using namespace shakedown;
using replay::LogDecision;
using replay::LogMoment;
using replay::LogPolicy;
using vectors::CallOutcome;
using vectors::LoggedCall;
using vectors::Value;

namespace {

// One call every `every` ms of `took` ms each; those at `failing` fail.
std::vector<LoggedCall> steady(int n, int every, int took, std::pair<int, int> failing) {
    std::vector<LoggedCall> calls;
    for (int i = 0; i < n; ++i) {
        LoggedCall call;
        call.begun = SimTime::at(Duration::milliseconds(i * every));
        call.took = Duration::milliseconds(took);
        bool const isBad = i >= failing.first && i < failing.second;
        call.outcome = isBad ? CallOutcome::Failure : CallOutcome::Success;
        call.host = "h" + std::to_string(i % 3);
        call.line = i + 2;
        calls.push_back(call);
    }
    return calls;
}

struct Heard {
    replay::LogTally tally;
    std::vector<std::string> changes; // "LINE STATE"
};

Heard put(std::vector<LoggedCall> const& calls, LogPolicy const& policy) {
    Heard heard;
    SimTime last;
    auto const tally = replay::replayCalls(calls, policy, [&](LogMoment const& moment) {
        CHECK(moment.at >= last);
        last = moment.at;
        if (moment.state != moment.stateBefore)
            heard.changes.push_back(std::to_string(moment.line) + " " + std::string(moment.state));
    });
    INFO((tally.ok() ? std::string() : tally.errors().front().message));
    REQUIRE(tally.ok());
    heard.tally = tally.value();
    return heard;
}

} // namespace

TEST_CASE("a breaker opens where the log's failures say so", "[replay][calls]") {
    // Calls 10 to 19 fail. The window of 10 holds 5 failures when call 14 (line 16) ends; it is
    // open for 100 ms, ten calls: 15 to 24. Call 25 and 26 are its two trials.
    Value const config = {{"slidingWindowSize", 10},
                          {"minimumNumberOfCalls", 10},
                          {"waitDurationInOpenState_ms", 101},
                          {"permittedNumberOfCallsInHalfOpenState", 2}};
    auto const heard =
        put(steady(40, 10, 1, {10, 20}), {"circuit_breaker", "resilience4j", config});
    CHECK(heard.changes == std::vector<std::string>{"16 OPEN", "27 HALF_OPEN", "28 CLOSED"});
    CHECK(heard.tally.refused == 10);
    CHECK(heard.tally.allowed == 30);
    CHECK(heard.tally.failuresAvoided == 5);
    CHECK(heard.tally.successesLost == 5);
}

TEST_CASE("every breaker reads a log", "[replay][calls]") {
    auto const calls = steady(2000, 10, 1, {300, 1500});
    for (auto const& dialect : replay::dialectsOfLogs("circuit_breaker")) {
        INFO(dialect);
        bool const hasMinimum = dialect == "polly_v8" || dialect == "resilience4j";
        Value const config = Value::object();
        auto const heard = put(calls, {"circuit_breaker", dialect, config});
        CHECK(heard.tally.allowed + heard.tally.refused == calls.size());
        CHECK(heard.tally.failuresAvoided > 0);
        CHECK((hasMinimum || heard.tally.failuresAvoided > heard.tally.successesLost));
        CHECK_FALSE(heard.changes.empty());
    }
}

TEST_CASE("Finagle sends one probe a penalty, and penalties grow", "[replay][calls]") {
    // A minute of failures, a call every 100 ms. Dead from .401 s on for 1, 2, 4, 8, 16, 32 s.
    Value const config = {{"numFailures", 5},
                          {"markDeadFor_exponential_initial_ms", 1000},
                          {"markDeadFor_exponential_max_ms", 60000}};
    auto const heard =
        put(steady(600, 100, 1, {0, 600}), {"circuit_breaker", "finagle_failure_accrual", config});
    CHECK(heard.tally.allowed == 5 + 5);
    CHECK(heard.changes
          == std::vector<std::string>{"6 DEAD", "17 PROBING", "17 DEAD", "38 PROBING", "38 DEAD",
                                      "79 PROBING", "79 DEAD", "160 PROBING", "160 DEAD",
                                      "321 PROBING", "321 DEAD"});
}

TEST_CASE("Finagle takes no result of a dead endpoint's stragglers", "[replay][calls]") {
    // Calls of 1 s: the fifth ends at 1.4 s, nine begun before that end until 2.3 s. Dead for 1 s
    // each: a probe at 2.4 s and, as it fails at 3.4 s, at 4.4 s.
    Value const config = {{"numFailures", 5}, {"markDeadFor_ms", 1000}};
    auto const heard =
        put(steady(45, 100, 1000, {0, 45}), {"circuit_breaker", "finagle_failure_accrual", config});
    CHECK(heard.changes
          == std::vector<std::string>{"6 DEAD", "26 PROBING", "26 DEAD", "46 PROBING", "46 DEAD"});
}

TEST_CASE("a call ends before another begins at the same instant", "[replay][calls]") {
    Value const one = {{"maxConcurrentCalls", 1}};
    CHECK(put(steady(100, 10, 10, {}), {"bulkhead", "", one}).tally.refused == 0);
    CHECK(put(steady(100, 10, 11, {}), {"bulkhead", "", one}).tally.refused == 50);
}

TEST_CASE("what a bulkhead refuses takes no permit", "[replay][calls]") {
    // Ten at once, four permits, of calls of 1 s.
    auto const heard = put(steady(10, 0, 1000, {0, 10}),
                           {"bulkhead", "hystrix_semaphore", {{"maxConcurrentRequests", 4}}});
    CHECK(heard.tally.allowed == 4);
    CHECK(heard.tally.refused == 6);
    CHECK(heard.tally.failuresAvoided == 6);
    CHECK(heard.changes == std::vector<std::string>{"5 FULL", "2 FREE"});
}

TEST_CASE("rate limiters read a log", "[replay][calls]") {
    struct Limiter {
        std::string dialect;
        Value config;
        std::size_t allowed; // of 100 calls 10 ms apart
    };
    auto const limiter = GENERATE(values<Limiter>({
        {"resilience4j",
         {{"limitForPeriod", 5}, {"limitRefreshPeriod_ms", 100}, {"timeoutDuration_ms", 0}},
         50},
        {"go_x_time_rate", {{"burst", 10}, {"rate_per_s", 20}}, 29},
        {"envoy_token_bucket", {{"max_tokens", 10}, {"fill_rate_per_s", 20}}, 29},
        {"nginx_limit_req", {{"rate_per_s", 20}, {"burst", 0}}, 20},
    }));
    INFO(limiter.dialect);
    auto calls = steady(100, 10, 1, {});
    for (auto& call : calls)
        call.host.clear();
    CHECK(put(calls, {"rate_limiter", limiter.dialect, limiter.config}).tally.allowed
          == limiter.allowed);
}

TEST_CASE("outlier detection ejects the host that fails", "[replay][calls]") {
    auto calls = steady(3000, 10, 1, {});
    for (auto& call : calls)
        if (call.host == "h1")
            call.outcome = CallOutcome::Failure;
    // Its fifth failure is call 13 (line 15); with a base of 5 s it is back at a sweep.
    Value const config = {
        {"base_ejection_time_ms", 5000}, {"interval_ms", 1000}, {"max_ejection_percent", 50}};
    auto const heard = put(calls, {"outlier_detection", "envoy", config});
    REQUIRE_FALSE(heard.changes.empty());
    CHECK(heard.changes.front() == "15 ejected: h1");
    CHECK(heard.tally.failuresAvoided == heard.tally.refused);
    CHECK(heard.tally.refused > 700); // of 1000 to h1

    for (auto& call : calls)
        call.host.clear();
    auto const without =
        replay::replayCalls(calls, {"outlier_detection", "envoy", config}, [](LogMoment const&) {});
    REQUIRE_FALSE(without.ok());
    CHECK(without.errors().front().message.find("needs a column 'host'") != std::string::npos);
}

TEST_CASE("a budget says which failures may be retried", "[replay][calls]") {
    // 1000 calls in 10 s, the last 300 fail: 20 % of the calls of the last 10 s, and 10 a second.
    auto const heard =
        put(steady(1000, 10, 1, {700, 1000}),
            {"retry", "", {{"minRetriesPerSec", 0}, {"percentCanRetry", 0.2}, {"ttl_s", 60}}});
    CHECK(heard.tally.allowed == 200);
    CHECK(heard.tally.refused == 100);
}

TEST_CASE("a policy of a log that cannot be played is refused", "[replay][calls]") {
    struct Wrong {
        LogPolicy policy;
        std::string said;
    };
    auto const wrong = GENERATE(values<Wrong>({
        {{"hedging", "", Value::object()}, "'hedging'"},
        {{"retry", "polly_v8", Value::object()}, "no dialect 'polly_v8'"},
        {{"circuit_breaker", "", {{"slidingWindow", 3}}}, "'slidingWindow' is not known"},
        {{"circuit_breaker", "", {{"failureRateThreshold", 101}}}, "refuses this configuration"},
        {{"bulkhead", "", {{"maxWaitDuration_ms", 5}}}, "maxWaitDuration is 0 here"},
        {{"outlier_detection", "", {{"interval_ms", 0}}}, "'interval' is at least 1 ms"},
    }));
    auto const result =
        replay::replayCalls(steady(3, 1, 1, {}), wrong.policy, [](LogMoment const&) {});
    REQUIRE_FALSE(result.ok());
    INFO(result.errors().front().message);
    CHECK(result.errors().front().message.find(wrong.said) != std::string::npos);
}
