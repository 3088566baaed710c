#include <catch2/catch.hpp>

#include "tests/chaos-agent/safety/keeper_stand.hpp"

using namespace shakedown;
using namespace shakedown::protocol;
using safety::Refusal;
using tests::KeeperStand;
using tests::latencyOn;

TEST_CASE("a plan is what a start does, to the hash", "[safety][start]") {
    KeeperStand stand;
    auto const answer = stand.keeper().plan(latencyOn());
    REQUIRE(std::holds_alternative<PlanReport>(answer));
    auto const& plan = std::get<PlanReport>(answer);
    CHECK(plan.hash.size() == 64);
    REQUIRE(plan.steps.size() == 1);
    CHECK(plan.steps[0].apply == "set fault-latency on the connections of proxy orders");
    CHECK(plan.steps[0].revert == "take away fault-latency on the connections of proxy orders");
    CHECK_FALSE(plan.irreversible);
    CHECK(stand.connections.disturbed.empty());
    CHECK(stand.started(latencyOn()).planHash == plan.hash);
}

TEST_CASE("two faults on one thing fight, and the second is refused", "[safety][start]") {
    KeeperStand stand;
    auto const first = stand.started(latencyOn());
    auto request = latencyOn();
    request.what = BandwidthLimit{Bytes::of(1000)};
    auto const refusal = stand.refused(request);
    CHECK(refusal.reason == Refusal::Reason::Conflict);
    CHECK(
        refusal.message
        == "'bandwidth' on 'orders' fights over connections of proxy orders with 'latency' (fault "
               + first.id + " of token ci)");
    stand.keeper().stop(first.id, stand.caller);
    CHECK(stand.started(request).state == FaultState::Applied);
}

TEST_CASE("a repeated start with the same key is the same fault", "[safety][start]") {
    KeeperStand stand;
    auto const first = stand.started(latencyOn(), "once");
    CHECK(stand.started(latencyOn(), "once").id == first.id);
    auto other = latencyOn();
    other.duration = Duration::seconds(1);
    auto const refusal = stand.refused(other, "once");
    CHECK(refusal.reason == Refusal::Reason::Conflict);
    CHECK(refusal.message.find("'once' was used for another request") != std::string::npos);
    // After a restart too, and when it is over.
    stand.open();
    CHECK(stand.started(latencyOn(), "once").id == first.id);
    CHECK(stand.started(latencyOn(), "once").state == FaultState::Reverted);
}

TEST_CASE("the key of somebody else is another key", "[safety][start]") {
    KeeperStand stand;
    stand.started(latencyOn(), "once");
    auto const answer = stand.keeper().start(latencyOn("billing"), stand.stranger, "once");
    REQUIRE(std::holds_alternative<FaultReport>(answer));
    CHECK(std::get<FaultReport>(answer).owner == "token other");
}

TEST_CASE("a start is in the audit log before the fault is there", "[safety][start]") {
    KeeperStand stand;
    std::vector<std::string> seen;
    stand.settings.onPoint = [&](safety::Point point) {
        if (point == safety::Point::BeforeApply) {
            seen = stand.keeper().audit(1);
            CHECK(stand.connections.disturbed.empty());
        }
    };
    stand.open();
    auto request = latencyOn();
    request.reason = "game day";
    auto const fault = stand.started(request);
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].find("\"what\":\"start\"") != std::string::npos);
    CHECK(seen[0].find("\"who\":\"token ci\"") != std::string::npos);
    CHECK(seen[0].find(fault.planHash + ": game day") != std::string::npos);
}

TEST_CASE("what is refused is in the audit log too", "[safety][start]") {
    KeeperStand stand;
    stand.refused(latencyOn("nobody"));
    auto const lines = stand.keeper().audit(10);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].find("\"what\":\"refused\"") != std::string::npos);
    CHECK(lines[0].find("target 'nobody' is not in the agent's configuration")
          != std::string::npos);
}

TEST_CASE("events tell of a fault from its start to its end", "[safety][events]") {
    KeeperStand stand;
    std::vector<std::string> heard;
    stand.keeper().onEvent([&](AgentEvent const& event) { heard.push_back(event.what); });
    auto const fault = stand.started(latencyOn());
    stand.keeper().stop(fault.id, stand.caller);
    CHECK(heard == std::vector<std::string>{"applied", "reverting", "reverted"});
    auto const after = stand.keeper().eventsAfter(2);
    REQUIRE(after.size() == 1);
    CHECK(after[0].number == 3);
    CHECK(after[0].fault == fault.id);
}

TEST_CASE("starts that are refused all day do not push the log out", "[safety][start]") {
    KeeperStand stand;
    for (int i = 0; i < 300; ++i) {
        stand.refused(latencyOn("nobody"));
    }
    CHECK(stand.keeper().audit(1000).size() == 100);
    CHECK(stand.keeper().health().refused == 300);
    stand.pass(Duration::seconds(61));
    stand.refused(latencyOn("nobody"));
    auto const lines = stand.keeper().audit(2);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].find("200 more in that minute") != std::string::npos);
}

TEST_CASE("who reaches for another's fault is in the audit log", "[safety][start]") {
    KeeperStand stand;
    auto const fault = stand.started(latencyOn());
    stand.keeper().stop(fault.id, stand.stranger);
    stand.keeper().renew(fault.id, stand.stranger);
    auto const lines = stand.keeper().audit(2);
    for (auto const& line : lines) {
        CHECK(line.find("\"who\":\"token other\"") != std::string::npos);
        CHECK(line.find("\"what\":\"refused\"") != std::string::npos);
        CHECK(line.find(fault.id) != std::string::npos);
    }
}
