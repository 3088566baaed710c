#include <array>
#include <string_view>

#include "tests/sim/run/simulation.hpp"

using namespace shakedown;
using tests::simulate;

namespace {

// Two values of one key of a call policy; a run starts with either and changes to the other.
struct Change {
    std::string_view key;
    std::string_view one;
    std::string_view other;
};

constexpr auto changes = std::to_array<Change>({
    {"latency", "1ms", "\"uniform(1ms, 30ms)\""},
    {"transport", "tcp", "datagram"},
    {"loss", "0%", "20%"},
    {"connect", "0ms", "5ms"},
    {"timeout", "none", "15ms"},
    {"deadline", "none", "25ms"},
    {"cancel", "false", "true"},
    {"retry", "none", "{ attempts: 3, backoff: { initial: 5ms } }"},
    {"retry", "{ attempts: 3, budget: { ratio: 10% } }",
     "{ attempts: 2, budget: { tokens: 5, deposit: 0.1, cost: 1 } }"},
    {"client_throttle", "none", "{ k: 2 }"},
    {"circuit_breaker", "none", "{ minimum_calls: 5, open_for: 1s }"},
    {"circuit_breaker", "{ minimum_calls: 5, per: replica }",
     "{ minimum_calls: 5, per: service, dialect: polly }"},
    {"bulkhead", "none", "{ max_concurrent: 1, max_wait: 10ms }"},
    {"bulkhead", "{ threads: 2, queue: 5 }", "{ max_concurrent: 2 }"},
    {"rate_limit", "none", "{ rate: 50/s, max_wait: 100ms }"},
    {"rate_limit", "{ rate: 50/s, max_wait: 1s }", "{ rate: 80/s, max_wait: 10ms }"},
    {"hedge", "none", "{ after: 5ms, max: 2 }"},
    {"hedge", "{ after: p90 }", "{ after: 5ms }"},
    {"fallback", "none", "{ answer: degraded, work: 1ms }"},
    {"balance", "{ policy: random }", "{ policy: ring_hash, bound: 150% }"},
    {"balance", "{ policy: round_robin }", "{ policy: maglev }"},
    {"balance", "{ policy: least_request }", "{ policy: weighted, weights: [1, 2, 3, 4] }"},
    {"balance", "{ policy: least_request, choices: 2 }", "{ policy: peak_ewma }"},
    {"balance", "{ policy: ring_hash, size: 64 }", "{ policy: ring_hash, size: 1024 }"},
    {"outlier_detection", "none", "{ consecutive: 3, interval: 1s, eject_for: 1s }"},
    {"connections", "{ max: 1000 }", "{ max: 1, pending: 3 }"},
    {"slow_start", "none", "{ window: 3s }"},
});

std::string scenario(Change const& c, std::string_view first, std::string_view then) {
    std::string const key(c.key);
    return R"(
shakedown: 1
run: { for: 6s, seed: 3 }
services:
  shop: { workers: 50, replicas: 2, endpoints: { buy: [ call: stock ] } }
  stock:
    workers: 2
    replicas: 4
    endpoints: { take: [ work: exponential(12ms), fail: 10% ] }
calls: { "shop -> stock": { )"
           + key + ": " + std::string(first) + R"( } }
load: { visitors: { to: shop/buy, rate: 300/s, key: 9 } }
faults: [ { at: 1s, for: 3s, crash: { service: stock, replicas: [1] } } ]
operations:
  - { at: 2s, name: change, set: { path: "calls.shop -> stock.)"
           + key + R"(", value: )" + std::string(then) + R"( } }
  - { at: 3500ms, name: back, set: { path: "calls.shop -> stock.)"
           + key + R"(", value: )" + std::string(first) + R"( } }
)";
}

} // namespace

TEST_CASE("every policy can be set and taken away with calls under way", "[run][set]") {
    for (Change const& change : changes)
        for (bool const forth : {true, false}) {
            auto const first = forth ? change.one : change.other;
            auto const then = forth ? change.other : change.one;
            CAPTURE(change.key, first, then);
            auto const s = simulate(scenario(change, first, then));
            CHECK(s.summary.contradictions.empty());
            CHECK(s.load("visitors").ok > 100);
        }
}

TEST_CASE("keys find their replica from the moment that hashing is set", "[run][set]") {
    // One key for all: four replicas serve 200/s, the one that the key hashes to serves 50/s.
    auto const s = simulate(R"(
shakedown: 1
run: { for: 20s, seed: 1 }
services:
  stock: { workers: 1, replicas: 4, queue: { capacity: 2 }, endpoints: { take: [ work: 20ms ] } }
calls: { "shop -> stock": { balance: { policy: round_robin } } }
load: { shop: { to: stock, rate: 100/s, arrivals: constant, key: 1 } }
operations:
  - { at: 10s, set: { path: "calls.shop -> stock.balance.policy", value: ring_hash } }
)");
    CHECK(s.summary.contradictions.empty());
    CHECK(s.load("shop").ok == Approx(1500).margin(10));
}
