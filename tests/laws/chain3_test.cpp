// A chain of three synchronous services, with and without timeouts: figures on which several
// engines agree.
#include "tests/sim/run/simulation.hpp"

using namespace shakedown;
using tests::simulate;

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
