// Policies on calls, in set-ups whose outcome can be counted by hand: requests every 100 ms of
// work that takes 1 ms.
#include "tests/sim/run/simulation.hpp"

using namespace shakedown;
using tests::simulate;

namespace {

struct Setup {
    std::string policy;                        // of the calls
    std::string steps = "work: constant(1ms)"; // of the callee
    std::string service{};                     // more keys of the callee
    std::string rate = "10/s";
    std::string more{}; // sections behind
};

tests::Simulated played(Setup const& setup) {
    return simulate("shakedown: 1\nrun: { for: 20s, seed: 3 }\n"
                    "services:\n  stock: { workers: 100, endpoints: { take: [ "
                    + setup.steps + " ] }" + setup.service + " }\ncalls: { \"shop -> stock\": "
                    + setup.policy + " }\nload: { shop: { to: stock, rate: " + setup.rate
                    + ", arrivals: constant } }\n" + setup.more + "\n");
}

std::uint64_t arrived(tests::Simulated const& s) {
    return s.summary.services.at(0).arrived;
}

} // namespace

TEST_CASE("a breaker inside the retries sees attempts, outside of them requests", "[run][order]") {
    std::string const guards = "retry: { attempts: 3 }, circuit_breaker: { window: { calls: 10 }, "
                               "minimum_calls: 10, open_for: 1h }";
    CHECK(arrived(played({"{ " + guards + " }", "fail: 100%"})) == 10);
    CHECK(arrived(played(
              {"{ " + guards
                   + ", order: [ fallback, deadline, circuit_breaker, retry, "
                     "hedge, balance, rate_limit, timeout, bulkhead, connection, network ] }",
               "fail: 100%"}))
          == 30);
}

TEST_CASE("a breaker opens where its library's published defaults say", "[run][presets]") {
    struct Row {
        std::string library;
        std::uint64_t calls; // that fail until it opens
    };
    auto const row = GENERATE(values<Row>({
        {"resilience4j", 100}, // minimum of 100 calls
        {"gobreaker", 6},      // more than five in a row
        {"polly", 100},        // throughput of 100 in 30 s
        {"linkerd", 7},        // seven in a row
        {"finagle", 5},        // five in a row
    }));
    INFO(row.library);
    Setup setup{"{ preset: " + row.library + ", circuit_breaker: { open_for: 1h } }", "fail: 100%"};
    CHECK(arrived(played(setup)) == row.calls);
}

TEST_CASE("limits of calls let through what they say", "[run][limits]") {
    struct Row {
        std::string policy;
        std::string service{};
        double share; // of 40/s, each of 100 ms
    };
    auto const row = GENERATE(values<Row>({
        {"{ bulkhead: { max_concurrent: 2 } }", "", .5},
        {"{ bulkhead: { max_concurrent: 4 } }", "", 1},
        {"{ rate_limit: { rate: 10/s, burst: 1 } }", "", .25},
        {"{ connections: { max: 2, pending: 0 } }", "", .5},
        {"{}", ", limit: { concurrency: fixed, limit: 2 }", .5},
        {"{}", ", limit: { rate: 10/s, burst: 1 }", .25},
    }));
    INFO(row.policy << row.service);
    auto const s = played({row.policy, "wait: constant(100ms)", row.service, "40/s"});
    CHECK(s.summary.contradictions.empty());
    CHECK(1 - s.load("shop").errors == Approx(row.share).margin(.01));
}

TEST_CASE("a hedge goes out when it is due, at most as often as it may", "[run][hedge]") {
    auto const always = played({"{ hedge: { after: 50ms, max: 2 } }", "wait: constant(200ms)"});
    auto const& call = always.call("shop -> stock");
    CHECK(call.requests == 199);
    CHECK(call.hedges == 2 * 199 - 1); // the second of the last is due when the run has ended
    auto const never = played({"{ hedge: { after: 250ms } }", "wait: constant(200ms)"});
    CHECK(never.call("shop -> stock").hedges == 0);
}

TEST_CASE("a failed attempt ends a hedged call of resilience4j, and starts the next elsewhere",
          "[run][hedge]") {
    auto const attempts = [](std::string const& dialect) {
        return arrived(
            played({"{ hedge: { after: 1s, max: 2, dialect: " + dialect + " } }", "fail: 100%"}));
    };
    CHECK(attempts("resilience4j") == 199);
    CHECK(attempts("grpc") == 3 * 199);
    CHECK(attempts("polly") == 3 * 199);
}

TEST_CASE("a breaker of each shard refuses for its own shard alone", "[run][breaker]") {
    std::string const fault =
        "faults: [ { at: 0s, for: 1h, errors: { service: stock, replicas: [1], share: 100% } } ]";
    auto const s = simulate(
        "shakedown: 1\nrun: { for: 20s, seed: 3 }\nservices:\n  stock: { replicas: 2, shards: { "
        "count: 2 }, endpoints: { take: [ work: constant(1ms) ] } }\ncalls: { \"shop -> stock\": { "
        "circuit_breaker: { window: { calls: 10 }, minimum_calls: 10, failure_rate: 100%, "
        "open_for: 1h, per: shard } } }\nload: { shop: { to: stock, rate: 100/s, arrivals: "
        "constant, key: 1000 } }\n"
        + fault + "\n");
    double const lost = s.load("shop").errors * 1999;
    CHECK(arrived(s) == Approx(1999 - lost + 10)); // ten of the shard's calls were sent
    CHECK(s.load("shop").errors == Approx(.5).margin(.05));
}

TEST_CASE("outlier detection leaves out the replica that fails", "[run][outliers]") {
    std::string const fault =
        "faults: [ { at: 0s, for: 1h, errors: { service: stock, replicas: [1], share: 100% } } ]";
    auto const without = played({"{}", "work: constant(1ms)", ", replicas: 2", "10/s", fault});
    CHECK(without.load("shop").errors == Approx(.5).margin(.01));
    auto const with =
        played({"{ outlier_detection: { consecutive: 5, eject_for: 1h, max_ejected: 50% } }",
                "work: constant(1ms)", ", replicas: 2", "10/s", fault});
    CHECK(with.load("shop").errors == Approx(5.0 / 199));
}

TEST_CASE("a deadline ends what retries would go on with", "[run][deadline]") {
    auto const s =
        played({"{ timeout: 300ms, deadline: 1s, retry: { attempts: 10 } }", "wait: constant(5s)"});
    CHECK(s.call("shop -> stock").amplification == Approx(4).margin(.2)); // at 0, .3, .6, .9 s
    CHECK(s.load("shop").errors == 1);
}
