#include "tests/sim/run/simulation.hpp"

using namespace shakedown;
using tests::simulate;

namespace {

std::uint64_t offeredIn(tests::Simulated const& s, std::size_t window) {
    return s.evidence.loads.at(0).windows.at(window).offered;
}

} // namespace

TEST_CASE("a load that a surge of factor 0 has silenced comes back as it was", "[run][faults]") {
    auto const s = simulate(R"(
shakedown: 1
run: { for: 30s, seed: 5 }
services: { shop: { workers: 9, endpoints: { buy: [ work: 1ms ] } } }
load: { visitors: { to: shop/buy, rate: 100/s, arrivals: constant } }
faults:
  - { at: 10s, for: 10s, name: silence, surge: { load: visitors, factor: 0 } }
expect:
  - throughput(visitors) < 1/s during silence
  - throughput(visitors) > 90/s after silence
)");
    CHECK(offeredIn(s, 1) == 0);
    CHECK(offeredIn(s, 2) == Approx(1000).margin(2));
}

TEST_CASE("of two thieves of processor time one leaves the other's share stolen", "[run][faults]") {
    auto const s = simulate(R"(
shakedown: 1
run: { for: 40s, seed: 5 }
services: { shop: { workers: 1, cores: 1, endpoints: { buy: [ work: 10ms ] } } }
load: { visitors: { to: shop/buy, rate: 1/s, arrivals: constant } }
faults:
  - { at: 500ms, for: 30s, name: lasting, cpu: { service: shop, steal: 75% } }
  - { at: 500ms, for: 10s, name: short, cpu: { service: shop, steal: 50% } }
expect:
  - max(visitors) < 1s from 12s to 30s
)");
    CHECK(s.evidence.loads[0].windows[1].latency.max().inSeconds() == Approx(0.04).epsilon(0.01));
}
