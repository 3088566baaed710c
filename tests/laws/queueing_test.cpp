// Closed forms of queueing theory, by running scenario files (SEMANTICS of the model, section 2).
#include <fmt/format.h>

#include "tests/sim/run/simulation.hpp"

using namespace shakedown;
using tests::simulate;

namespace {

struct Measured {
    double mean, p50, p95, p99, queue, wait;
    std::uint64_t offered, rejected;
};

// One server station at service time 1 s, `requests` of them.
Measured station(std::string const& service, double rate, double requests, int seed,
                 std::string const& work = "exponential(1s)") {
    auto const s =
        simulate(fmt::format("shakedown: 1\nrun: {{ for: {}s, warmup: {}s, seed: {} }}\nservices:\n"
                             "  q: {{ {}, endpoints: {{ a: [ work: \"{}\" ] }} }}\n"
                             "load:\n  l: {{ to: q/a, rate: {}/s }}\n",
                             requests / rate, requests / rate / 50, seed, service, work, rate));
    REQUIRE(s.summary.contradictions.empty());
    auto const& l = s.load("l");
    auto const& q = s.summary.services[0];
    return {l.latency.mean.inSeconds(),
            l.latency.p50.inSeconds(),
            l.latency.p95.inSeconds(),
            l.latency.p99.inSeconds(),
            q.queueMean,
            q.waitProbability,
            l.offered,
            l.rejected};
}

} // namespace

TEST_CASE("M/M/1 sojourn has the mean and quantiles of an exponential", "[laws]") {
    auto const [rho, mean] = GENERATE(table<double, double>({{0.5, 2.0}, {0.8, 5.0}, {0.9, 10.0}}));
    auto const m = station("workers: 1", rho, 2'000'000, 1);
    CHECK(m.mean == Approx(mean).epsilon(0.04));
    CHECK(m.p50 == Approx(mean * 0.693147).epsilon(0.04));
    CHECK(m.p95 == Approx(mean * 2.995732).epsilon(0.04));
    CHECK(m.p99 == Approx(mean * 4.605170).epsilon(0.05));
}

TEST_CASE("M/M/c waits as Erlang C says", "[laws]") {
    auto const [c, rho, waits, wq] =
        GENERATE(table<int, double, double, double>({{4, 0.8, .59643, .74554},
                                                     {10, 0.8, .40918, .20459},
                                                     {10, 0.9, .66873, .66873},
                                                     {50, 0.9, .36386, .07277},
                                                     {100, 0.95, .50646, .10129}}));
    auto const m = station(fmt::format("workers: {}", c), c * rho, 2'000'000, 2);
    CHECK(m.wait == Approx(waits).epsilon(0.04));
    CHECK(m.mean - 1 == Approx(wq).margin(0.04 * (1 + wq)));
}

TEST_CASE("a station without waiting places blocks as Erlang B says", "[laws]") {
    auto const [c, a, blocked] = GENERATE(
        table<int, double, double>({{10, 5, .018385}, {10, 10, .214582}, {100, 90, .026957}}));
    auto const m =
        station(fmt::format("workers: {}, queue: {{ capacity: 0 }}", c), a, 2'000'000, 3);
    CHECK(static_cast<double>(m.rejected) / static_cast<double>(m.offered)
          == Approx(blocked).epsilon(0.04));
}

TEST_CASE("M/M/c/K blocks and delays as its closed form says", "[laws]") {
    auto const [lambda, c, k, blocked, w] =
        GENERATE(table<double, int, int, double, double>({{.8, 1, 10, .02349, 3.79710},
                                                          {1.2, 1, 10, .19259, 6.92614},
                                                          {2, 1, 10, .50024, 9.00978},
                                                          {9, 10, 20, .02951, 1.26393},
                                                          {15, 10, 20, .33442, 1.80741}}));
    auto const m = station(fmt::format("workers: {}, queue: {{ capacity: {} }}", c, k - c), lambda,
                           1'000'000, 4);
    CHECK(static_cast<double>(m.rejected) / static_cast<double>(m.offered)
          == Approx(blocked).epsilon(0.04));
    CHECK(m.mean == Approx(w).epsilon(0.04));
}

TEST_CASE("M/G/1 sojourn follows Pollaczek and Khinchine", "[laws]") {
    auto const [work, rho, w, slack] = GENERATE(
        table<std::string, double, double, double>({{"constant(1s)", .7, 2.1667, .04},
                                                    {"gamma(mean 1s, cv 2)", .7, 6.8333, .04},
                                                    {"constant(1s)", .9, 5.5, .04},
                                                    {"gamma(mean 1s, cv 2)", .9, 23.5, .08}}));
    CHECK(station("workers: 1", rho, 3'000'000, 5, work).mean == Approx(w).epsilon(slack));
}

TEST_CASE("processor sharing does not care for the form of the work", "[laws]") {
    auto const work =
        GENERATE(as<std::string>(), "constant(1s)", "exponential(1s)", "gamma(mean 1s, cv 2)");
    auto const m = station("workers: 10000, cores: 1", 0.7, 1'000'000, 6, work);
    CHECK(m.mean == Approx(1 / 0.3).epsilon(0.04));
}

TEST_CASE("a tandem of stations adds up their sojourns", "[laws]") {
    auto const s = simulate(R"(
shakedown: 1
run: { for: 100000s, warmup: 100s }
services:
  front: { workers: 100000, endpoints: { a: [ call: s1, call: s2, call: s3 ] } }
  s1: { workers: 1, endpoints: { a: [ work: exponential(100ms) ] } }
  s2: { workers: 1, endpoints: { a: [ work: exponential(125ms) ] } }
  s3: { workers: 1, endpoints: { a: [ work: exponential(83.333333ms) ] } }
load:
  l: { to: front, rate: 6/s }
)");
    CHECK(s.load("l").latency.mean.inSeconds() == Approx(.916667).epsilon(0.04));
}

TEST_CASE("a closed load follows the machine repair model", "[laws]") {
    auto const [n, x, r] = GENERATE(table<int, double, double>(
        {{1, .9091, .1}, {10, 7.8542, .2732}, {20, 9.9813, 1.0037}, {50, 10.0, 4.0}}));
    auto const s = simulate(
        fmt::format("shakedown: 1\nrun: {{ for: 50000s, warmup: 500s }}\nservices:\n"
                    "  q: {{ workers: 1, endpoints: {{ a: [ work: exponential(100ms) ] }} }}\n"
                    "load:\n  l: {{ to: q/a, users: {}, think: exponential(1s) }}\n",
                    n));
    CHECK(s.load("l").throughput == Approx(x).epsilon(0.04));
    CHECK(s.load("l").latency.mean.inSeconds() == Approx(r).epsilon(0.04));
}

TEST_CASE("fork-join of two stations has Flatto and Hahn's mean", "[laws]") {
    auto const [rho, w] = GENERATE(table<double, double>({{.5, 2.875}, {.8, 7.0}}));
    auto const s = simulate(fmt::format(
        "shakedown: 1\nrun: {{ for: {}s, warmup: 1000s }}\nservices:\n"
        "  front: {{ workers: 100000, endpoints: {{ a: [ parallel: [ call: l1, call: l2 ] ] }} }}\n"
        "  l1: {{ workers: 1, endpoints: {{ a: [ work: exponential(1s) ] }} }}\n"
        "  l2: {{ workers: 1, endpoints: {{ a: [ work: exponential(1s) ] }} }}\n"
        "load:\n  l: {{ to: front, rate: {}/s }}\n",
        1'000'000 / rho, rho));
    CHECK(s.load("l").latency.mean.inSeconds() == Approx(w).epsilon(0.04));
}

TEST_CASE("independent retries have their geometric load factor and success", "[laws]") {
    auto const [p, factor, success] = GENERATE(table<double, double, double>({{.1, 1.111, .9999},
                                                                              {.3, 1.417, .9919},
                                                                              {.5, 1.875, .9375},
                                                                              {.75, 2.734, .6836},
                                                                              {1, 4, 0}}));
    auto const s =
        simulate(fmt::format("shakedown: 1\nrun: {{ for: 1000s }}\nservices:\n"
                             "  front: {{ workers: 100000, endpoints: {{ a: [ call: q ] }} }}\n"
                             "  q: {{ workers: 1000, endpoints: {{ a: [ fail: {}% ] }} }}\n"
                             "calls:\n  \"front -> q\": {{ retry: {{ attempts: 4 }} }}\n"
                             "load:\n  l: {{ to: front, rate: 300/s }}\n",
                             p * 100));
    CHECK(s.call("front -> q").amplification == Approx(factor).epsilon(0.01));
    CHECK(1 - s.load("l").errors == Approx(success).margin(0.004));
}

TEST_CASE("stacked retries multiply", "[laws]") {
    auto const s = simulate(R"(
shakedown: 1
run: { for: 100s }
services:
  a: { workers: 1000, endpoints: { x: [ call: b ] } }
  b: { workers: 1000, endpoints: { x: [ call: c ] } }
  c: { workers: 1000, endpoints: { x: [ call: d ] } }
  d: { workers: 1000, endpoints: { x: [ fail: 100% ] } }
calls:
  "* -> *": { retry: { attempts: 3 } }
load:
  l: { to: a, rate: 10/s }
)");
    double const root = static_cast<double>(s.load("l").offered);
    CHECK(static_cast<double>(s.call("c -> d").attempts) / root == Approx(27).epsilon(0.01));
}

TEST_CASE("one percent of slow leaves makes 63 percent of fans slow", "[laws]") {
    auto const s = simulate(R"(
shakedown: 1
run: { for: 300s }
services:
  root: { workers: 10000, endpoints: { a: [ repeat: { times: 100, do: [ optional: [ call: leaf ] ] } ] } }
  leaf: { workers: 10000, endpoints: { a: [ fail: 1% ] } }
load:
  l: { to: root, rate: 100/s }
)");
    auto const& l = s.load("l");
    CHECK(static_cast<double>(l.degraded) / static_cast<double>(l.offered)
          == Approx(.634).margin(0.01));
}

TEST_CASE("chain3 gives its known figures", "[laws][chain3]") {
    std::string const text = R"(
shakedown: 1
run: { for: 1250s }
services:
  gateway: { workers: 16, endpoints: { g: [ work: exponential(1ms), call: a ] } }
  a: { workers: 8, endpoints: { a: [ work: exponential(2ms), call: b ] } }
  b: { workers: 8, endpoints: { b: [ work: exponential(5ms) ] } }
load:
  l: { to: gateway, rate: 800/s }
)";
    auto const plain = simulate(text);
    CHECK(plain.load("l").latency.mean.inMilliseconds() == Approx(8.64).epsilon(0.01));
    CHECK(plain.load("l").latency.p50.inMilliseconds() == Approx(7.34).epsilon(0.01));
    CHECK(plain.load("l").latency.p99.inMilliseconds() == Approx(27.7).epsilon(0.01));
    auto const timeouts = simulate(text + R"(
calls:
  "gateway -> a": { timeout: 20ms, retry: { attempts: 3 } }
  "a -> b": { timeout: 20ms, retry: { attempts: 3 } }
)");
    auto const& l = timeouts.load("l");
    double const million = static_cast<double>(l.offered) * 1e-6;
    auto const timedOut = timeouts.call("gateway -> a").timeouts + timeouts.call("a -> b").timeouts;
    auto const retries = timeouts.call("gateway -> a").retries + timeouts.call("a -> b").retries;
    CHECK(l.latency.mean.inMilliseconds() == Approx(9.37).epsilon(0.03));
    CHECK(l.latency.p99.inMilliseconds() == Approx(35.7).epsilon(0.03));
    CHECK(static_cast<double>(timedOut) / million == Approx(63'800).epsilon(0.03));
    CHECK(static_cast<double>(retries) / million == Approx(63'500).epsilon(0.03));
    CHECK(static_cast<double>(l.failed) / million == Approx(260).margin(60));
}
