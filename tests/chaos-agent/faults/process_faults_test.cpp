#include <catch2/catch.hpp>

#include <csignal>
#include <fstream>

#include <unistd.h>

#include "chaos-agent/faults/planner.hpp"
#include "tests/chaos-agent/faults/planned.hpp"
#include "tests/chaos-agent/faults/service_process.hpp"
#include "tests/chaos-agent/system/child.hpp"

// Faults of processes do what they say, seen from outside, and are over afterwards.
using namespace shakedown;
using namespace shakedown::injectors;
using tests::refusalOf;
using tests::ServiceProcess;
using tests::soon;

namespace {

constexpr Duration lease = Duration::seconds(30);

Operation operationOf(protocol::FaultKind const& what, Target const& target) {
    return tests::planFor(what, target).steps.front();
}

} // namespace

TEST_CASE("a hanging service does nothing, and goes on", "[faults][process]") {
    ServiceProcess service(tests::freeAddress());
    auto const hang = operationOf(protocol::Hang{}, service.target("orders"));
    REQUIRE_FALSE(apply(hang, lease, {}));
    CHECK(soon([&] { return isApplied(hang, {}).is == Verdict::Is::So; }));
    CHECK_FALSE(service.answers());
    REQUIRE_FALSE(revert(hang, {}));
    CHECK(soon([&] { return service.answers(); }));
    CHECK(isReverted(hang, {}).is == Verdict::Is::So);
}

TEST_CASE("a killed service is gone, and comes back as another process", "[faults][process]") {
    ServiceProcess service(tests::freeAddress());
    auto const before = service.process()->id();
    auto const kill = operationOf(protocol::Kill{}, service.target("orders"));
    REQUIRE_FALSE(apply(kill, lease, {}));
    CHECK(soon([&] { return isApplied(kill, {}).is == Verdict::Is::So; }));
    CHECK_FALSE(service.answers());
    CHECK(isReverted(kill, {}).is == Verdict::Is::NotYet);
    REQUIRE_FALSE(revert(kill, {}));
    CHECK(soon([&] { return isReverted(kill, {}).is == Verdict::Is::So; }));
    CHECK(soon([&] { return service.answers(); }));
    CHECK(service.process()->id() != before);
}

TEST_CASE("who was started again by somebody else is not started twice", "[faults][process]") {
    ServiceProcess service(tests::freeAddress());
    auto const crash = operationOf(protocol::Crash{}, service.target("orders"));
    REQUIRE_FALSE(apply(crash, lease, {}));
    REQUIRE(soon([&] { return isApplied(crash, {}).is == Verdict::Is::So; }));
    REQUIRE_FALSE(system::launch(service.words()));
    REQUIRE(soon([&] { return service.answers(); }));
    auto const after = service.process()->id();
    REQUIRE_FALSE(revert(crash, {}));
    CHECK(isReverted(crash, {}).is == Verdict::Is::So);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    CHECK(service.process()->id() == after);
}

TEST_CASE("a kill without an action is for good, and says so", "[faults][process]") {
    ServiceProcess service(tests::freeAddress());
    auto target = service.target("orders");
    target.start.clear();
    auto const kill = operationOf(protocol::Kill{}, target);
    CHECK(wordsOf(kill).revert == "nothing takes this back");
    CHECK(isIrreversible(kill));
    REQUIRE_FALSE(apply(kill, lease, {}));
    REQUIRE(soon([&] { return isApplied(kill, {}).is == Verdict::Is::So; }));
    REQUIRE_FALSE(revert(kill, {}));
    CHECK(isReverted(kill, {}).is == Verdict::Is::So);
    CHECK_FALSE(service.answers());
}

TEST_CASE("a crash needs a way back", "[faults][process]") {
    ServiceProcess service(tests::freeAddress());
    auto target = service.target("orders");
    target.start.clear();
    CHECK(refusalOf(protocol::Crash{}, target).find("has no action 'start'") != std::string::npos);
    target.start = {"systemctl", "start", "orders"};
    CHECK(refusalOf(protocol::Crash{}, target)
          == "the action of 'orders': 'systemctl' is no absolute path");
}

TEST_CASE("a restart is over once another process answers", "[faults][process]") {
    ServiceProcess service(tests::freeAddress());
    auto target = service.target("orders");
    auto const before = service.process()->id();
    // An action that ends the old one and starts a new one.
    std::string const script = "kill 9, " + std::to_string(before.number)
                               + "; select undef, undef, undef, 0.1; exec @ARGV";
    target.restart = {"/usr/bin/perl", "-e", script};
    for (auto const& word : service.words()) {
        target.restart.push_back(word);
    }
    auto const restart = operationOf(protocol::Restart{}, target);
    CHECK(isApplied(restart, {}).is == Verdict::Is::NotYet);
    REQUIRE_FALSE(apply(restart, lease, {}));
    CHECK(soon([&] { return isApplied(restart, {}).is == Verdict::Is::So; }));
    CHECK(service.process()->id() != before);
    CHECK(soon([&] { return service.answers(); }));
    auto const after = service.process()->id();
    REQUIRE_FALSE(revert(restart, {}));
    CHECK(isReverted(restart, {}).is == Verdict::Is::So);
    CHECK(service.process()->id() == after);
}

TEST_CASE("a restart that was cut short is brought to its end", "[faults][process]") {
    ServiceProcess service(tests::freeAddress());
    auto const restart = operationOf(protocol::Restart{}, service.target("orders"));
    REQUIRE_FALSE(service.process()->signal(SIGKILL));
    REQUIRE(soon([&] { return !service.answers(); }));
    REQUIRE_FALSE(revert(restart, {}));
    CHECK(soon([&] { return isReverted(restart, {}).is == Verdict::Is::So; }));
    CHECK(soon([&] { return service.answers(); }));
}

TEST_CASE("a number that was given to another process is not touched", "[faults][process]") {
    tests::Child child;
    auto const id = std::get<system::Process>(system::Process::open(child.number())).id();
    system::ProcessId const earlier{id.number, id.began - 1};
    CHECK(apply(StopProcess{earlier}, lease, {}));
    CHECK(apply(KillProcess{earlier, {}}, lease, {}));
    CHECK_FALSE(revert(StopProcess{earlier}, {}));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    auto const found = system::Process::reopen(id);
    REQUIRE(std::holds_alternative<system::Process>(found));
    CHECK_FALSE(std::get<system::Process>(found).isStopped());
}

TEST_CASE("a process that cannot be looked at is not thought gone, and not left stopped",
          "[faults][process]") {
    ServiceProcess service(tests::freeAddress());
    auto const hang = operationOf(protocol::Hang{}, service.target("orders"));
    auto const kill = operationOf(protocol::Kill{}, service.target("orders"));
    REQUIRE_FALSE(apply(hang, lease, {}));
    CHECK(soon([&] { return isApplied(hang, {}).is == Verdict::Is::So; }));
    {
        tests::DescriptorLimit const none;
        CHECK(revert(hang, {}));
        CHECK(isReverted(hang, {}).is == Verdict::Is::NotYet);
        CHECK(isApplied(hang, {}).is == Verdict::Is::NotYet);
        CHECK(isApplied(kill, {}).is == Verdict::Is::NotYet);
        CHECK(revert(kill, {}));
        CHECK(isReverted(kill, {}).is == Verdict::Is::NotYet);
    }
    REQUIRE_FALSE(revert(hang, {}));
    CHECK(soon([&] { return service.answers(); }));
    CHECK(isReverted(hang, {}).is == Verdict::Is::So);
}

TEST_CASE("a service that is known by its unit alone is started again", "[faults][process]") {
    ServiceProcess service(tests::freeAddress());
    auto const id = service.process()->id();
    // Whatever systemd says of such a unit, or if there is none: it does not run.
    Comeback const comeback{service.words(), "", "shakedown-nobody.service", {}, {}};
    KillProcess const crash{id, comeback};
    REQUIRE_FALSE(apply(crash, lease, {}));
    REQUIRE(soon([&] { return isApplied(crash, {}).is == Verdict::Is::So; }));
    CHECK(isReverted(crash, {}).is == Verdict::Is::NotYet);
    REQUIRE_FALSE(revert(crash, {}));
    CHECK(soon([&] { return service.answers(); }));
}

TEST_CASE("who was stopped by somebody else is not ours to stop", "[faults][process]") {
    ServiceProcess service(tests::freeAddress());
    auto const process = service.process();
    REQUIRE_FALSE(process->signal(SIGSTOP));
    REQUIRE(soon([&] { return process->isStopped(); }));
    CHECK(refusalOf(protocol::Hang{}, service.target("orders")).find("is stopped already")
          != std::string::npos);
}

TEST_CASE("the agent and its watchdog are not among the victims", "[faults][process]") {
    ServiceProcess service(tests::freeAddress());
    auto const id = service.process()->id();
    Protected spared;
    spared.processes.push_back(id);
    for (auto const& what : std::initializer_list<protocol::FaultKind>{
             protocol::Hang{}, protocol::Kill{}, protocol::Crash{}, protocol::Restart{}}) {
        CHECK(refusalOf(what, service.target("orders"), spared).find("is protected")
              != std::string::npos);
    }
}

TEST_CASE("a pid file that names nobody is told", "[faults][process]") {
    auto const path = tests::freshPath("stale.pid");
    std::ofstream(path) << "4194303\n";
    Target target;
    target.name = "orders";
    target.pidFile = path.string();
    CHECK(refusalOf(protocol::Hang{}, target) == "process 4194303 of 'orders' does not run");
    std::filesystem::remove(path);
    CHECK(refusalOf(protocol::Hang{}, target).find(path.string()) != std::string::npos);
    target.pidFile.clear();
    CHECK(refusalOf(protocol::Hang{}, target).find("pid_file, unit,") != std::string::npos);
}
