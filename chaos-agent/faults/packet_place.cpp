#include "chaos-agent/faults/packet_place.hpp"

#include "chaos-agent/faults/filter_table.hpp"
#include "chaos-agent/system/capabilities.hpp"
#include "chaos-agent/system/packet_filter.hpp"
#include "chaos-agent/system/sha256.hpp"

namespace shakedown::injectors {

namespace {

using system::Failure;
using system::NetworkNamespace;
using system::Privilege;

constexpr std::size_t digitsOfName = 12;

} // namespace

std::variant<PacketPlace, Failure> packetPlaceOf(Target const& target) {
    auto const place = placeOf(target);
    if (auto const* failure = std::get_if<Failure>(&place))
        return *failure;
    auto const own = NetworkNamespace::own();
    if (auto const* failure = std::get_if<Failure>(&own))
        return *failure;
    auto const& there = std::get<NetworkNamespace>(place);
    bool const isHost = there.id() == std::get<NetworkNamespace>(own).id();
    if (system::packetFilterProgram().empty())
        return Failure{"there is no nft on this host (package nftables)"};
    if (!has(Privilege::NetAdmin))
        return Failure{std::string("rules of the packet filter need ")
                       + nameOf(Privilege::NetAdmin)};
    if (!isHost && !has(Privilege::SysAdmin))
        return Failure{"entering the network namespace of '" + target.name + "' needs "
                       + nameOf(Privilege::SysAdmin)};
    return PacketPlace{there, isHost};
}

std::variant<FilterTable, Failure>
newTable(PacketPlace const& place, std::string const& kind,
         std::function<std::string(std::string const&)> const& rulesOf) {
    auto const id = place.there.id();
    std::string const name =
        tablePrefix + system::sha256(kind + textOf(id) + rulesOf("")).substr(0, digitsOfName);
    auto const tables = system::tablesLike(place.there, name);
    if (auto const* failure = std::get_if<Failure>(&tables))
        return *failure;
    if (!std::get<std::vector<std::string>>(tables).empty())
        return Failure{"table inet " + name + " is in " + textOf(id)
                       + " already: the same fault is at work, or was left by an agent whose"
                         " journal is gone (then: nft delete table inet "
                       + name + ")"};
    return FilterTable{id, name, rulesOf(name)};
}

} // namespace shakedown::injectors
