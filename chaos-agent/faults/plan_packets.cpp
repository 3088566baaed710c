#include "chaos-agent/faults/plan_packets.hpp"

#include <cmath>

#include "chaos-agent/faults/filter_table.hpp"
#include "chaos-agent/faults/packet_rules.hpp"
#include "chaos-agent/system/capabilities.hpp"
#include "chaos-agent/system/packet_filter.hpp"
#include "chaos-agent/system/sha256.hpp"

namespace shakedown::injectors {

namespace {

using protocol::Way;
using system::Failure;
using system::NetworkNamespace;

constexpr std::size_t digitsOfName = 12;

std::optional<Failure> missing(PacketScope const& scope, NetworkNamespace const& place,
                               NetworkNamespace const& own) {
    using system::Privilege;
    if (system::packetFilterProgram().empty())
        return Failure{"there is no nft on this host (package nftables)"};
    if (!has(Privilege::NetAdmin))
        return Failure{std::string("packet faults need ") + nameOf(Privilege::NetAdmin)};
    if (place.id() != own.id() && !has(Privilege::SysAdmin))
        return Failure{"entering the network namespace of '" + scope.target.name + "' needs "
                       + nameOf(Privilege::SysAdmin)};
    if (place.id() == own.id() && !scope.target.address)
        return Failure{"'" + scope.target.name
                       + "' has no network namespace of its own, so its packets are known by its"
                         " address, and the agent's configuration gives it none"};
    return {};
}

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
    auto const place = placeOf(scope.target);
    if (auto const* failure = std::get_if<Failure>(&place))
        return *failure;
    auto const own = NetworkNamespace::own();
    if (auto const* failure = std::get_if<Failure>(&own))
        return *failure;
    auto const& there = std::get<NetworkNamespace>(place);
    bool const isHost = there.id() == std::get<NetworkNamespace>(own).id();
    if (auto const failure = missing(scope, there, std::get<NetworkNamespace>(own)))
        return *failure;
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
    // Named by what it does, so that a plan and its start are the same to the letter.
    std::string const seed = textOf(there.id()) + textOf(rules, "");
    std::string const table = tablePrefix + system::sha256(seed).substr(0, digitsOfName);
    auto const tables = system::tablesLike(there, table);
    if (auto const* failure = std::get_if<Failure>(&tables))
        return *failure;
    if (!std::get<std::vector<std::string>>(tables).empty())
        return Failure{"table inet " + table + " is in " + textOf(there.id())
                       + " already: the same fault is at work, or was left by an agent whose"
                         " journal is gone (then: nft delete table inet "
                       + table + ")"};

    std::string const where = isHost ? " of " + scope.target.address->text() : "";
    Plan plan;
    plan.steps.push_back(FilterTable{there.id(), table, textOf(rules, table)});
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
