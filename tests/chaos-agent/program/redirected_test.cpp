#include <catch2/catch.hpp>

#include <csignal>

#include "chaos-agent/system/packet_filter.hpp"
#include "tests/chaos-agent/program/native_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"
#include "tests/chaos-agent/system/test_network.hpp"

// Redirects of the whole program, on a service of this host's own network namespace.
using namespace shakedown;
using tests::NativeStand;
using tests::soon;

namespace {

// Where networks can be made, rules can be put.
bool canRun() {
    return tests::TestNetwork::make() != nullptr;
}

// Of ours, in this namespace.
std::size_t tables() {
    auto const own = system::NetworkNamespace::own();
    auto const listed = system::tablesLike(std::get<system::NetworkNamespace>(own), "shakedown_");
    return std::get<std::vector<std::string>>(listed).size();
}

} // namespace

TEST_CASE("an agent redirects callers that know nothing of it, and lets them go",
          "[agent][redirect]") {
    if (!canRun()) {
        return;
    }
    NativeStand stand(NativeStand::Proxies::Redirected);
    auto const before = tables();
    auto const id = stand.start("errors", 10'000);
    CHECK(stand.stateOf(id) == "applied");
    CHECK_FALSE(stand.service().answers());
    CHECK(tables() == before + 1);
    auto const refused = stand.ask(
        "POST", "/v1/faults",
        {{"kind", "latency"}, {"delay_us", 1000}, {"target", "orders"}, {"duration_us", 1000}});
    CHECK(refused.status == 409);
    CHECK(stand.ask("DELETE", "/v1/faults/" + id).status == 200);
    CHECK(stand.stateOf(id) == "reverted");
    CHECK(stand.service().answers());
    CHECK(tables() == before);
}

TEST_CASE("an agent that is told to end lets redirected callers go first", "[agent][redirect]") {
    if (!canRun()) {
        return;
    }
    NativeStand stand(NativeStand::Proxies::Redirected);
    auto const before = tables();
    stand.start("errors", 10'000);
    CHECK_FALSE(stand.service().answers());
    stand.agent().signal(SIGTERM);
    CHECK(stand.agent().wait() == 0);
    CHECK(stand.service().answers());
    CHECK(tables() == before);
}

TEST_CASE("a redirect whose client falls silent ends with its lease", "[agent][redirect]") {
    if (!canRun()) {
        return;
    }
    NativeStand stand(NativeStand::Proxies::Redirected);
    auto const id = stand.start("errors", 1000);
    CHECK_FALSE(stand.service().answers());
    CHECK(soon([&] { return stand.stateOf(id) == "reverted"; }));
    CHECK(stand.service().answers());
}
