#include <catch2/catch.hpp>

#include "tests/chaos-agent/faults/own_groups.hpp"
#include "tests/chaos-agent/safety/keeper_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"

// Faults that load the host: how it was is on record, and there is one of a kind at a time.
using namespace shakedown;
using namespace shakedown::protocol;
using tests::KeeperStand;

namespace {

// Two targets that allow loads; false where this host cannot do them.
bool prepare(KeeperStand& stand, system::Companions& companions) {
    if (!tests::hasGroupsFor("cpu")) {
        return false;
    }
    for (auto const* name : {"orders", "billing"}) {
        auto& target = stand.settings.targets.at(name);
        target.kinds = {"cpu", "latency"};
        target.pidFile = tests::freshPath("nobody").string(); // so that its groups are its own
    }
    stand.settings.tools.companions = &companions;
    stand.open();
    return true;
}

FaultRequest loadOn(std::string const& target) {
    auto request = tests::latencyOn(target);
    request.what = Cpu{0.1, 1};
    return request;
}

FaultReport applied(KeeperStand& stand, FaultRequest const& request) {
    auto const id = stand.started(request).id;
    CHECK(tests::soon([&] {
        stand.pass(Duration::milliseconds(1));
        return stand.now(id).state == FaultState::Applied;
    }));
    return stand.now(id);
}

FaultReport over(KeeperStand& stand, std::string const& id) {
    (void)stand.keeper().stop(id, stand.caller);
    CHECK(tests::soon([&] {
        stand.pass(Duration::milliseconds(1));
        return stand.now(id).state == FaultState::Reverted;
    }));
    return stand.now(id);
}

bool has(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("how a loaded host was is told with the fault, and on record", "[safety][load]") {
    system::Companions companions;
    KeeperStand stand;
    if (!prepare(stand, companions)) {
        return;
    }
    auto const fault = applied(stand, loadOn("orders"));
    CHECK(has(fault.facts, "once applied: "));
    CHECK(has(fault.facts, "of memory available"));
    auto const facts = over(stand, fault.id).facts;
    CHECK(has(facts, "; before the end: "));
    CHECK(has(stand.keeper().audit(1).front(), "before the end: "));
    CHECK(has(stand.keeper().eventsAfter(0).back().detail, "before the end: "));
    stand.open();
    CHECK(stand.now(fault.id).facts == facts);
}

TEST_CASE("of other faults no facts of the host are told", "[safety][load]") {
    KeeperStand stand;
    auto const id = stand.started(tests::latencyOn()).id;
    CHECK(stand.now(id).facts.empty());
}

TEST_CASE("two loads of one kind fight over the host, whoever their targets are",
          "[safety][load]") {
    system::Companions companions;
    KeeperStand stand;
    if (!prepare(stand, companions)) {
        return;
    }
    auto const fault = applied(stand, loadOn("orders"));
    auto const refused = stand.refused(loadOn("billing"));
    CHECK(refused.reason == safety::Refusal::Reason::Conflict);
    CHECK(has(refused.message, "fights over processors of this host"));
    over(stand, fault.id);
}
