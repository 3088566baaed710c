#include "chaos-agent/faults/fault_family.hpp"

#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::injectors {

Family familyOf(protocol::FaultKind const& kind) {
    using namespace protocol;
    return std::visit(Overloaded{
                          [](Loss const&) { return Family::Packets; },
                          [](Partition const&) { return Family::Packets; },
                          [](Reject const&) { return Family::Packets; },
                          [](BlackHole const&) { return Family::Packets; },
                          [](Delay const&) { return Family::QueuedPackets; },
                          [](Duplicate const&) { return Family::QueuedPackets; },
                          [](Reorder const&) { return Family::QueuedPackets; },
                          [](Corrupt const&) { return Family::QueuedPackets; },
                          [](PacketRate const&) { return Family::QueuedPackets; },
                          [](Hang const&) { return Family::Process; },
                          [](Crash const&) { return Family::Process; },
                          [](Kill const&) { return Family::Process; },
                          [](Restart const&) { return Family::Process; },
                          [](Stop const&) { return Family::Container; },
                          [](Latency const&) { return Family::Connections; },
                          [](BandwidthLimit const&) { return Family::Connections; },
                          [](Reset const&) { return Family::Connections; },
                          [](SlowClose const&) { return Family::Connections; },
                          [](Slice const&) { return Family::Connections; },
                          [](LimitData const&) { return Family::Connections; },
                          [](Slow const&) { return Family::Connections; },
                          [](Errors const&) { return Family::Connections; },
                          [](Http const&) { return Family::Connections; },
                          [](Disk const&) { return Family::Disk; },
                          [](Cpu const&) { return Family::Load; },
                          [](Memory const&) { return Family::Load; },
                          [](Io const&) { return Family::Load; },
                          [](CpuQuota const&) { return Family::Quota; },
                          [](FileDescriptors const&) { return Family::Descriptors; },
                          [](Processes const&) { return Family::Quota; },
                      },
                      kind);
}

} // namespace shakedown::injectors
