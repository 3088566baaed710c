// A run takes its memory while it warms up. After that requests come and go without an allocation:
// a run four times as long makes hardly any more of them.
#include <cstdint>
#include <string>

#include "tests/sim/run/counted_allocations.hpp"
#include "tests/sim/run/simulation.hpp"

using namespace shakedown;

namespace {

std::uint64_t allocationsOf(std::string const& system, int seconds) {
    auto read = reading::readText(
        "shakedown: 1\nrun: { for: " + std::to_string(seconds) + "s }\n" + system, "test.yaml");
    REQUIRE(read.scenario);
    auto const compiled = run::compileScenario(*read.scenario);
    REQUIRE(compiled);
    auto const before = tests::allocationsSoFar();
    (void)run::simulate(*read.scenario, compiled.value(), {});
    return tests::allocationsSoFar() - before;
}

// 30,000 requests more; each goes through three services.
constexpr auto chain = R"(
services:
  gateway: { workers: 16, endpoints: { g: [ work: exponential(1ms), call: a ] } }
  a: { workers: 8, endpoints: { a: [ work: exponential(2ms), call: b ] } }
  b: { workers: 8, endpoints: { b: [ work: exponential(5ms) ] } }
load: { users: { to: gateway, rate: 800/s } }
)";

constexpr auto guards = R"(
calls:
  "* -> *":
    latency: 1ms
    timeout: 20ms
    deadline: 200ms
    retry: { attempts: 3, backoff: { initial: 5ms }, budget: { ratio: 20%, min_rate: 10/s } }
    circuit_breaker: { window: { calls: 100 }, minimum_calls: 50, open_for: 1s }
    bulkhead: { max_concurrent: 64 }
    rate_limit: { rate: 10000/s }
    hedge: { after: 15ms }
    outlier_detection: { consecutive: 5 }
    balance: { policy: least_request, choices: 2 }
)";

} // namespace

TEST_CASE("a request in the steady state allocates nothing", "[run][allocations]") {
    std::string system = chain;
    SECTION("no guard") {}
    SECTION("a timeout and retries") {
        system += R"(
calls: { "* -> *": { timeout: 20ms, retry: { attempts: 3 } } }
)";
    }
    SECTION("every guard") {
        system += guards;
    }
    std::uint64_t const shorter = allocationsOf(system, 50);
    std::uint64_t const longer = allocationsOf(system, 200);
    CHECK(longer < shorter + 100);
}
