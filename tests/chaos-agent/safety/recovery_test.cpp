#include <catch2/catch.hpp>

#include <fstream>

#include "chaos-agent/safety/tenure.hpp"
#include "tests/chaos-agent/safety/keeper_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"

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

TEST_CASE("an entry that cannot be read keeps no other fault at work", "[safety][recovery]") {
    for (auto const* damage :
         {"document = '{'", "document = 'null'", "document = json_remove(document, '$.steps')",
          "document = json_set(document, '$.steps[0].does', 'dance')"}) {
        INFO(damage);
        KeeperStand stand;
        auto const lost = stand.started(latencyOn("orders"));
        auto const other = stand.started(latencyOn("billing"));
        stand.lose();
        stand.tamper("UPDATE faults SET " + std::string(damage) + " WHERE id = '" + lost.id + "'");
        stand.open();
        CHECK(stand.now(other.id).state == FaultState::Reverted);
        CHECK_FALSE(stand.connections.disturbed.contains("billing/fault-latency"));
        // What it did is not known: it stays in sight, in this life and in the next.
        CHECK(stand.now(lost.id).state == FaultState::Stuck);
        CHECK(stand.now(lost.id).detail.find("cannot be read") != std::string::npos);
        stand.pass(Duration::seconds(60));
        stand.open();
        CHECK(stand.now(lost.id).state == FaultState::Stuck);
        CHECK(stand.keeper().liveCount() == 1);
        CHECK(stand.started(latencyOn("stock")).state == FaultState::Applied);
    }
}

TEST_CASE("of an entry the steps are enough to take back", "[safety][recovery]") {
    for (auto const* damage : {"'$.request.kind', 'dance'", "'$.state', 99", "'$.reason', -1",
                               "'$.begun', 7", "'$.owner', 5", "'$.claims', json('{}')"}) {
        INFO(damage);
        KeeperStand stand;
        auto const fault = stand.started(latencyOn());
        stand.lose();
        stand.tamper("UPDATE faults SET document = json_set(document, " + std::string(damage)
                     + ")");
        stand.open();
        CHECK(stand.connections.disturbed.empty());
        CHECK(stand.now(fault.id).state == FaultState::Reverted);
    }
}

TEST_CASE("an entry of long ago that cannot be read is no reason not to start",
          "[safety][recovery]") {
    KeeperStand stand;
    auto const fault = stand.started(latencyOn());
    stand.keeper().stop(fault.id, stand.caller);
    stand.lose();
    stand.tamper("UPDATE faults SET document = '{'");
    stand.open();
    CHECK(stand.keeper().list().empty());
}

TEST_CASE("a fault of another boot is over, one of an unknown boot is taken back",
          "[safety][recovery]") {
    for (auto const& [boot, remains] :
         {std::pair("another", true), std::pair("", false), std::pair("unknown", false)}) {
        INFO(boot);
        KeeperStand stand;
        auto const fault = stand.started(latencyOn());
        stand.lose();
        stand.tamper("UPDATE faults SET document = json_set(document, '$.boot', '"
                     + std::string(boot) + "')");
        stand.open();
        CHECK(stand.connections.disturbed.empty() != remains);
        CHECK(stand.now(fault.id).state == FaultState::Reverted);
    }
}

TEST_CASE("what is over is written down once that is possible", "[safety][recovery]") {
    KeeperStand stand;
    auto const fault = stand.started(latencyOn());
    {
        tests::FileSizeLimit const limit(1);
        stand.keeper().stop(fault.id, stand.caller);
        CHECK(stand.now(fault.id).state == FaultState::Reverted);
        CHECK(stand.keeper().liveCount() == 0);
    }
    // Else the next start would take it back again, long after.
    CHECK(stand.writtenAsLive() == 1);
    stand.pass(Duration::seconds(6));
    CHECK(stand.writtenAsLive() == 0);
    CHECK(stand.now(fault.id).state == FaultState::Reverted);
    CHECK(stand.keeper().list().size() == 1);
}

TEST_CASE("everything that is due is taken back before anything is looked at",
          "[safety][recovery]") {
    KeeperStand stand;
    for (auto const* target : {"orders", "billing", "stock"}) {
        stand.started(latencyOn(target));
    }
    auto const order = [&](auto const& end) {
        stand.connections.asked.clear();
        end();
        auto const& asked = stand.connections.asked;
        REQUIRE(asked.size() == 6);
        return std::count_if(asked.begin(), asked.begin() + 3,
                             [](auto const& what) { return what.starts_with("calm"); });
    };
    CHECK(order([&] { stand.pass(Duration::seconds(60)); }) == 3);
    for (auto const* target : {"orders", "billing", "stock"}) {
        stand.started(latencyOn(target));
    }
    CHECK(order([&] { stand.keeper().halt("all", stand.admin); }) == 3);
    stand.keeper().release(stand.admin);
    for (auto const* target : {"orders", "billing", "stock"}) {
        stand.started(latencyOn(target));
    }
    CHECK(order([&] { stand.open(); }) == 3);
}

TEST_CASE("who cannot be taken back for an exception hinders nobody", "[safety][recovery]") {
    for (auto const* target : {"orders", "billing", "stock"}) {
        KeeperStand stand;
        auto const fault = stand.started(latencyOn(target));
        for (auto const* other : {"orders", "billing", "stock"}) {
            if (other != std::string(target)) {
                stand.started(latencyOn(other));
            }
        }
        stand.connections.throwsFor = target;
        stand.pass(Duration::seconds(10));
        CHECK(stand.connections.disturbed.size() == 1);
        CHECK(stand.now(fault.id).state == FaultState::Stuck);
        CHECK(stand.now(fault.id).detail.find("out of threads") != std::string::npos);
    }
}

TEST_CASE("a fault that stays stuck fills no log", "[safety][recovery]") {
    KeeperStand stand;
    auto const fault = stand.started(latencyOn());
    stand.connections.failsToCalm = true;
    stand.keeper().stop(fault.id, stand.caller);
    auto const lines = stand.keeper().audit(1000).size();
    for (int i = 0; i < 100; ++i) {
        stand.pass(Duration::seconds(6));
    }
    CHECK(stand.keeper().audit(1000).size() == lines);
    CHECK(stand.now(fault.id).state == FaultState::Stuck);
}

TEST_CASE("an audit log that lost its end is kept aside before the journal forgets",
          "[safety][recovery]") {
    KeeperStand stand;
    auto const fault = stand.started(latencyOn());
    stand.keeper().stop(fault.id, stand.caller);
    stand.lose();
    auto const audit = safety::filesIn(stand.folder.string()).audit;
    std::filesystem::resize_file(audit, 0);
    stand.open();
    auto const lines = stand.keeper().audit(10);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].find("set aside") != std::string::npos);
    CHECK(lines[0].find("of the journal's account is not there") != std::string::npos);
}

TEST_CASE("what could not be taken back is tried again soon, not when patience ends",
          "[safety][recovery]") {
    tests::Child child;
    auto const pidFile = tests::freshPath("stopped.pid");
    std::ofstream(pidFile) << child.number() << "\n";
    KeeperStand stand;
    stand.settings.targets["orders"].pidFile = pidFile.string();
    stand.settings.targets["orders"].kinds = {"hang"};
    stand.open();
    FaultRequest request;
    request.what = Hang{};
    request.target = "orders";
    request.duration = Duration::seconds(10);
    auto const fault = stand.started(request);
    auto const isStopped = [&] {
        auto const found = system::statOf(child.number());
        return std::get<system::ProcessStat>(found).state == 'T';
    };
    CHECK(tests::soon(isStopped));
    {
        // Nothing is checked in here: a sanitizer that looks at an object needs descriptors itself.
        tests::DescriptorLimit const none;
        stand.pass(Duration::seconds(10));
    }
    CHECK(stand.now(fault.id).state == FaultState::Stuck);
    CHECK(isStopped());
    stand.pass(Duration::seconds(6));
    CHECK(tests::soon([&] { return !isStopped(); }));
    stand.pass(Duration::milliseconds(100));
    CHECK(stand.now(fault.id).state == FaultState::Reverted);
    std::filesystem::remove(pidFile);
}
