#include "chaos-agent/faults/capabilities.hpp"

namespace shakedown::injectors {

namespace {

using namespace protocol;

std::vector<FaultKind> examples() {
    constexpr Duration some = Duration::milliseconds(100);
    return {Loss{0.1},
            Partition{},
            Reject{},
            BlackHole{},
            Hang{},
            Crash{},
            Kill{},
            Restart{},
            Latency{some, Duration()},
            BandwidthLimit{Bytes::of(100'000)},
            Reset{1},
            SlowClose{some},
            Slice{Bytes::of(100), some},
            LimitData{Bytes::of(1000)},
            Slow{some, 1},
            Errors{503, 1},
            Http{503, {}, "", "", 1, {}}};
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
    for (auto const& [name, target] : targets)
        for (auto const& example : examples()) {
            Capability capability{nameOf(example), name, false, ""};
            if (!allows(target, capability.kind))
                capability.why = "not among the faults that it allows";
            else if (auto const planned =
                         planOf(*exampleOf(capability.kind, name), targets, spared);
                     auto const* failure = std::get_if<system::Failure>(&planned))
                capability.why = failure->why;
            capability.possible = capability.why.empty();
            capabilities.push_back(std::move(capability));
            if (meanwhile)
                meanwhile();
        }
    return capabilities;
}

} // namespace shakedown::injectors
