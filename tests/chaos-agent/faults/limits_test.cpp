#include <catch2/catch.hpp>

#include <fstream>
#include <thread>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chaos-agent/faults/plan_limits.hpp"
#include "chaos-agent/system/descriptor_limit.hpp"
#include "tests/chaos-agent/faults/planned.hpp"
#include "tests/chaos-agent/faults/striving_process.hpp"
#include "tests/chaos-agent/faults/target_group.hpp"
#include "tests/chaos-agent/system/child.hpp"

// A target that may have less feels it, has all of it again afterwards, and is asked before.
using namespace shakedown;
using namespace shakedown::injectors;
using tests::soon;
using tests::StrivingProcess;
using tests::TargetGroup;

namespace {

constexpr Duration lease = Duration::seconds(5);

Target targetOf(StrivingProcess const& process) {
    Target target;
    target.name = "orders";
    target.pidFile = process.pidFile();
    target.kinds = {"all"};
    return target;
}

Planned plannedFor(Target const& target, protocol::FaultKind const& what,
                   Protected const& spared = {}) {
    return tests::plannedFor(what, target, spared);
}

Operation stepOf(Planned const& planned) {
    if (auto const* failure = std::get_if<system::Failure>(&planned)) {
        FAIL(failure->why);
    }
    return std::get<Plan>(planned).steps.front();
}

std::string refusalOf(Planned const& planned) {
    REQUIRE(std::holds_alternative<system::Failure>(planned));
    return std::get<system::Failure>(planned).why;
}

bool has(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

void apply(Operation const& step) {
    auto const failed = injectors::apply(step, lease, {});
    INFO((failed ? failed->why : ""));
    REQUIRE_FALSE(failed);
    CHECK(isApplied(step, {}).is == Verdict::Is::So);
}

void revert(Operation const& step) {
    CHECK_FALSE(injectors::revert(step, {}));
    CHECK(isReverted(step, {}).is == Verdict::Is::So);
}

double shareOf(StrivingProcess const& process) {
    auto const before = process.processorSeconds();
    auto const begun = std::chrono::steady_clock::now();
    std::this_thread::sleep_for(std::chrono::seconds(2));
    std::chrono::duration<double> const passed = std::chrono::steady_clock::now() - begun;
    return (process.processorSeconds() - before) / passed.count();
}

rlimit filesOf(StrivingProcess const& process) {
    rlimit limit{};
    prlimit(process.number(), RLIMIT_NOFILE, nullptr, &limit);
    return limit;
}

} // namespace

TEST_CASE("a process runs out of descriptors, and has them again", "[faults][limits]") {
    std::int64_t const leave = GENERATE(0, 3);
    StrivingProcess const process(StrivingProcess::For::Descriptors);
    REQUIRE(soon([&] { return process.got() == 20; }));
    process.stopIdle();
    auto const before = filesOf(process);
    auto const step = stepOf(plannedFor(targetOf(process), protocol::FileDescriptors{leave}));
    apply(step);
    process.goOn();
    CHECK(soon([&] { return process.got() == leave; }));
    CHECK(filesOf(process).rlim_max == before.rlim_max);
    revert(step);
    CHECK(soon([&] { return process.got() == 20; }));
    CHECK(filesOf(process).rlim_cur == before.rlim_cur);
    CHECK(filesOf(process).rlim_max == before.rlim_max);
}

TEST_CASE("a process that changed its limit of descriptors itself keeps it", "[faults][limits]") {
    StrivingProcess process(StrivingProcess::For::Descriptors);
    REQUIRE(soon([&] { return process.got() == 20; }));
    auto const step = stepOf(plannedFor(targetOf(process), protocol::FileDescriptors{2}));
    apply(step);
    process.limitItself(333);
    CHECK(soon([&] { return filesOf(process).rlim_cur == 333; }));
    revert(step);
    CHECK(filesOf(process).rlim_cur == 333);
}

TEST_CASE("a number that another process has is not limited", "[faults][limits]") {
    StrivingProcess const process(StrivingProcess::For::Descriptors);
    auto const before = filesOf(process);
    auto limit = LimitDescriptors{process.id(), before.rlim_cur, 5};
    ++limit.process.began;
    CHECK(injectors::apply(limit, lease, {}));
    CHECK_FALSE(injectors::revert(limit, {}));
    CHECK(isReverted(limit, {}).is == Verdict::Is::So);
    CHECK(filesOf(process).rlim_cur == before.rlim_cur);
}

TEST_CASE("descriptors of who is protected are not limited", "[faults][limits]") {
    StrivingProcess const process(StrivingProcess::For::Descriptors);
    Protected spared;
    spared.processes.push_back(process.id());
    CHECK(has(refusalOf(plannedFor(targetOf(process), protocol::FileDescriptors{}, spared)),
              "is protected"));
}

TEST_CASE("a target gets its quota of the processors and no more, and all of them again",
          "[faults][limits]") {
    auto const group = TargetGroup::make();
    if (!group) {
        return;
    }
    StrivingProcess const process(StrivingProcess::For::Time);
    group->take(process.number());
    auto const before = group->state();
    auto const step = stepOf(plannedFor(targetOf(process), protocol::CpuQuota{200}));
    apply(step);
    auto const share = shareOf(process);
    CAPTURE(share);
    // Others may be at work on this host, so it may get less.
    CHECK(share > 0.02);
    CHECK(share < 0.25);
    revert(step);
    CHECK(group->state() == before);
    auto const held = group->timesHeld();
    auto const after = shareOf(process);
    CAPTURE(after);
    CHECK(after > 0.02);
    CHECK(group->timesHeld() == held);
}

TEST_CASE("a quota that somebody else changed meanwhile stays his", "[faults][limits]") {
    auto const group = TargetGroup::make();
    if (!group) {
        return;
    }
    StrivingProcess const process(StrivingProcess::For::Time);
    group->take(process.number());
    auto const step = stepOf(plannedFor(targetOf(process), protocol::Processes{3}));
    apply(step);
    group->setValueOf("pids.max", "77");
    revert(step);
    CHECK(group->valueOf("pids.max") == "77");
}

TEST_CASE("a quota is not changed that is another one than was planned", "[faults][limits]") {
    auto const group = TargetGroup::make();
    if (!group) {
        return;
    }
    StrivingProcess const process(StrivingProcess::For::Time);
    group->take(process.number());
    auto const step = stepOf(plannedFor(targetOf(process), protocol::Processes{3}));
    group->setValueOf("pids.max", "77");
    CHECK(has(injectors::apply(step, lease, {}).value().why, "'77' by now"));
    revert(step);
    CHECK(group->valueOf("pids.max") == "77");
}

TEST_CASE("a limit is never widened by a fault", "[faults][limits]") {
    auto const group = TargetGroup::make();
    if (!group) {
        return;
    }
    StrivingProcess const process(StrivingProcess::For::Time);
    group->take(process.number());
    group->setValueOf("pids.max", "5");
    CHECK(has(refusalOf(plannedFor(targetOf(process), protocol::Processes{10})), "may have 5"));
    REQUIRE_FALSE(injectors::apply(stepOf(plannedFor(targetOf(process), protocol::CpuQuota{200})),
                                   lease, {}));
    CHECK(has(refusalOf(plannedFor(targetOf(process), protocol::CpuQuota{300})), "already"));
}

TEST_CASE("a control group that the agent is in too is not limited", "[faults][limits]") {
    StrivingProcess const process(StrivingProcess::For::Time);
    auto const group = TargetGroup::make();
    if (!group) {
        return;
    }
    for (protocol::FaultKind const& what : {protocol::FaultKind(protocol::CpuQuota{200}),
                                            protocol::FaultKind(protocol::Processes{})}) {
        CHECK(has(refusalOf(plannedFor(targetOf(process), what)), "is the agent's too"));
    }
}

TEST_CASE("a target can begin no more processes than are left to it, and then again",
          "[faults][limits]") {
    auto const group = TargetGroup::make();
    if (!group) {
        return;
    }
    StrivingProcess const process(StrivingProcess::For::Processes);
    group->take(process.number());
    REQUIRE(soon([&] { return process.got() == 10; }));
    auto const before = group->state();
    auto const step = stepOf(plannedFor(targetOf(process), protocol::Processes{}));
    group->setValueOf("pids.max", "max");
    apply(step);
    CHECK(soon([&] { return process.got() < 10; }));
    revert(step);
    CHECK(soon([&] { return process.got() == 10; }));
    CHECK(group->state() == before);
}

TEST_CASE("who removed the control group of a target has taken its quota along",
          "[faults][limits]") {
    auto const group = TargetGroup::make();
    if (!group) {
        return;
    }
    Operation step = ChangeGroup{};
    {
        StrivingProcess const process(StrivingProcess::For::Time);
        group->take(process.number());
        step = stepOf(plannedFor(targetOf(process), protocol::CpuQuota{200}));
        apply(step);
    }
    auto const path = std::get<ChangeGroup>(step).folder.path;
    CHECK(soon([&] { return rmdir(path.c_str()) == 0; }));
    revert(step);
    // Another one of that name is not the one that was limited.
    REQUIRE(mkdir(path.c_str(), 0755) == 0);
    revert(step);
}
