#include "chaos-agent/faults/capabilities.hpp"

#include "chaos-agent/faults/fault_family.hpp"

namespace shakedown::injectors {

namespace {

using namespace protocol;

std::vector<FaultKind> examples() {
    constexpr Duration some = Duration::milliseconds(100);
    return {Loss{0.1},
            Partition{},
            Reject{},
            BlackHole{},
            Delay{some, Duration(), 0},
            Duplicate{0.1},
            Reorder{0.1, some},
            Corrupt{0.1},
            PacketRate{Bytes::of(100'000)},
            Hang{},
            Crash{},
            Kill{},
            Restart{},
            Stop{Duration::seconds(1)},
            Latency{some, Duration()},
            BandwidthLimit{Bytes::of(100'000)},
            Reset{1},
            SlowClose{some},
            Slice{Bytes::of(100), some},
            LimitData{Bytes::of(1000)},
            Slow{some, 1},
            Errors{503, 1},
            Http{503, {}, "", "", 1, {}},
            Disk{},
            Cpu{0.5, {}},
            Memory{Bytes::of(32LL << 20), {}},
            Io{Bytes::of(1LL << 20), 1},
            CpuQuota{500},
            FileDescriptors{4},
            Processes{4}};
}

// Empty if nothing stands against it.
std::string obstacleOf(FaultRequest const& request, Targets const& targets,
                       Protected const& spared) {
    auto const planned = planOf(request, targets, spared);
    auto const* failure = std::get_if<system::Failure>(&planned);
    return failure == nullptr ? "" : failure->why;
}

} // namespace

std::optional<FaultRequest> exampleOf(std::string const& kind, std::string const& target) {
    for (auto const& example : examples())
        if (kind == nameOf(example)) {
            FaultRequest request;
            request.what = example;
            request.target = target;
            request.duration = Duration::seconds(10);
            return request;
        }
    return {};
}

std::vector<Capability> capabilitiesOf(Targets const& targets, Protected const& spared,
                                       std::function<void()> const& meanwhile) {
    std::vector<Capability> capabilities;
    for (auto const& [name, target] : targets) {
        // What stands against one fault of connections stands against all, so one is planned.
        std::optional<std::string> ofConnections;
        for (auto const& example : examples()) {
            Capability capability{nameOf(example), name, false, ""};
            bool const isConnections = familyOf(example) == Family::Connections;
            if (!allows(target, capability.kind))
                capability.why = "not among the faults that it allows";
            else if (isConnections && ofConnections)
                capability.why = *ofConnections;
            else
                capability.why = obstacleOf(*exampleOf(capability.kind, name), targets, spared);
            capability.possible = capability.why.empty();
            if (isConnections && allows(target, capability.kind))
                ofConnections = capability.why;
            if (isConnections && capability.possible)
                capability.reach = target.proxy ? "addressed" : "redirect";
            capabilities.push_back(std::move(capability));
            if (meanwhile)
                meanwhile();
        }
    }
    return capabilities;
}

} // namespace shakedown::injectors
