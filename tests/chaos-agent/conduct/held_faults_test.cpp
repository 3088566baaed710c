#include <catch2/catch.hpp>

#include <thread>

#include "chaos-agent/conduct/held_faults.hpp"
#include "tests/chaos-agent/conduct/fake_agent.hpp"
#include "tests/chaos-agent/system/child.hpp"

using namespace shakedown;
using conduct::HeldFaults;
using conduct::TakenBack;
using tests::FakeAgent;
using tests::soon;

namespace {

conduct::AgentFault hangOf(std::string const& target, std::uint32_t agent = 0) {
    conduct::AgentFault fault{agent, {}, ""};
    fault.request.what = protocol::Hang{};
    fault.request.target = target;
    fault.request.lease = Duration::seconds(1);
    return fault;
}

std::size_t started(HeldFaults& faults, conduct::AgentFault const& fault, std::string const& key,
                    Duration duration = Duration::seconds(60)) {
    auto const answer = faults.start(fault, duration, key);
    REQUIRE(std::holds_alternative<HeldFaults::Started>(answer));
    return std::get<HeldFaults::Started>(answer).number;
}

} // namespace

TEST_CASE("a lease is renewed as long as a fault is held", "[agent][conduct][held]") {
    FakeAgent agent;
    HeldFaults faults({{"a", &agent}});
    auto const number = started(faults, hangOf("orders"), "1");
    std::this_thread::sleep_for(std::chrono::milliseconds(1600)); // longer than the lease
    CHECK(agent.hasFaults());
    CHECK(agent.renewals() >= 3);
    CHECK(faults.end(number).how == TakenBack::Reverted);
    CHECK_FALSE(agent.hasFaults());
    CHECK_FALSE(faults.lost());
}

TEST_CASE("an agent that hangs does not keep another's lease from being renewed",
          "[agent][conduct][held]") {
    FakeAgent good;
    // Every call blocks as long as a client waits.
    struct Slow final : conduct::AgentPort {
        FakeAgent inner;
        std::atomic<bool> isSlow{false};
        void wait() const {
            if (isSlow) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1500));
            }
        }
        protocol::OrError<std::vector<std::string>> targets() override { return inner.targets(); }
        protocol::OrError<protocol::Halt> halted() override { return inner.halted(); }
        protocol::OrError<protocol::PlanReport>
        plan(protocol::FaultRequest const& request) override {
            return inner.plan(request);
        }
        protocol::OrError<protocol::FaultReport> start(protocol::FaultRequest const& request,
                                                       std::string const& key) override {
            return inner.start(request, key);
        }
        protocol::OrError<protocol::FaultReport> renew(std::string const& id) override {
            wait();
            return inner.renew(id);
        }
        protocol::OrError<protocol::FaultReport> stop(std::string const& id) override {
            return inner.stop(id);
        }
        protocol::OrError<protocol::FaultReport> get(std::string const& id) override {
            return inner.get(id);
        }
    } slow;
    HeldFaults faults({{"slow", &slow}, {"good", &good}});
    started(faults, hangOf("orders", 0), "1");
    started(faults, hangOf("front", 1), "2");
    slow.isSlow = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(1600));
    CHECK(good.hasFaults());
    slow.isSlow = false;
}

TEST_CASE("all that is held is taken back, the youngest first", "[agent][conduct][held]") {
    FakeAgent agent;
    {
        HeldFaults faults({{"a", &agent}});
        started(faults, hangOf("one"), "1");
        started(faults, hangOf("two"), "2");
        started(faults, hangOf("three"), "3");
    }
    CHECK(agent.log()
          == std::vector<std::string>{"start one", "start two", "start three", "stop three",
                                      "stop two", "stop one"});
}

TEST_CASE("an agent that ends a fault by itself is noticed", "[agent][conduct][held]") {
    FakeAgent agent;
    HeldFaults faults({{"a", &agent}});
    auto const number = started(faults, hangOf("orders"), "1");
    agent.halt();
    CHECK(soon([&] { return faults.lost().has_value(); }));
    CHECK(faults.lost().value_or("").find("hang of orders: halted") != std::string::npos);
    CHECK(faults.end(number).how == TakenBack::Reverted);
}

TEST_CASE("an agent that falls silent is lost after a lease", "[agent][conduct][held]") {
    FakeAgent agent;
    HeldFaults faults({{"a", &agent}});
    auto const number = started(faults, hangOf("orders"), "1");
    agent.set(FakeAgent::Mood::Silent);
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    CHECK_FALSE(faults.lost());
    CHECK(soon([&] { return faults.lost().has_value(); }));
    auto const ended = faults.end(number);
    CHECK(ended.how == TakenBack::Unconfirmed);
    CHECK(ended.detail.find("does not say what became of hang of orders") != std::string::npos);
}

TEST_CASE("an agent that speaks again in time tells how it ended", "[agent][conduct][held]") {
    FakeAgent agent;
    HeldFaults faults({{"a", &agent}});
    auto const number = started(faults, hangOf("orders"), "1");
    agent.set(FakeAgent::Mood::Silent);
    std::jthread const later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(700));
        agent.set(FakeAgent::Mood::Good);
    });
    CHECK(faults.end(number).how == TakenBack::Reverted);
}

TEST_CASE("what cannot be taken back is stuck, and says why", "[agent][conduct][held]") {
    FakeAgent agent;
    HeldFaults faults({{"a", &agent}});
    auto const number = started(faults, hangOf("orders"), "1");
    agent.set(FakeAgent::Mood::Stuck);
    auto const ended = faults.end(number);
    CHECK(ended.how == TakenBack::Stuck);
    CHECK(ended.detail.find("the rule does not go") != std::string::npos);
    CHECK_FALSE(faults.isHeld(number));
}

TEST_CASE("a start that is refused starts nothing", "[agent][conduct][held]") {
    FakeAgent agent;
    HeldFaults faults({{"a", &agent}});
    agent.set(FakeAgent::Mood::RefusesStart);
    auto const refused = faults.start(hangOf("orders"), Duration::seconds(1), "1");
    REQUIRE(std::holds_alternative<HeldFaults::NotStarted>(refused));
    CHECK(std::get<HeldFaults::NotStarted>(refused).why.find("conflict") != std::string::npos);
    CHECK(faults.endAll().empty());
}
