#include "chaos-agent/faults/planner.hpp"

#include "chaos-agent/faults/operation_json.hpp"
#include "chaos-agent/faults/plan_connections.hpp"
#include "chaos-agent/faults/plan_container.hpp"
#include "chaos-agent/faults/plan_disk.hpp"
#include "chaos-agent/faults/plan_limits.hpp"
#include "chaos-agent/faults/plan_packets.hpp"
#include "chaos-agent/faults/plan_process.hpp"
#include "chaos-agent/faults/plan_queue.hpp"
#include "chaos-agent/faults/plan_stress.hpp"
#include "chaos-agent/system/sha256.hpp"
#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::injectors {

std::string hashOf(Plan const& plan) {
    return system::sha256(toJson(plan.steps).dump());
}

protocol::PlanReport reportOf(Plan const& plan) {
    protocol::PlanReport report;
    report.hash = hashOf(plan);
    report.irreversible = plan.irreversible;
    for (auto const& step : plan.steps)
        report.steps.push_back(wordsOf(step));
    return report;
}

Planned planOf(protocol::FaultRequest const& request, Targets const& targets,
               Protected const& spared) {
    using namespace protocol;
    Target const& target = targets.at(request.target);
    auto const packets = [&](auto const& what) {
        return planPackets(what, {request, target, targets, spared});
    };
    auto const queue = [&](auto const& what) {
        return planQueue(what, {request, target, targets, spared});
    };
    auto const connections = [&](auto const&) {
        return planDisturb({request, target, targets, spared});
    };
    StressScope const stress{request.duration, target, spared};
    auto planned = std::visit(
        Overloaded{
            [&](Loss const& loss) { return packets(loss); },
            [&](Partition const& partition) { return packets(partition); },
            [&](Reject const& reject) { return packets(reject); },
            [&](BlackHole const& hole) { return packets(hole); },
            [&](Delay const& one) { return queue(one); },
            [&](Duplicate const& one) { return queue(one); },
            [&](Reorder const& one) { return queue(one); },
            [&](Corrupt const& one) { return queue(one); },
            [&](PacketRate const& one) { return queue(one); },
            [&](Hang const&) {
                return target.container ? planPause(target, spared) : planHang(target, spared);
            },
            [&](Crash const&) {
                return target.container ? planContainerCrash(target, spared)
                                        : planCrash(target, spared);
            },
            [&](Kill const&) {
                return target.container ? planContainerKill(target, spared)
                                        : planKill(target, spared);
            },
            [&](Restart const&) {
                return target.container ? planContainerRestart(target, spared)
                                        : planRestart(target, spared);
            },
            [&](Stop const& stop) { return planStop(stop, target, spared); },
            [&](Latency const& one) { return connections(one); },
            [&](BandwidthLimit const& one) { return connections(one); },
            [&](Reset const& one) { return connections(one); },
            [&](SlowClose const& one) { return connections(one); },
            [&](Slice const& one) { return connections(one); },
            [&](LimitData const& one) { return connections(one); },
            [&](Slow const& one) { return connections(one); },
            [&](Errors const& one) { return connections(one); },
            [&](Http const& one) { return connections(one); },
            [&](Disk const& disk) { return planDisk(disk, target, spared); },
            [&](Cpu const& cpu) { return planCpu(cpu, stress); },
            [&](Memory const& memory) { return planMemory(memory, stress); },
            [&](Io const& io) { return planIo(io, stress); },
            [&](CpuQuota const& quota) { return planQuota(quota, target, spared); },
            [&](FileDescriptors const& descriptors) {
                return planDescriptors(descriptors, target, spared);
            },
            [&](Processes const& processes) { return planProcesses(processes, target, spared); }},
        request.what);
    if (auto* plan = std::get_if<Plan>(&planned))
        for (auto const& step : plan->steps)
            plan->irreversible = plan->irreversible || isIrreversible(step);
    return planned;
}

} // namespace shakedown::injectors
