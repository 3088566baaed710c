#include "chaos-agent/faults/plan_packets.hpp"

#include <cmath>

#include "chaos-agent/faults/packet_place.hpp"
#include "chaos-agent/faults/packet_rules.hpp"

namespace shakedown::injectors {

namespace {

using protocol::Way;
using system::Failure;

std::variant<std::vector<End>, Failure> peersOf(PacketScope const& scope) {
    std::vector<End> peers;
    for (auto const& name : scope.request.peers) {
        auto const& peer = scope.targets.at(name);
        if (!peer.address)
            return Failure{"peer '" + name + "' has no address in the agent's configuration"};
        peers.push_back(*peer.address);
    }
    return peers;
}

bool isMeant(Way way, ChainRules::Hook hook) {
    return way == Way::Both || (way == Way::In) == (hook == ChainRules::Hook::Input);
}

// Everything of a namespace, or only what its service takes and answers.
enum class Reach { Namespace, Service };

struct Deed {
    Way way = Way::Both;
    Reach reach = Reach::Namespace;
    std::vector<std::string> verdicts;
};

Planned planRules(PacketScope const& scope, Deed const& deed) {
    auto const found = packetPlaceOf(scope.target);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    auto const& [there, isHost] = std::get<PacketPlace>(found);
    if (isHost && !scope.target.address)
        return Failure{"'" + scope.target.name
                       + "' has no network namespace of its own, so its packets are known by its"
                         " address, and the agent's configuration gives it none"};
    auto const peers = peersOf(scope);
    if (auto const* failure = std::get_if<Failure>(&peers))
        return *failure;
    if (isHost && scope.spared.ports.contains(scope.target.address->port))
        return Failure{"port " + std::to_string(scope.target.address->port) + " of '"
                       + scope.target.name + "' is protected"};

    bool const byAddress = isHost || deed.reach == Reach::Service;
    TableRules rules;
    rules.sparedPorts = scope.spared.ports;
    rules.loopback = isHost ? TableRules::Loopback::Meant : TableRules::Loopback::Spared;
    for (auto const hook : {ChainRules::Hook::Input, ChainRules::Hook::Output})
        if (isMeant(deed.way, hook))
            rules.chains.push_back({hook, byAddress ? scope.target.address : std::nullopt,
                                    std::get<std::vector<End>>(peers), deed.verdicts});
    auto const made = newTable(std::get<PacketPlace>(found), nameOf(scope.request.what),
                               [&](std::string const& table) { return textOf(rules, table); });
    if (auto const* failure = std::get_if<Failure>(&made))
        return *failure;

    std::string const where = isHost ? " of " + scope.target.address->text() : "";
    Plan plan;
    plan.steps.push_back(std::get<FilterTable>(made));
    plan.claims.push_back("packets in " + textOf(there.id()) + where);
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
