#include "chaos-agent/faults/plan_redirect.hpp"

#include "chaos-agent/faults/packet_place.hpp"
#include "chaos-agent/faults/redirect_rules.hpp"
#include "chaos-agent/system/address_probe.hpp"
#include "chaos-agent/system/packet_filter.hpp"

namespace shakedown::injectors {

namespace {

using system::Failure;

// The rule stands where packets come in to the service; packets to another host do not. And where
// the agent may not talk, a redirect to it would be a black hole.
system::Failed checkReach(PacketPlace const& place, proxy::Address const& service) {
    auto const probed = system::probe(place.there, service.host);
    if (auto const* failure = std::get_if<Failure>(&probed))
        return *failure;
    switch (std::get<system::AddressProbe>(probed)) {
    case system::AddressProbe::NotThere:
        return Failure{service.host + " is no address of " + textOf(place.there.id())
                       + ", and a redirect works where the service is, not at its callers"};
    case system::AddressProbe::Forbidden:
        return Failure{
            "the agent may not exchange packets with " + service.host
            + " (IPAddressAllow= of its unit, or a firewall), so it cannot take connections there"};
    case system::AddressProbe::Ours:
        break;
    }
    return {};
}

system::Failed refusalOf(proxy::Address const& service, Target const& target,
                         Protected const& spared) {
    if (spared.ports.contains(service.port))
        return Failure{"port " + std::to_string(service.port) + " of '" + target.name
                       + "' is protected"};
    if (service.port == 0 || service.host == "0.0.0.0" || service.host == "::")
        return Failure{"a redirect matches one address and port, and '" + target.name + "' has "
                       + service.text()};
    return {};
}

Redirect::Older olderOf(protocol::FaultKind const& what) {
    return std::holds_alternative<protocol::Reset>(what) ? Redirect::Older::Reset
                                                         : Redirect::Older::Pass;
}

RedirectRules rulesFor(protocol::FaultKind const& what, proxy::Address const& service) {
    RedirectRules rules{service, {}};
    if (auto const* reset = std::get_if<protocol::Reset>(&what))
        rules.resets = reset->share;
    return rules;
}

// Who has the same address is disturbed as well: by a redirect at the same place, and by a proxy
// that callers address on its way to the service, unless that goes over another loopback.
std::vector<std::string> claimsOf(ConnectionScope const& scope, PacketPlace const& place) {
    auto const& service = *scope.target.address;
    std::vector<std::string> claims{claimOf(scope.target), "connections to " + service.text()
                                                               + " in " + textOf(place.there.id())};
    if (place.isHost || !isLoopback(service))
        for (auto const& [name, other] : scope.targets)
            if (other.proxy && other.address == service)
                claims.push_back(claimOf(other));
    return claims;
}

} // namespace

Planned planRedirect(ConnectionScope const& scope) {
    auto const& [request, target, targets, spared] = scope;
    std::string const kind = nameOf(request.what);
    if (!target.address)
        return Failure{"'" + kind + "' is done by a proxy in front of '" + target.name
                       + "', and the agent's configuration gives it neither a proxy nor an address"
                         " whose connections could be redirected to one"};
    auto const& service = *target.address;
    if (auto const refused = refusalOf(service, target, spared))
        return *refused;
    auto const found = packetPlaceOf(target);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    auto const& place = std::get<PacketPlace>(found);
    if (auto const refused = checkReach(place, service))
        return *refused;
    auto const rules = rulesFor(request.what, service);
    auto const made =
        newTable(place, kind, [&](std::string const& table) { return textOf(rules, table); });
    if (auto const* failure = std::get_if<Failure>(&made))
        return *failure;
    auto const& table = std::get<FilterTable>(made);
    if (auto const refused = system::checkRules(place.there, withListener(table.rules, 1)))
        return Failure{"a redirect is not possible here: " + refused->why};

    Plan plan;
    plan.steps = {OpenProxy{table.place, target.name, service},
                  Disturb{target.name, "fault-" + kind, request.what, request.way},
                  Redirect{table, target.name, olderOf(request.what)}};
    plan.claims = claimsOf(scope, place);
    return plan;
}

} // namespace shakedown::injectors
