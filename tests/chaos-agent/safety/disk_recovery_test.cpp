#include <catch2/catch.hpp>

#include <algorithm>

#include "chaos-agent/system/fill_file.hpp"
#include "tests/chaos-agent/safety/keeper_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"

// A file outlives what else a fault does to a host.
using namespace shakedown;
using namespace shakedown::protocol;
using tests::KeeperStand;
using tests::latencyOn;

TEST_CASE("a disk that was filled is freed after the host was started anew", "[safety][recovery]") {
    auto const folder = tests::freshPath("fill");
    std::filesystem::create_directory(folder);
    auto const room = system::lookAtFolder(folder.string());
    REQUIRE(std::holds_alternative<system::Folder>(room));
    if (std::get<system::Folder>(room).kept == system::Folder::Kept::InMemory) {
        WARN("skipped: temporary files of this host are in memory");
        std::filesystem::remove(folder);
        return;
    }
    {
        // A part, more than others write meanwhile.
        auto const free = std::get<Bytes>(system::freeIn(std::get<system::Folder>(room))).count();
        auto const left = free - std::min(free / 2, std::int64_t{256} << 20);
        KeeperStand stand;
        auto& target = stand.settings.targets.at("orders");
        target.kinds = {"disk"};
        target.disk = {folder.string(), Bytes::of(1L << 40), Bytes::of(left)};
        stand.open();
        auto request = latencyOn();
        request.what = protocol::Disk{};
        auto const fault = stand.started(request);
        CHECK_FALSE(std::filesystem::is_empty(folder));
        stand.lose();
        stand.tamper("UPDATE faults SET document = json_set(document, '$.boot', 'another')");
        stand.open();
        CHECK(std::filesystem::is_empty(folder));
        CHECK(stand.now(fault.id).state == FaultState::Reverted);
    }
    std::filesystem::remove(folder);
}
