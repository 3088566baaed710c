#include "scenarios/model/presets.hpp"

#include <catch2/catch.hpp>

#include <set>

#include "scenarios/model/enum_names.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::model;

namespace {

CallPolicy with(Dialect preset) {
    CallPolicy policy;
    policy.preset = PresetChoice(preset);
    return policy;
}

CallRule anyCall(CallPolicy policy) {
    CallRule rule;
    rule.name.caller = "*";
    rule.name.callee.service = "*";
    rule.policy = std::move(policy);
    return rule;
}

// The policy of a call of which the step says `said`.
CallPolicy finally(CallPolicy const& said, std::vector<CallRule> const& rules = {}) {
    return completed(resolveCall(rules, "site", false, {"autos", "search"}, said));
}

} // namespace

TEST_CASE("each dialect has a preset, and it stands at its place", "[model][presets]") {
    auto const names = namesOf<Dialect>();
    REQUIRE(presets().size() == names.size());
    for (auto const& named : names) {
        CAPTURE(named.name);
        CHECK(presetOf(named.value).dialect == named.value);
        CHECK_FALSE(presetOf(named.value).library.empty());
    }
}

TEST_CASE("every published value has a source, and sets something", "[model][presets]") {
    for (auto const& preset : presets()) {
        for (auto const* list : {&preset.always, &preset.written, &preset.otherwise}) {
            std::set<std::string> keys;
            for (auto const& value : *list) {
                CAPTURE(preset.library, value.key);
                CallPolicy policy;
                value.set(policy);
                CHECK_FALSE(policy == CallPolicy());
                CHECK(value.source.size() > 5);
                CHECK(keys.insert(value.key).second);
            }
        }
        for (auto const& fact : preset.facts) {
            CAPTURE(preset.library, fact.text);
            CHECK(fact.text.ends_with('.'));
            CHECK_FALSE(fact.source.empty());
        }
    }
}

TEST_CASE("values of another kind say when they hold", "[model][presets]") {
    for (auto const& preset : presets()) {
        for (auto const& value : preset.otherwise) {
            CAPTURE(preset.library, value.key);
            CHECK_FALSE(value.when.empty());
        }
    }
}

TEST_CASE("libraries that are only called do nothing by themselves", "[model][presets]") {
    for (auto const dialect :
         {Dialect::Resilience4j, Dialect::Polly, Dialect::Gobreaker, Dialect::Tower, Dialect::Go}) {
        CAPTURE(toText(dialect));
        CallPolicy expected = callDefaults();
        expected.preset = PresetChoice(dialect);
        CHECK(finally(with(dialect)) == expected);
    }
}

TEST_CASE("Hystrix limits, breaks and times out with nothing configured", "[model][presets]") {
    CallPolicy const policy = finally(with(Dialect::Hystrix));
    CHECK(policy.timeout == 1_s);
    CHECK(policy.circuitBreaker->dialect == Dialect::Hystrix);
    CHECK(policy.circuitBreaker->window->time == 10_s);
    CHECK(policy.circuitBreaker->minimumCalls == 20);
    CHECK(policy.circuitBreaker->openFor == 5_s);
    CHECK(policy.bulkhead->threads == 10);
    CHECK(policy.bulkhead->queue == 0);
    CHECK_FALSE(policy.bulkhead->maxConcurrent);
    CHECK_FALSE(policy.retry);
}

TEST_CASE("Istio retries twice and picks the less busy of two", "[model][presets]") {
    CallPolicy const policy = finally(with(Dialect::Istio));
    CHECK(policy.retry->attempts == 3);
    CHECK(policy.retry->retryOn == std::vector{RetryOn::Connect, RetryOn::Rejected});
    CHECK(policy.retry->avoidSameReplica == true);
    CHECK(policy.retry->backoff == Backoff{25_ms, 2.0, 250_ms, Jitter::Full});
    CHECK_FALSE(policy.retry->budget);
    CHECK(policy.balance == Balance{BalancePolicy::LeastRequest, 2});
    CHECK(policy.timeout->isNone());
    CHECK(policy.deadline->isNone());
    CHECK_FALSE(policy.outlierDetection);
}

TEST_CASE("Envoy ends a request after 15 s and bounds its pool", "[model][presets]") {
    CallPolicy const policy = finally(with(Dialect::Envoy));
    CHECK(policy.deadline == 15_s);
    CHECK(policy.propagateDeadline == false);
    CHECK(policy.connections == Connections{1024, 1024});
    CHECK_FALSE(policy.retry);
}

TEST_CASE("Finagle has a budget and failure accrual from the start", "[model][presets]") {
    CallPolicy const policy = finally(with(Dialect::Finagle));
    CHECK(policy.retry->budget->ratio == Ratio::percent(20));
    CHECK(policy.retry->budget->minRate == Rate::perSecond(10));
    CHECK(policy.circuitBreaker->consecutive == 5);
    CHECK(policy.circuitBreaker->per == BreakerScope::Replica);
}

TEST_CASE("the AWS SDK retries from its quota", "[model][presets]") {
    CallPolicy const policy = finally(with(Dialect::AwsSdk));
    CHECK(policy.retry->attempts == 3);
    CHECK(policy.retry->backoff == Backoff{1_s, 2.0, 20_s, Jitter::Full});
    CHECK(policy.retry->budget->tokens == 500);
    CHECK(policy.retry->budget->cost == 5);
}

TEST_CASE("what is said wins over the preset", "[model][presets]") {
    CallPolicy said = with(Dialect::Hystrix);
    said.timeout = 3_s;
    said.circuitBreaker.emplace().off = true;
    said.bulkhead.emplace().threads = 4;
    CallPolicy const policy = finally(said);
    CHECK(policy.timeout == 3_s);
    CHECK(policy.circuitBreaker->off);
    CHECK(policy.bulkhead->threads == 4);
    CHECK(policy.bulkhead->queue == 0);
}

TEST_CASE("what a weaker rule says wins over the preset of a stronger one", "[model][presets]") {
    CallPolicy everywhere;
    everywhere.timeout = 7_s;
    everywhere.bulkhead.emplace().off = true;
    CallPolicy const policy = finally(with(Dialect::Hystrix), {anyCall(everywhere)});
    CHECK(policy.timeout == 7_s);
    CHECK(policy.bulkhead->off);
}

TEST_CASE("the strongest rule that names a preset wins", "[model][presets]") {
    CallPolicy const policy = finally(with(Dialect::Polly), {anyCall(with(Dialect::Hystrix))});
    CHECK(policy.timeout->isNone());
    CHECK_FALSE(policy.bulkhead);
}

TEST_CASE("no preset takes back the preset of a weaker rule", "[model][presets]") {
    CallPolicy none;
    none.preset = PresetChoice();
    none.retry.emplace();
    CallPolicy const policy = finally(none, {anyCall(with(Dialect::Hystrix))});
    CHECK(policy.timeout->isNone());
    CHECK_FALSE(policy.bulkhead);
    CHECK_FALSE(policy.retry->dialect);
}

TEST_CASE("a preset gives the patterns that are written its dialect and values",
          "[model][presets]") {
    CallPolicy said = with(Dialect::Polly);
    said.retry.emplace().attempts = 2;
    said.circuitBreaker.emplace().openFor = 1_s;
    CallPolicy const policy = finally(said);
    CHECK(policy.retry->dialect == Dialect::Polly);
    CHECK(policy.retry->attempts == 2);
    CHECK(policy.retry->backoff->initial == 2_s);
    CHECK(policy.circuitBreaker->dialect == Dialect::Polly);
    CHECK(policy.circuitBreaker->failureRate == Ratio::percent(10));
    CHECK(policy.circuitBreaker->openFor == 1_s);
    CHECK(policy.circuitBreaker->per == BreakerScope::CallerReplica);
    CHECK_FALSE(policy.circuitBreaker->slowRate); // Polly has none
}

TEST_CASE("a pattern of another dialect takes that dialect's values", "[model][presets]") {
    CallPolicy said = with(Dialect::Hystrix);
    said.circuitBreaker.emplace().dialect = Dialect::Gobreaker;
    CircuitBreaker const breaker = *finally(said).circuitBreaker;
    CHECK(breaker.dialect == Dialect::Gobreaker);
    CHECK(breaker.consecutive == 6);
    CHECK(breaker.openFor == 60_s);
    CHECK_FALSE(breaker.failureRate);
    CHECK_FALSE(breaker.window);
}

TEST_CASE("a dialect fills its pattern without any preset", "[model][presets]") {
    CallPolicy said;
    said.outlierDetection.emplace().dialect = Dialect::Nginx;
    OutlierDetection const outliers = *finally(said).outlierDetection;
    CHECK(outliers.consecutive == 1);
    CHECK(outliers.ejectFor == 10_s);
    CHECK(outliers.maxEjected == Ratio::percent(100));
}

TEST_CASE("a pattern that the library does not have keeps the format's values",
          "[model][presets]") {
    CallPolicy said = with(Dialect::Hystrix);
    said.retry.emplace();
    Retry expected = *patternDefaults().retry;
    expected.backoff.reset();
    CHECK(finally(said).retry == expected);
}

TEST_CASE("a failure rate replaces gobreaker's run of failures", "[model][presets]") {
    CallPolicy said = with(Dialect::Gobreaker);
    said.circuitBreaker.emplace().failureRate = Ratio::percent(60);
    CHECK_FALSE(finally(said).circuitBreaker->consecutive);
}

TEST_CASE("a bulkhead takes the values of its kind", "[model][presets]") {
    CallPolicy semaphore = with(Dialect::Hystrix);
    semaphore.bulkhead.emplace().maxConcurrent = 30;
    Bulkhead const limited = *finally(semaphore).bulkhead;
    CHECK_FALSE(limited.threads);
    CHECK(limited.maxWait == 0_s);
    CHECK(limited.dialect == Dialect::Hystrix);

    CallPolicy threads = with(Dialect::Resilience4j);
    threads.bulkhead.emplace().threads = 4;
    Bulkhead const pool = *finally(threads).bulkhead;
    CHECK(pool.queue == 100);
    CHECK_FALSE(pool.maxConcurrent);
}

TEST_CASE("Envoy's three retries at once give way to a budget that is written",
          "[model][presets]") {
    CallPolicy said = with(Dialect::Envoy);
    said.retry.emplace();
    CHECK(finally(said).retry->budget->percent == Ratio::percent(0));
    CHECK(finally(said).retry->budget->minConcurrent == 3);
    said.retry->budget.emplace().minConcurrent = 7;
    CHECK(finally(said).retry->budget->percent == Ratio::percent(20));
    CHECK(finally(said).retry->budget->minConcurrent == 7);
    said.retry->budget = RetryBudget();
    said.retry->budget->ratio = Ratio::percent(5);
    CHECK_FALSE(finally(said).retry->budget->minConcurrent);
}

TEST_CASE("choices come from the preset, unless all are to be compared", "[model][presets]") {
    CallPolicy said = with(Dialect::Envoy);
    said.balance.emplace().policy = BalancePolicy::LeastRequest;
    CHECK(finally(said).balance->choices == 2);
    said.balance->choices = 0;
    CHECK(finally(said).balance->choices == 0);
    said.balance = Balance{BalancePolicy::Random, std::nullopt};
    CHECK_FALSE(finally(said).balance->choices);
}
