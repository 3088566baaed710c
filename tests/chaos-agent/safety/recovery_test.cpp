#include <catch2/catch.hpp>

#include "tests/chaos-agent/safety/keeper_stand.hpp"

using namespace shakedown;
using namespace shakedown::protocol;
using tests::KeeperStand;
using tests::latencyOn;

TEST_CASE("what a lost agent left is taken back by the next one", "[safety][recovery]") {
    KeeperStand stand;
    auto const fault = stand.started(latencyOn());
    stand.lose();
    CHECK(stand.connections.disturbed.size() == 1);
    stand.open();
    CHECK(stand.connections.disturbed.empty());
    CHECK(stand.now(fault.id).state == FaultState::Reverted);
    CHECK(stand.now(fault.id).reason == EndReason::AgentLost);
    CHECK(stand.keeper().liveCount() == 0);
}

TEST_CASE("an agent that ends takes everything back first", "[safety][recovery]") {
    KeeperStand stand;
    auto const one = stand.started(latencyOn("orders"));
    auto const two = stand.started(latencyOn("billing"));
    stand.keeper().shutDown();
    CHECK(stand.connections.disturbed.empty());
    CHECK(stand.now(one.id).reason == EndReason::Shutdown);
    CHECK(stand.now(two.id).reason == EndReason::Shutdown);
    CHECK(stand.keeper().liveCount() == 0);
}

TEST_CASE("a fault that cannot be applied is taken back and told", "[safety][recovery]") {
    KeeperStand stand;
    stand.connections.failsToDisturb = true;
    auto const fault = stand.started(latencyOn());
    CHECK(fault.state == FaultState::Failed);
    CHECK(fault.reason == EndReason::ApplyFailed);
    CHECK(fault.detail == "the proxy is on strike");
    stand.connections.failsToDisturb = false;
    CHECK(stand.started(latencyOn()).state == FaultState::Applied);
}

TEST_CASE("what cannot be taken back is stuck, stays so in sight, and is tried again",
          "[safety][recovery]") {
    KeeperStand stand;
    auto const fault = stand.started(latencyOn());
    stand.connections.failsToCalm = true;
    stand.keeper().stop(fault.id, stand.caller);
    CHECK(stand.now(fault.id).state == FaultState::Stuck);
    CHECK(stand.now(fault.id).detail
          == "proxy orders is still disturbed (the proxy does not listen)");
    CHECK(stand.keeper().health().stuck == 1);
    // It holds what it holds.
    CHECK(stand.refused(latencyOn()).reason == safety::Refusal::Reason::Conflict);
    stand.pass(Duration::seconds(6));
    CHECK(stand.now(fault.id).state == FaultState::Stuck);
    stand.connections.failsToCalm = false;
    stand.pass(Duration::seconds(6));
    CHECK(stand.now(fault.id).state == FaultState::Reverted);
    CHECK(stand.keeper().health().stuck == 0);
}

TEST_CASE("stopping a stuck fault tries again at once", "[safety][recovery]") {
    KeeperStand stand;
    auto const fault = stand.started(latencyOn());
    stand.connections.failsToCalm = true;
    stand.keeper().stop(fault.id, stand.caller);
    stand.connections.failsToCalm = false;
    stand.keeper().stop(fault.id, stand.caller);
    CHECK(stand.now(fault.id).state == FaultState::Reverted);
}

TEST_CASE("a stuck fault is stuck for the next agent too", "[safety][recovery]") {
    KeeperStand stand;
    auto const fault = stand.started(latencyOn());
    stand.connections.failsToCalm = true;
    stand.keeper().stop(fault.id, stand.caller);
    stand.open();
    CHECK(stand.now(fault.id).state == FaultState::Stuck);
}
