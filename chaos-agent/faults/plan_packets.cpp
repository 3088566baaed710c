#include "chaos-agent/faults/plan_packets.hpp"

#include <cmath>

namespace shakedown::injectors {

namespace {

using protocol::Way;
using Reach = PacketDeed::Reach;

Planned planRules(PacketScope const& scope, PacketDeed const& deed) {
    auto const made = packetTableFor(scope, deed);
    if (auto const* failure = std::get_if<system::Failure>(&made))
        return *failure;
    auto const& [place, table, claim] = std::get<PacketTable>(made);
    Plan plan;
    plan.steps.push_back(table);
    plan.claims.push_back(claim);
    return plan;
}

} // namespace

Planned planPackets(protocol::Loss const& loss, PacketScope const& scope) {
    constexpr int outOf = 1'000'000;
    auto const share = static_cast<int>(std::lround(loss.share * outOf));
    return planRules(scope, {scope.request.way,
                             Reach::Namespace,
                             {"numgen random mod " + std::to_string(outOf) + " < "
                              + std::to_string(share) + " drop"}});
}

Planned planPackets(protocol::Partition const&, PacketScope const& scope) {
    return planRules(scope, {Way::Both, Reach::Namespace, {"drop"}});
}

Planned planPackets(protocol::Reject const&, PacketScope const& scope) {
    return planRules(scope, {Way::In,
                             Reach::Service,
                             {"meta l4proto tcp reject with tcp reset",
                              "reject with icmpx type port-unreachable"}});
}

Planned planPackets(protocol::BlackHole const&, PacketScope const& scope) {
    return planRules(scope, {Way::In, Reach::Service, {"drop"}});
}

} // namespace shakedown::injectors
