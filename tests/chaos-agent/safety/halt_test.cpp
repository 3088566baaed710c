#include <catch2/catch.hpp>

#include "tests/chaos-agent/safety/keeper_stand.hpp"

using namespace shakedown;
using namespace shakedown::protocol;
using tests::KeeperStand;
using tests::latencyOn;

TEST_CASE("the lever takes everything back and refuses what is new", "[safety][halt]") {
    KeeperStand stand;
    auto const one = stand.started(latencyOn("orders"));
    auto const two = stand.started(latencyOn("billing"));
    auto const answer = stand.keeper().halt("customers call", stand.stranger);
    REQUIRE(std::holds_alternative<Halt>(answer));
    CHECK(stand.connections.disturbed.empty());
    CHECK(stand.now(one.id).reason == EndReason::Halted);
    CHECK(stand.now(two.id).reason == EndReason::Halted);
    auto const refusal = stand.refused(latencyOn());
    CHECK(refusal.reason == safety::Refusal::Reason::Halted);
    CHECK(refusal.message == "halted by token other: customers call");
    CHECK(std::holds_alternative<safety::Refusal>(stand.keeper().plan(latencyOn())));
}

TEST_CASE("the lever holds across restarts and keeps its reason", "[safety][halt]") {
    KeeperStand stand;
    stand.keeper().halt("customers call", stand.caller);
    stand.keeper().halt("a second voice", stand.stranger);
    stand.open();
    CHECK(stand.keeper().halted().on);
    CHECK(stand.keeper().halted().reason == "customers call");
    CHECK(stand.keeper().halted().by == "token ci");
    stand.refused(latencyOn());
    CHECK(std::holds_alternative<Halt>(stand.keeper().release(stand.admin)));
    stand.open();
    CHECK_FALSE(stand.keeper().halted().on);
    CHECK(stand.started(latencyOn()).state == FaultState::Applied);
}
