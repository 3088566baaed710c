#include "chaos-agent/faults/packet_table.hpp"

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

} // namespace

std::variant<PacketTable, Failure> packetTableFor(PacketScope const& scope,
                                                  PacketDeed const& deed) {
    auto const found = packetPlaceOf(scope.target);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    auto const& place = std::get<PacketPlace>(found);
    if (place.isHost && !scope.target.address)
        return Failure{"'" + scope.target.name
                       + "' has no network namespace of its own, so its packets are known by its"
                         " address, and the agent's configuration gives it none"};
    auto const peers = peersOf(scope);
    if (auto const* failure = std::get_if<Failure>(&peers))
        return *failure;
    if (place.isHost && scope.spared.ports.contains(scope.target.address->port))
        return Failure{"port " + std::to_string(scope.target.address->port) + " of '"
                       + scope.target.name + "' is protected"};

    bool const byAddress = place.isHost || deed.reach == PacketDeed::Reach::Service;
    TableRules rules = deed.table;
    rules.sparedPorts = scope.spared.ports;
    rules.loopback = place.isHost ? TableRules::Loopback::Meant : TableRules::Loopback::Spared;
    for (auto const hook : {ChainRules::Hook::Input, ChainRules::Hook::Output}) {
        bool const differs = hook == ChainRules::Hook::Output && !deed.verdictsOut.empty();
        if (isMeant(deed.way, hook))
            rules.chains.push_back({hook, byAddress ? scope.target.address : std::nullopt,
                                    std::get<std::vector<End>>(peers),
                                    differs ? deed.verdictsOut : deed.verdicts});
    }
    auto const made = newTable(place, nameOf(scope.request.what),
                               [&](std::string const& table) { return textOf(rules, table); });
    if (auto const* failure = std::get_if<Failure>(&made))
        return *failure;
    std::string const where = place.isHost ? " of " + scope.target.address->text() : "";
    return PacketTable{place, std::get<FilterTable>(made),
                       "packets in " + textOf(place.there.id()) + where};
}

} // namespace shakedown::injectors
