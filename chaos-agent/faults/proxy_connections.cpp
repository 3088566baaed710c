#include "chaos-agent/faults/proxy_connections.hpp"

#include <optional>
#include <vector>

#include "chaos-agent/faults/transparent_sockets.hpp"
#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::injectors {

namespace {

using namespace protocol;

// Seen from the target, what comes in runs upstream.
std::vector<proxy::Direction> directionsOf(Way way) {
    switch (way) {
    case Way::In:
        return {proxy::Direction::Upstream};
    case Way::Out:
        return {proxy::Direction::Downstream};
    case Way::Both:
        break;
    }
    return {proxy::Direction::Upstream, proxy::Direction::Downstream};
}

struct Made {
    std::optional<proxy::Disturbance> toxic;
    std::optional<proxy::HttpFault> http;
    double share = 1; // of the connections
};

Made toxicOf(proxy::Disturbance what, double share = 1) {
    return {std::move(what), {}, share};
}

Made httpOf(std::optional<int> abort, std::optional<Duration> delay, double share) {
    proxy::HttpFault fault;
    fault.abort = abort;
    fault.delay = delay;
    fault.share = share;
    return {{}, std::move(fault), 1};
}

proxy::HttpChange changeOf(Http const& one) {
    proxy::HttpChange change;
    if (!one.body.empty())
        change.body = one.body;
    auto const colon = one.header.find(':');
    if (colon != std::string::npos) {
        auto const begin = one.header.find_first_not_of(" \t", colon + 1);
        change.fields.emplace_back(one.header.substr(0, colon),
                                   begin == std::string::npos ? "" : one.header.substr(begin));
    }
    return change;
}

// Nothing for what is no disturbance of connections.
Made madeOf(FaultKind const& what) {
    return std::visit(
        Overloaded{
            [](Latency const& one) {
                return toxicOf(proxy::Latency{one.delay, one.jitter});
            },
            [](BandwidthLimit const& one) { return toxicOf(proxy::BandwidthLimit{one.perSecond}); },
            [](Reset const& one) { return toxicOf(proxy::ResetPeer{Duration()}, one.share); },
            [](SlowClose const& one) { return toxicOf(proxy::SlowClose{one.delay}); },
            [](Slice const& one) {
                return toxicOf(proxy::Slicer{one.size, Bytes::of(0), one.pause});
            },
            [](LimitData const& one) { return toxicOf(proxy::LimitData{one.bytes}); },
            [](Slow const& one) { return httpOf({}, one.delay, one.share); },
            [](Errors const& one) { return httpOf(one.status, {}, one.share); },
            [](Http const& one) {
                Made made = httpOf(one.abort, one.delay, one.share);
                made.http->method = one.method;
                made.http->path = one.path;
                made.http->change = changeOf(one);
                made.http->first = one.first;
                return made;
            },
            [](Loss const&) { return Made{}; },
            [](Partition const&) { return Made{}; },
            [](Reject const&) { return Made{}; },
            [](BlackHole const&) { return Made{}; },
            [](Delay const&) { return Made{}; },
            [](Duplicate const&) { return Made{}; },
            [](Reorder const&) { return Made{}; },
            [](Corrupt const&) { return Made{}; },
            [](PacketRate const&) { return Made{}; },
            [](Hang const&) { return Made{}; },
            [](Crash const&) { return Made{}; },
            [](Kill const&) { return Made{}; },
            [](Restart const&) { return Made{}; },
            [](Stop const&) { return Made{}; },
            [](Disk const&) { return Made{}; },
            [](Cpu const&) { return Made{}; },
            [](Memory const&) { return Made{}; },
            [](Io const&) { return Made{}; },
            [](CpuQuota const&) { return Made{}; },
            [](FileDescriptors const&) { return Made{}; },
            [](Processes const&) { return Made{}; }},
        what);
}

std::string toxicName(std::string const& name, proxy::Direction direction) {
    return name + (direction == proxy::Direction::Upstream ? "-in" : "-out");
}

system::Failed failedOf(proxy::Refused const& refused) {
    if (!refused)
        return {};
    return system::Failure{refused->message};
}

} // namespace

system::Failed whyNot(FaultKind const& what) {
    auto made = madeOf(what);
    if (!made.http)
        return {};
    made.http->name = nameOf(what);
    return failedOf(proxy::HttpFaults().add(*std::move(made.http)));
}

system::Failed ProxyConnections::disturb(std::string const& proxy, std::string const& name,
                                         FaultKind const& what, Way way) {
    auto* found = proxies_.find(proxy);
    if (found == nullptr)
        return system::Failure{"there is no proxy in front of '" + proxy + "'"};
    auto made = madeOf(what);
    if (made.http) {
        made.http->name = name;
        return failedOf(found->addHttpFault(*std::move(made.http)));
    }
    if (!made.toxic)
        return system::Failure{std::string(nameOf(what)) + " is not done to connections"};
    for (auto const direction : directionsOf(way))
        if (auto failed = failedOf(
                found->add({toxicName(name, direction), direction, made.share, *made.toxic})))
            return failed;
    return {};
}

system::Failed ProxyConnections::calm(std::string const& proxy, std::string const& name) {
    auto* found = proxies_.find(proxy);
    if (found == nullptr)
        return {};
    // What is not there is no failure.
    (void)found->removeHttpFault(name);
    for (auto const direction : proxy::bothDirections)
        (void)found->remove(toxicName(name, direction));
    return {};
}

bool ProxyConnections::isDisturbed(std::string const& proxy, std::string const& name) {
    auto const* found = proxies_.find(proxy);
    if (found == nullptr)
        return false;
    for (auto const& fault : found->httpFaults().list())
        if (fault.name == name)
            return true;
    for (auto const direction : proxy::bothDirections)
        if (found->find(toxicName(name, direction)) != nullptr)
            return true;
    return false;
}

system::Failed ProxyConnections::open(std::string const& proxy,
                                      system::NetworkNamespace const& place,
                                      proxy::Address const& service) {
    proxy::Address const anyPort{service.host, 0};
    if (auto const refused = proxies_.create({proxy,
                                              anyPort.text(),
                                              service.text(),
                                              true,
                                              {},
                                              std::make_shared<TransparentSockets>(place)}))
        return system::Failure{refused->message};
    opened_.insert(proxy);
    return {};
}

system::Failed ProxyConnections::retire(std::string const& proxy) {
    if (opened_.erase(proxy) == 0)
        return {};
    return failedOf(proxies_.retire(proxy));
}

std::optional<std::uint16_t> ProxyConnections::portOf(std::string const& proxy) {
    if (!opened_.contains(proxy))
        return {};
    auto const listen = proxy::parseAddress(proxies_.find(proxy)->listen());
    return listen ? std::optional(listen->port) : std::nullopt;
}

} // namespace shakedown::injectors
