#include "scenarios/model/call_policy.hpp"

#include <catch2/catch.hpp>

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::model;

namespace {

CallRule rule(std::string caller, std::string callee, std::string endpoint, CallPolicy policy) {
    CallRule made;
    made.name.caller = std::move(caller);
    made.name.callee.service = std::move(callee);
    made.name.callee.endpoint = std::move(endpoint);
    made.policy = std::move(policy);
    return made;
}

CallPolicy timeout(Duration limit) {
    CallPolicy policy;
    policy.timeout = limit;
    return policy;
}

CallPolicy retry(Retry pattern) {
    CallPolicy policy;
    policy.retry = std::move(pattern);
    return policy;
}

Retry attempts(int n) {
    Retry pattern;
    pattern.attempts = n;
    return pattern;
}

Retry retryOff() {
    Retry pattern;
    pattern.off = true;
    return pattern;
}

CallPolicy resolved(std::vector<CallRule> const& rules) {
    return resolveCall(rules, "site", false, {"autos", "search"}, {});
}

} // namespace

TEST_CASE("a call about which nothing is said has the defaults", "[model][call]") {
    CHECK(resolved({}) == callDefaults());
}

TEST_CASE("the nearer rule wins, in whatever order rules are written", "[model][call]") {
    std::vector<CallRule> const rules{
        rule("site", "autos", "search", timeout(5_s)), rule("*", "autos", "", timeout(2_s)),
        rule("site", "autos", "", timeout(4_s)), rule("site", "*", "", timeout(3_s)),
        rule("*", "*", "", timeout(1_s))};
    CHECK(resolved(rules).timeout == 5_s);
    CHECK(resolved({rules[1], rules[2], rules[3], rules[4]}).timeout == 4_s);
    CHECK(resolved({rules[1], rules[3], rules[4]}).timeout == 3_s);
    CHECK(resolved({rules[1], rules[4]}).timeout == 2_s);
    CHECK(resolved({rules[4]}).timeout == 1_s);
}

TEST_CASE("a star does not match a load", "[model][call]") {
    std::vector<CallRule> const rules{rule("*", "*", "", timeout(1_s))};
    CHECK(resolveCall(rules, "visitors", true, {"shop", "buy"}, {}).timeout->isNone());
}

TEST_CASE("what a step says wins over every rule", "[model][call]") {
    std::vector<CallRule> const rules{rule("site", "autos", "search", timeout(1_s))};
    CallPolicy const policy = resolveCall(rules, "site", false, {"autos", "search"}, timeout(9_s));
    CHECK(policy.timeout == 9_s);
}

TEST_CASE("patterns of two rules merge key by key", "[model][call]") {
    Retry onlyBackoff;
    onlyBackoff.backoff = Backoff{10_ms, std::nullopt, std::nullopt, std::nullopt};
    CallPolicy const policy = resolved(
        {rule("*", "*", "", retry(attempts(5))), rule("site", "*", "", retry(onlyBackoff))});
    CHECK(policy.retry->attempts == 5);
    CHECK(policy.retry->backoff->initial == 10_ms);
}

TEST_CASE("a pattern that speaks again after none starts from nothing", "[model][call]") {
    Retry spoken;
    spoken.avoidSameReplica = true;
    CallPolicy const policy =
        resolved({rule("*", "*", "", retry(attempts(5))), rule("site", "*", "", retry(retryOff())),
                  rule("site", "autos", "", retry(spoken))});
    CHECK(policy.retry == spoken);
}

TEST_CASE("a budget of another kind replaces the whole budget", "[model][call]") {
    Retry finagles = attempts(3);
    finagles.budget.emplace().ratio = Ratio::percent(20);
    Retry envoys;
    envoys.budget.emplace().percent = Ratio::percent(10);
    CallPolicy const policy = overlay(retry(finagles), retry(envoys));
    CHECK(policy.retry->attempts == 3);
    CHECK(policy.retry->budget == envoys.budget);
}

TEST_CASE("another balance policy forgets the choices of the first", "[model][call]") {
    CallPolicy under;
    under.balance = Balance{BalancePolicy::LeastRequest, 2};
    CallPolicy over;
    over.balance = Balance{BalancePolicy::Random, std::nullopt};
    CHECK(overlay(under, over).balance == over.balance);
}

TEST_CASE("a pattern that is there is completed with the format's values", "[model][call]") {
    CallPolicy const policy = completed(retry(attempts(4)));
    Retry expected = *patternDefaults().retry;
    expected.attempts = 4;
    expected.backoff.reset(); // not written: at once
    CHECK(policy.retry == expected);
    CHECK_FALSE(policy.circuitBreaker);
}

TEST_CASE("a backoff written in part takes the rest from the format", "[model][call]") {
    Retry partly;
    partly.backoff.emplace().initial = 25_ms;
    Backoff const backoff = *completed(retry(partly)).retry->backoff;
    CHECK(backoff == Backoff{25_ms, 2.0, 10_s, Jitter::Full});
}

TEST_CASE("a pattern that is off is not completed", "[model][call]") {
    CHECK(completed(retry(retryOff())).retry == retryOff());
}
