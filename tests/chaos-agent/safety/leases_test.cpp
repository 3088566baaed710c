#include <catch2/catch.hpp>

#include "tests/chaos-agent/safety/keeper_stand.hpp"

using namespace shakedown;
using namespace shakedown::protocol;
using tests::KeeperStand;
using tests::latencyOn;

TEST_CASE("a fault is applied, and ends with its duration", "[safety][lease]") {
    KeeperStand stand;
    auto request = latencyOn();
    request.duration = Duration::seconds(5);
    auto const fault = stand.started(request);
    CHECK(fault.state == FaultState::Applied);
    CHECK(stand.connections.disturbed.size() == 1);
    stand.pass(Duration::milliseconds(4999));
    CHECK(stand.now(fault.id).state == FaultState::Applied);
    stand.pass(Duration::milliseconds(1));
    CHECK(stand.now(fault.id).state == FaultState::Reverted);
    CHECK(stand.now(fault.id).reason == EndReason::Duration);
    CHECK(stand.connections.disturbed.empty());
}

TEST_CASE("a fault whose owner falls silent ends with its lease", "[safety][lease]") {
    KeeperStand stand;
    auto const fault = stand.started(latencyOn());
    stand.pass(Duration::milliseconds(9999));
    CHECK(stand.now(fault.id).state == FaultState::Applied);
    stand.pass(Duration::milliseconds(1));
    CHECK(stand.now(fault.id).state == FaultState::Reverted);
    CHECK(stand.now(fault.id).reason == EndReason::LeaseExpired);
    CHECK(stand.now(fault.id).detail == "token ci did not renew its lease");
}

TEST_CASE("a renewed lease runs anew, and not beyond the duration", "[safety][lease]") {
    KeeperStand stand;
    auto const fault = stand.started(latencyOn());
    for (int i = 0; i < 6; ++i) {
        stand.pass(Duration::seconds(9));
        auto const answer = stand.keeper().renew(fault.id, stand.caller);
        REQUIRE(std::holds_alternative<FaultReport>(answer));
        CHECK(std::get<FaultReport>(answer).leaseLeft == Duration::seconds(10));
    }
    stand.pass(Duration::seconds(6)); // 60 s in all
    CHECK(stand.now(fault.id).reason == EndReason::Duration);
}

TEST_CASE("a fault that is over cannot be renewed", "[safety][lease]") {
    KeeperStand stand;
    auto const fault = stand.started(latencyOn());
    stand.keeper().stop(fault.id, stand.caller);
    auto const answer = stand.keeper().renew(fault.id, stand.caller);
    REQUIRE(std::holds_alternative<safety::Refusal>(answer));
    CHECK(std::get<safety::Refusal>(answer).message == "fault " + fault.id + " is over");
}

TEST_CASE("only its owner and an admin renew and stop a fault", "[safety][lease]") {
    KeeperStand stand;
    auto const fault = stand.started(latencyOn());
    for (auto const& answer : {stand.keeper().renew(fault.id, stand.stranger),
                               stand.keeper().stop(fault.id, stand.stranger)}) {
        REQUIRE(std::holds_alternative<safety::Refusal>(answer));
        CHECK(std::get<safety::Refusal>(answer).reason == safety::Refusal::Reason::NotYours);
    }
    CHECK(stand.now(fault.id).state == FaultState::Applied);
    CHECK(std::holds_alternative<FaultReport>(stand.keeper().renew(fault.id, stand.admin)));
    CHECK(std::holds_alternative<FaultReport>(stand.keeper().stop(fault.id, stand.admin)));
    CHECK(stand.now(fault.id).reason == EndReason::Stopped);
}

TEST_CASE("time that goes backwards moves nothing", "[safety][lease]") {
    KeeperStand stand;
    auto const fault = stand.started(latencyOn());
    stand.keeper().tick(Duration());
    CHECK(stand.now(fault.id).leaseLeft == Duration::seconds(10));
    CHECK(stand.now(fault.id).state == FaultState::Applied);
}

TEST_CASE("who asks for much does not keep faults from ending", "[safety][lease]") {
    KeeperStand stand;
    int looks = 0;
    stand.settings.meanwhile = [&] {
        if (++looks == 3) {
            stand.pass(Duration::seconds(10));
        }
    };
    stand.open();
    auto const fault = stand.started(latencyOn());
    CHECK_FALSE(stand.keeper().capabilities().empty());
    CHECK(looks > 3);
    CHECK(stand.now(fault.id).reason == EndReason::LeaseExpired);
}

TEST_CASE("a watchdog that took the place of another is no victim, and one that is lost is told",
          "[safety][lease]") {
    KeeperStand stand;
    CHECK_FALSE(stand.keeper().health().isWatched);
    stand.keeper().setWatchdog(system::ProcessId{42, 99});
    CHECK(stand.keeper().health().isWatched);
    stand.keeper().setWatchdog({});
    CHECK_FALSE(stand.keeper().health().isWatched);
}
