#include "chaos-agent/protocol/fault.hpp"

#include "scenarios/vocabulary/overloaded.hpp"
#include "scenarios/vocabulary/require.hpp"

namespace shakedown::protocol {

namespace {

template <std::size_t... I>
std::vector<std::string> namesOf(std::index_sequence<I...> /*all*/) {
    return {nameOf(FaultKind(std::in_place_index<I>))...};
}

} // namespace

char const* nameOf(Way way) {
    switch (way) {
    case Way::In:
        return "in";
    case Way::Out:
        return "out";
    case Way::Both:
        return "both";
    }
    failRequire("a way has a name", std::source_location::current());
}

char const* nameOf(FaultKind const& kind) {
    return std::visit(Overloaded{[](Loss const&) { return "loss"; },
                                 [](Partition const&) { return "partition"; },
                                 [](Reject const&) { return "reject"; },
                                 [](BlackHole const&) { return "black_hole"; },
                                 [](Delay const&) { return "delay"; },
                                 [](Duplicate const&) { return "duplicate"; },
                                 [](Reorder const&) { return "reorder"; },
                                 [](Corrupt const&) { return "corrupt"; },
                                 [](PacketRate const&) { return "rate"; },
                                 [](Hang const&) { return "hang"; },
                                 [](Crash const&) { return "crash"; },
                                 [](Kill const&) { return "kill"; },
                                 [](Restart const&) { return "restart"; },
                                 [](Stop const&) { return "stop"; },
                                 [](Latency const&) { return "latency"; },
                                 [](BandwidthLimit const&) { return "bandwidth"; },
                                 [](Reset const&) { return "reset"; },
                                 [](SlowClose const&) { return "slow_close"; },
                                 [](Slice const&) { return "slice"; },
                                 [](LimitData const&) { return "limit_data"; },
                                 [](Slow const&) { return "slow"; },
                                 [](Errors const&) { return "errors"; },
                                 [](Http const&) { return "http"; },
                                 [](Disk const&) { return "disk"; },
                                 [](Cpu const&) { return "cpu"; },
                                 [](Memory const&) { return "memory"; },
                                 [](Io const&) { return "io"; },
                                 [](CpuQuota const&) { return "cpu_quota"; },
                                 [](FileDescriptors const&) { return "file_descriptors"; },
                                 [](Processes const&) { return "processes"; }},
                      kind);
}

std::vector<std::string> const& faultNames() {
    static std::vector<std::string> const names =
        namesOf(std::make_index_sequence<std::variant_size_v<FaultKind>>());
    return names;
}

char const* nameOf(FaultState state) {
    switch (state) {
    case FaultState::Applying:
        return "applying";
    case FaultState::Applied:
        return "applied";
    case FaultState::Reverting:
        return "reverting";
    case FaultState::Reverted:
        return "reverted";
    case FaultState::Stuck:
        return "stuck";
    case FaultState::Failed:
        return "failed";
    }
    failRequire("a state has a name", std::source_location::current());
}

char const* nameOf(EndReason reason) {
    switch (reason) {
    case EndReason::None:
        return "none";
    case EndReason::Duration:
        return "duration";
    case EndReason::Stopped:
        return "stopped";
    case EndReason::LeaseExpired:
        return "lease_expired";
    case EndReason::Halted:
        return "halted";
    case EndReason::Shutdown:
        return "shutdown";
    case EndReason::AgentLost:
        return "agent_lost";
    case EndReason::ApplyFailed:
        return "apply_failed";
    }
    failRequire("a reason has a name", std::source_location::current());
}

} // namespace shakedown::protocol
