#include <catch2/catch.hpp>

#include "chaos-agent/safety/guard.hpp"
#include "tests/chaos-agent/safety/keeper_stand.hpp"

using namespace shakedown;
using namespace shakedown::safety;
using tests::latencyOn;

namespace {

injectors::Targets fourTargets() {
    injectors::Targets targets;
    for (auto const* name : {"orders", "billing", "stock", "site"}) {
        targets[name].name = name;
        targets[name].kinds = {"latency"};
    }
    return targets;
}

std::string denied(protocol::FaultRequest const& request, Caps const& caps = {},
                   AtWork const& atWork = {}, injectors::Targets const& targets = fourTargets()) {
    return denial(request, targets, caps, atWork).value_or("");
}

} // namespace

TEST_CASE("without an allow list nothing runs", "[safety][guard]") {
    CHECK(denied(latencyOn(), {}, {}, {})
          == "the agent's configuration allows no target, so nothing runs");
}

TEST_CASE("what the allow list does not hold is denied", "[safety][guard]") {
    CHECK(denied(latencyOn("orders")).empty());
    CHECK(denied(latencyOn("ordrs"))
          == "target 'ordrs' is not in the agent's configuration; did you mean 'orders'?");
    auto request = latencyOn();
    request.what = protocol::Kill{};
    CHECK(denied(request) == "'kill' is not among the faults that 'orders' allows");
    request = latencyOn();
    request.peers = {"billing", "elsewhere"};
    CHECK(denied(request) == "peer 'elsewhere' is not in the agent's configuration");
}

TEST_CASE("a target may allow every kind of fault by one word", "[safety][guard]") {
    auto targets = fourTargets();
    targets["orders"].kinds = {"all"};
    auto request = latencyOn();
    request.what = protocol::Kill{};
    CHECK(denied(request, {}, {}, targets).empty());
}

TEST_CASE("a fault that is too long is denied", "[safety][guard]") {
    Caps caps;
    caps.duration = Duration::milliseconds(1500);
    auto request = latencyOn();
    request.duration = Duration::milliseconds(1500);
    CHECK(denied(request, caps).empty());
    request.duration = Duration::milliseconds(1501);
    CHECK(denied(request, caps) == "a fault may last 1.5 s here at most, not 1.501 s");
}

TEST_CASE("too many faults or targets at once are denied", "[safety][guard]") {
    Caps caps;
    caps.faults = 2;
    caps.targets = 2;
    CHECK(denied(latencyOn(), caps, {1, {"billing"}}).empty());
    CHECK(denied(latencyOn(), caps, {2, {"billing"}})
          == "2 faults are at work, and no more may be at once");
    CHECK(denied(latencyOn(), caps, {1, {"billing", "stock"}})
          == "no more than 2 targets may be in a fault at once");
    CHECK(denied(latencyOn(), caps, {1, {"orders", "stock"}}).empty());
}

TEST_CASE("too large a share of the targets is denied", "[safety][guard]") {
    Caps caps;
    caps.share = 0.5;
    CHECK(denied(latencyOn(), caps, {1, {"billing"}}).empty());
    CHECK(denied(latencyOn(), caps, {2, {"billing", "stock"}})
          == "no more than 50 % of the targets may be in a fault at once");
}
