#include "reports/verdict/evidence_bytes.hpp"

#include <catch2/catch.hpp>

#include <random>

#include "tests/reports/verdict/shop.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::tests;
using verdict::deserialise;
using verdict::Evidence;
using verdict::serialise;

namespace {

Evidence full() {
    auto scenario = shopScenario();
    expectRecovery(scenario, visitors(), 10_s);
    expect(scenario, model::Metric::P99, site(), model::Comparison::Less, 1,
           model::ValueUnit::Seconds, model::DuringEvent{"autos-slow"});
    Evidence e = shopEvidence(verdict::demandOf(scenario));
    e.replication = 3;
    e.reason = record::EndReason::EventLimit;
    happen(e.loads[0].windows[0], 7, measure::Outcome::Ok, 12'345'678_ns);
    happen(e.loads[0].windows[0], 2, measure::Outcome::Rejected);
    happen(e.whole[0], 9, measure::Outcome::Degraded, 3_s);
    happen(e.subjects[0].windows[1], 4, measure::Outcome::Ok, 5_ms);
    e.liveAtEnd = {17};
    e.batches = {{{1.25, 3}, {2.5, 4}}};
    e.seconds[0].resize(3);
    e.windows[0].services[1] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    e.windows[0].hosts = {{1, 2, 3, 4, {0.5, 0.25}}};
    e.windows[0].links = {{5, 6}};
    e.calls[1] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11.5, 12.5};
    e.eventSpans.push_back({0, SimTime::at(150_s), SimTime::never()});
    using namespace record;
    auto const at = [](Duration d) { return SimTime::at(d); };
    e.turningPoints = {{at(1_s), EventBegan{0}},
                       {at(2_s), ReplicaChanged{1, 2, ReplicaState::Hung}},
                       {at(3_s), BreakerChanged{1, 4, BreakerState::Open, BreakerState::HalfOpen}},
                       {at(4_s), PressureBegan{1, 0, Pressure::QueueFull, nobody, 0}},
                       {at(5_s), PressureEnded{1, 0, Pressure::QueueFull}},
                       {at(5_s), HostCrowded{0, 1, 0.75, 0, 0.5}},
                       {at(6_s), HostRelieved{0}},
                       {at(6_s), EventEnded{0}}};
    e.momentsLeftOut = 99;
    return e;
}

} // namespace

TEST_CASE("evidence that crossed a pipe is the same", "[verdict][bytes]") {
    Evidence const before = full();
    std::string const bytes = serialise(before);
    auto const result = deserialise(bytes);
    REQUIRE(result.ok());
    Evidence const& after = result.value();
    CHECK(serialise(after) == bytes);
    CHECK(after.seed == 7);
    CHECK(after.replication == 3);
    CHECK(after.reason == record::EndReason::EventLimit);
    CHECK(after.ended == before.ended);
    CHECK(after.liveAtEnd == before.liveAtEnd);
    CHECK(after.loads[0].windows[0].latency.cells() == before.loads[0].windows[0].latency.cells());
    CHECK(after.loads[0].windows[0].latency.mean() == before.loads[0].windows[0].latency.mean());
    CHECK(after.subjects[0].windows[1].good == 4);
    CHECK(after.batches[0][1].sumSeconds == 2.5);
    CHECK(after.seconds[0][2].p99 == 10_ms);
    CHECK(after.windows[0].length == 160_s);
    CHECK(after.windows[0].services[1].queueMax == 12);
    CHECK(after.calls[1].breakerArea == 12.5);
    CHECK(after.eventSpans[1].end == SimTime::never());
    CHECK(after.windows[0].hosts[0].usedBy == std::vector<double>{0.5, 0.25});
    CHECK(after.windows[0].links[0].capacity == 6);
    REQUIRE(after.turningPoints.size() == 8);
    CHECK(std::get<record::HostCrowded>(after.turningPoints[5].what).missed == 0.5);
    auto const& breaker = std::get<record::BreakerChanged>(after.turningPoints[2].what);
    CHECK(breaker.caller == 4);
    CHECK(breaker.to == record::BreakerState::HalfOpen);
    CHECK(std::get<record::PressureBegan>(after.turningPoints[3].what).heldBy == record::nobody);
    CHECK(after.momentsLeftOut == 99);
}

TEST_CASE("empty evidence crosses too", "[verdict][bytes]") {
    CHECK(deserialise(serialise(Evidence{})).ok());
}

TEST_CASE("evidence cut anywhere is refused", "[verdict][bytes]") {
    std::string const bytes = serialise(full());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        REQUIRE_FALSE(deserialise(std::string_view(bytes).substr(0, length)).ok());
    }
    CHECK_FALSE(deserialise(bytes + "x").ok());
}

TEST_CASE("garbage is refused or read, never obeyed", "[verdict][bytes]") {
    std::string const bytes = serialise(full());
    std::mt19937_64 random(9);
    int refused = 0;
    for (int i = 0; i < 5000; ++i) {
        std::string garbled = bytes;
        for (int k = 0; k < 3; ++k) {
            garbled[random() % garbled.size()] = static_cast<char>(random());
        }
        auto const result = deserialise(garbled);
        refused += result.ok() ? 0 : 1;
        if (result.ok()) {
            // Whatever came through can be used.
            auto const& tallies = result.value().loads;
            for (auto const& load : tallies) {
                for (auto const& window : load.windows) {
                    (void)window.latency.quantile(0.99);
                }
            }
        }
    }
    CHECK(refused > 500);
    CHECK_FALSE(deserialise("").ok());
    CHECK_FALSE(deserialise(std::string(1000, '\xff')).ok());
}

TEST_CASE("requests among the turning points stay behind", "[verdict][bytes]") {
    Evidence e;
    e.turningPoints = {{SimTime(), record::Request{}}, {SimTime(), record::EventBegan{0}}};
    auto const result = deserialise(serialise(e));
    REQUIRE(result.ok());
    CHECK(result.value().turningPoints.size() == 1);
}
