#include "tests/sim/run/simulation.hpp"

using namespace shakedown;
using tests::simulate;

namespace {

// Callers of a slow stock; `calls` is the policy at first, `operation` what changes it at 10 s.
std::string shopWith(std::string const& policy, std::string const& operation) {
    return R"(
shakedown: 1
run: { for: 30s, seed: 5 }
services:
  shop: { workers: 200, endpoints: { buy: [ call: stock ] } }
  stock: { workers: 200, endpoints: { take: [ wait: 100ms ] } }
calls: { "shop -> stock": )"
           + policy + R"( }
load: { visitors: { to: shop/buy, rate: 100/s, arrivals: constant } }
operations:
  - { at: 10s, name: change, set: { path: "calls.shop -> stock)"
           + operation + R"( } }
expect:
  - errors(visitors) < 1% from 1s to 9s
  - errors(visitors) < 1% from 11s to 29s
)";
}

double errorsIn(tests::Simulated const& s, std::size_t window) {
    auto const& tally = s.evidence.loads.at(0).windows.at(window);
    return 1
           - static_cast<double>(tally.of(measure::Outcome::Ok))
                 / static_cast<double>(tally.ended());
}

} // namespace

TEST_CASE("a bulkhead that is set during the run limits the calls from then on", "[run][set]") {
    auto const s = simulate(shopWith("{ timeout: 5s }", R"(.bulkhead", value: 2)"));
    CHECK(s.summary.contradictions.empty());
    CHECK(errorsIn(s, 1) == 0);
    CHECK(errorsIn(s, 2) == Approx(0.8).margin(0.02)); // 20/s of 100/s pass
}

TEST_CASE("a bulkhead that is taken away during the run lets in who waits", "[run][set]") {
    auto const s = simulate(shopWith("{ bulkhead: { max_concurrent: 0, max_wait: none } }",
                                     R"(.bulkhead", value: none)"));
    CHECK(s.summary.contradictions.empty());
    CHECK(s.load("visitors").ok > 2900);
}

TEST_CASE("a limit of a bulkhead that is raised during the run lets in who waits", "[run][set]") {
    auto const s = simulate(shopWith("{ bulkhead: { max_concurrent: 0, max_wait: none } }",
                                     R"(.bulkhead.max_concurrent", value: 1000)"));
    CHECK(s.summary.contradictions.empty());
    CHECK(s.load("visitors").ok > 2900);
}

TEST_CASE("a circuit breaker that is set during the run guards the calls from then on",
          "[run][set]") {
    auto const s = simulate(
        shopWith("{ timeout: 50ms }", R"(.circuit_breaker", value: { minimum_calls: 5 })"));
    CHECK(s.summary.contradictions.empty());
    CHECK(s.call("shop -> stock").opened == 1);
    CHECK(s.call("shop -> stock").refused > 1500);
}

TEST_CASE("a circuit breaker that is taken away while open is open no more", "[run][set]") {
    auto const s = simulate(shopWith("{ timeout: 50ms, circuit_breaker: { minimum_calls: 5 } }",
                                     R"(.circuit_breaker", value: none)"));
    CHECK(s.summary.contradictions.empty());
    CHECK(s.call("shop -> stock").openSeconds == Approx(10).epsilon(0.05));
}
