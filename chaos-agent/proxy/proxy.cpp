#include "chaos-agent/proxy/proxy.hpp"

#include <algorithm>
#include <vector>

namespace shakedown::proxy {

namespace {

constexpr char const* anyLoopbackPort = "127.0.0.1:0";

Address listenAddress(std::string const& text) {
    return parseAddress(text.empty() ? anyLoopbackPort : text).value_or(Address{});
}

bool isNumericOrLocalhost(std::string const& host) {
    error_code bad;
    asio::ip::make_address(host, bad);
    return !bad || host.empty() || host == "localhost";
}

auto toxicNamed(Toxics& toxics, std::string const& name) {
    return std::find_if(toxics.begin(), toxics.end(),
                        [&](Toxic const& toxic) { return toxic.name == name; });
}

Refusal noToxic() {
    return {Refusal::Reason::ToxicNotFound, "toxic not found"};
}

} // namespace

Refused checkAddresses(std::string const& listen, std::string const& upstream) {
    auto const bad = [](char const* field, std::string const& text) {
        return Refusal{Refusal::Reason::BadAddress,
                       std::string(field) + " '" + text + "' is not host:port"};
    };
    auto const wanted = parseAddress(listen.empty() ? anyLoopbackPort : listen);
    if (!wanted)
        return bad("listen", listen);
    if (!isNumericOrLocalhost(wanted->host))
        return Refusal{Refusal::Reason::BadAddress,
                       "listen '" + listen + "' must have an IP address, localhost or no host"};
    auto const address = parseAddress(upstream);
    if (!address || address->port == 0)
        return bad("upstream", upstream);
    return {};
}

Proxy::Proxy(asio::io_context& io, Scratch& scratch, std::uint64_t seed, ProxySpec const& spec)
    : name_(spec.name), asked_(spec.listen), listen_(listenAddress(spec.listen).text()),
      upstream_(spec.upstream), upstreamAddress_(parseAddress(spec.upstream).value_or(Address{})),
      surroundings_{io, scratch, chance::Stream(seed, 0, "proxy/" + spec.name), spec.toxics} {
    surroundings_.sockets = spec.sockets;
    if (upstreamAddress_.host.empty())
        upstreamAddress_.host = "127.0.0.1";
}

Proxy::~Proxy() {
    disable();
}

bool Proxy::isAt(std::string const& listen, std::string const& upstream) const {
    return (listen == listen_ || listen == asked_) && upstream == upstream_;
}

Refused Proxy::open(std::string const& listen, std::shared_ptr<Listener>& listener) {
    auto const opened = std::make_shared<Listener>(
        surroundings_.io, [this](Tcp::socket client) { onClient(std::move(client)); },
        surroundings_.sockets);
    if (auto refused = opened->open(listenAddress(listen)))
        return refused;
    listener = opened;
    return {};
}

void Proxy::adopt(std::shared_ptr<Listener> listener) {
    listener_ = std::move(listener);
    listen_ = listener_->address().text();
    listener_->start();
}

Refused Proxy::enable() {
    if (listener_)
        return {};
    std::shared_ptr<Listener> opened;
    if (auto refused = open(listen_, opened))
        return refused;
    adopt(std::move(opened));
    return {};
}

void Proxy::stopListening() {
    if (listener_)
        std::exchange(listener_, nullptr)->close();
}

void Proxy::disable() {
    stopListening();
    closeConnections();
}

Refused Proxy::move(std::string const& listen, std::string const& upstream, bool enabled) {
    if (auto refused = checkAddresses(listen, upstream))
        return refused;
    bool const sameListen = listen == listen_ || listen == asked_;
    std::shared_ptr<Listener> opened;
    if (enabled && (!sameListen || !listener_))
        if (auto refused = open(sameListen ? listen_ : listen, opened))
            return refused;
    if (!isAt(listen, upstream))
        closeConnections();
    if (listener_ && (!enabled || opened))
        disable();
    if (!sameListen) {
        asked_ = listen;
        listen_ = listenAddress(listen).text();
    }
    upstream_ = upstream;
    upstreamAddress_ = parseAddress(upstream).value_or(Address{});
    if (upstreamAddress_.host.empty())
        upstreamAddress_.host = "127.0.0.1";
    if (opened)
        adopt(std::move(opened));
    return {};
}

void Proxy::onClient(Tcp::socket client) {
    std::uint64_t const number = connectionsMade_++;
    auto const connection =
        std::make_shared<Connection>(surroundings_, std::move(client), number,
                                     [this](std::uint64_t gone) { connections_.erase(gone); });
    connections_.emplace(number, connection);
    connection->start(upstreamAddress_);
}

void Proxy::closeConnections() {
    auto const connections = std::exchange(connections_, {});
    for (auto const& [number, connection] : connections)
        connection->abandon();
}

void Proxy::follow() {
    // A connection that ends meanwhile leaves the map.
    std::vector<std::shared_ptr<Connection>> live;
    live.reserve(connections_.size());
    for (auto const& [number, connection] : connections_)
        live.push_back(connection);
    for (auto const& connection : live)
        connection->follow();
}

Refused Proxy::add(Toxic toxic) {
    if (find(toxic.name) != nullptr)
        return Refusal{Refusal::Reason::ToxicExists, "toxic already exists"};
    if (toxics().size() >= toxicsAtMost)
        return Refusal{Refusal::Reason::TooMany,
                       "a proxy takes at most " + std::to_string(toxicsAtMost) + " toxics"};
    surroundings_.toxics.push_back(std::move(toxic));
    follow();
    return {};
}

Refused Proxy::update(Toxic toxic) {
    auto const found = toxicNamed(surroundings_.toxics, toxic.name);
    if (found == surroundings_.toxics.end())
        return noToxic();
    *found = std::move(toxic);
    follow();
    return {};
}

Refused Proxy::remove(std::string const& toxic) {
    auto const found = toxicNamed(surroundings_.toxics, toxic);
    if (found == surroundings_.toxics.end())
        return noToxic();
    surroundings_.toxics.erase(found);
    follow();
    return {};
}

void Proxy::removeToxics() {
    surroundings_.toxics.clear();
    follow();
}

Refused Proxy::addHttpFault(HttpFault fault) {
    auto refused = surroundings_.httpFaults.add(std::move(fault));
    if (!refused)
        follow();
    return refused;
}

Refused Proxy::updateHttpFault(HttpFault fault) {
    auto refused = surroundings_.httpFaults.update(std::move(fault));
    if (!refused)
        follow();
    return refused;
}

Refused Proxy::removeHttpFault(std::string const& fault) {
    auto refused = surroundings_.httpFaults.remove(fault);
    if (!refused)
        follow();
    return refused;
}

void Proxy::calm() {
    surroundings_.toxics.clear();
    surroundings_.httpFaults = {};
    follow();
}

Toxic const* Proxy::find(std::string const& toxic) const {
    for (Toxic const& candidate : toxics())
        if (candidate.name == toxic)
            return &candidate;
    return nullptr;
}

} // namespace shakedown::proxy
