#include "chaos-agent/faults/plan_redirect.hpp"

#include "chaos-agent/faults/connection_claims.hpp"
#include "chaos-agent/faults/packet_place.hpp"
#include "chaos-agent/faults/redirect_rules.hpp"
#include "chaos-agent/proxy/asio.hpp"
#include "chaos-agent/system/packet_filter.hpp"

namespace shakedown::injectors {

namespace {

using system::Failure;

// The rule stands where packets come in to the service. Packets to another host do not.
system::Failed checkIsThere(PacketPlace const& place, proxy::Address const& service) {
    auto const ip = proxy::asio::ip::make_address(service.host);
    proxy::error_code error;
    auto const entered = place.there.inside([&] {
        proxy::asio::io_context io(1);
        proxy::Tcp::acceptor probe(io);
        proxy::Tcp::endpoint const end(ip, 0);
        probe.open(end.protocol(), error);
        if (!error)
            probe.bind(end, error);
    });
    if (entered)
        return entered;
    if (error)
        return Failure{service.host + " is no address of " + textOf(place.there.id()) + " ("
                       + error.message()
                       + "), and a redirect works where the service is, not at its callers"};
    return {};
}

system::Failed refusalOf(proxy::Address const& service, Target const& target,
                         Protected const& spared) {
    if (spared.ports.contains(service.port))
        return Failure{"port " + std::to_string(service.port) + " of '" + target.name
                       + "' is protected"};
    if (service.port == 0 || proxy::asio::ip::make_address(service.host).is_unspecified())
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

} // namespace

Planned planRedirect(protocol::FaultRequest const& request, Target const& target,
                     Protected const& spared) {
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
    if (auto const refused = checkIsThere(place, service))
        return *refused;
    auto const rules = rulesFor(request.what, service);
    auto const made =
        newTable(place, [&](std::string const& table) { return textOf(rules, table); });
    if (auto const* failure = std::get_if<Failure>(&made))
        return *failure;
    auto const& table = std::get<FilterTable>(made);
    if (auto const refused = system::checkRules(place.there, withListener(table.rules, 1)))
        return Failure{"a redirect is not possible here: " + refused->why};

    Plan plan;
    plan.steps = {OpenProxy{table.place, target.name, service},
                  Disturb{target.name, "fault-" + kind, request.what, request.way},
                  Redirect{table, target.name, olderOf(request.what)}};
    plan.claims = claimsOn(target, table.place);
    return plan;
}

} // namespace shakedown::injectors
