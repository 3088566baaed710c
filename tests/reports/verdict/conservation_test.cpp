#include "reports/verdict/conservation.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/verdict/shop.hpp"

using namespace shakedown;
using namespace shakedown::tests;
using verdict::conservationFaults;
using verdict::Evidence;

namespace {

Evidence balanced() {
    Evidence e = shopEvidence(verdict::demandOf(shopScenario()));
    happen(e.whole[0], 5, measure::Outcome::Ok);
    happen(e.whole[0], 2, measure::Outcome::TimedOut);
    e.whole[0].offered += 3;
    e.liveAtEnd[0] = 3;
    auto& call = e.calls[1];
    call.attempts = 21;
    call.succeeded = 6;
    call.timeouts = 5;
    call.errors = 4;
    call.refused = 3;
    call.cancelled = 2;
    call.pending = 1;
    return e;
}

} // namespace

TEST_CASE("balanced books have no fault", "[verdict][conservation]") {
    CHECK(conservationFaults(balanced(), shopNames()).empty());
}

TEST_CASE("a request that vanished is found", "[verdict][conservation]") {
    Evidence e = balanced();
    e.liveAtEnd[0] = 2;
    auto const faults = conservationFaults(e, shopNames());
    REQUIRE(faults.size() == 1);
    CHECK(faults[0] == "visitors: 10 offered, but 9 ended or are in flight");
}

TEST_CASE("an attempt counted twice is found", "[verdict][conservation]") {
    Evidence e = balanced();
    ++e.calls[1].timeouts;
    auto const faults = conservationFaults(e, shopNames());
    REQUIRE(faults.size() == 1);
    CHECK(faults[0] == "site -> autos: 21 attempts, but 22 ended or are pending");
}

TEST_CASE("more in time than answered is found", "[verdict][conservation]") {
    Evidence e = balanced();
    e.whole[0].good = 6;
    auto const faults = conservationFaults(e, shopNames());
    REQUIRE(faults.size() == 1);
    CHECK(faults[0] == "visitors: 5 answered, but 6 in time");
}

TEST_CASE("books without the other side are a fault", "[verdict][conservation]") {
    Evidence e = balanced();
    e.liveAtEnd.clear();
    CHECK(conservationFaults(e, shopNames()).size() == 1);
}
