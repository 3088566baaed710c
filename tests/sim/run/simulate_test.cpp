#include "sim/run/simulate.hpp"

#include "tests/sim/run/simulation.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using tests::simulate;

namespace {

std::string const twoTiers = R"(
shakedown: 1
run: { for: 60s, warmup: 5s, seed: 4 }
services:
  site: { workers: 8, queue: { capacity: 20 }, endpoints: { page: [ work: exponential(5ms), call: stock ] } }
  stock: { workers: 8, endpoints: { get: [ work: exponential(20ms) ] } }
calls:
  "site -> stock": { timeout: 100ms, retry: { attempts: 3, backoff: { initial: 10ms } } }
load:
  visitors: { to: site/page, rate: 200/s }
faults:
  - { at: 20s, for: 10s, name: slow, slow: { service: stock, add: 200ms } }
expect:
  - errors(visitors) < 5% from 5s to 20s
)";

} // namespace

TEST_CASE("the same seed gives the same digest, another seed another", "[run][determinism]") {
    run::Settings other;
    other.seed = 99;
    auto const a = simulate(twoTiers);
    CHECK(a.evidence.digest == simulate(twoTiers).evidence.digest);
    CHECK(a.evidence.digest != simulate(twoTiers, other).evidence.digest);
}

TEST_CASE("the record level changes nothing but the record", "[run][determinism]") {
    run::Settings full;
    full.level = record::Level::Full;
    run::Settings sampled;
    sampled.level = record::Level::Sampled;
    auto const summary = simulate(twoTiers);
    CHECK(summary.evidence.digest == simulate(twoTiers, full).evidence.digest);
    CHECK(summary.evidence.digest == simulate(twoTiers, sampled).evidence.digest);
}

TEST_CASE("an unrelated service leaves every other number unchanged", "[run][determinism]") {
    std::string more = twoTiers;
    more.insert(more.find("services:\n") + 10,
                "  extra: { endpoints: { a: [ work: exponential(3ms) ] } }\n");
    more.insert(more.find("load:\n") + 6, "  others: { to: extra/a, rate: 50/s }\n");
    auto const plain = simulate(twoTiers);
    auto const extended = simulate(more);
    auto const& a = plain.load("visitors");
    auto const& b = extended.load("visitors");
    CHECK(a.offered == b.offered);
    CHECK(a.ok == b.ok);
    CHECK(a.failed == b.failed);
    CHECK(a.latency.mean == b.latency.mean);
    CHECK(a.latency.p99 == b.latency.p99);
}

TEST_CASE("every request and every attempt is accounted for", "[run][conservation]") {
    auto const s = simulate(twoTiers);
    CHECK(s.summary.contradictions.empty());
    CHECK(s.call("site -> stock").timeouts > 0);
    CHECK(s.call("site -> stock").amplification > 1);
}

TEST_CASE("a run that is stopped ends as interrupted and still balances", "[run]") {
    std::atomic<bool> stop{true};
    run::Settings settings;
    settings.stop = &stop;
    auto const s = simulate(twoTiers, settings);
    CHECK(s.evidence.reason == record::EndReason::Interrupted);
    CHECK(s.summary.contradictions.empty());
}

TEST_CASE("a run ends at its event limit", "[run]") {
    run::Settings settings;
    settings.eventLimit = 5000;
    CHECK(simulate(twoTiers, settings).evidence.reason == record::EndReason::EventLimit);
}

TEST_CASE("a timed-out attempt keeps its worker at the callee until it ends", "[world][rule1]") {
    std::string const text = R"(
shakedown: 1
run: { for: 10s }
services:
  a: { workers: 100, endpoints: { x: [ call: b ] } }
  b: { workers: 1, endpoints: { y: [ wait: 900ms ] } }
calls:
  "a -> b": { timeout: 100ms CANCEL }
load:
  l: { to: a/x, rate: 1/s, arrivals: constant }
)";
    auto const with = [&](std::string const& word) {
        std::string t = text;
        t.replace(t.find(" CANCEL"), 7, word);
        auto const s = simulate(t);
        return s.summary.services[1].utilisation;
    };
    CHECK(with("") > 0.7);
    CHECK(with(", cancel: true") < 0.15);
}

TEST_CASE("a crashed service refuses at once and comes back", "[world][faults]") {
    auto const s = simulate(R"(
shakedown: 1
run: { for: 30s }
services:
  a: { endpoints: { x: [ wait: 1ms ] } }
load:
  l: { to: a/x, rate: 100/s, arrivals: constant }
faults:
  - { at: 10s, for: 10s, name: down, crash: { service: a } }
expect:
  - errors(l) > 99% during down
  - errors(l) < 1% after down
)");
    for (auto const& judgement : s.summary.expectations)
        CHECK(judgement.held == verdict::Held::Yes);
}

TEST_CASE("a partition that holds delivers together at its end", "[world][faults]") {
    auto const s = simulate(R"(
shakedown: 1
run: { for: 30s }
services:
  a: { workers: 1000, endpoints: { x: [ wait: 1ms ] } }
load:
  l: { to: a/x, rate: 10/s, arrivals: constant }
faults:
  - { at: 10s, for: 5s, name: cut, partition: { between: [l], and: [a], hold: true } }
)");
    CHECK(s.load("l").ok == s.load("l").offered);
    CHECK(s.load("l").latency.max.inSeconds() == Approx(5.0).margin(0.11));
}

TEST_CASE("a set operation changes a number from its time on", "[world][operations]") {
    auto const s = simulate(R"(
shakedown: 1
run: { for: 20s }
services:
  a: { workers: 1000, endpoints: { x: [ wait: 1ms ] } }
load:
  l: { to: a/x, rate: 10/s, arrivals: constant }
operations:
  - { at: 10s, name: more, set: { path: load.l.rate, value: 100/s } }
)");
    CHECK(s.load("l").offered == Approx(1100).margin(3));
}
