#include "chaos-agent/proxy/proxy_set.hpp"

namespace shakedown::proxy {

ProxySet::ProxySet(asio::io_context& io, std::uint64_t seed)
    : io_(io), scratch_(std::make_unique<Scratch>()), seed_(seed), retired_(io) {}

ProxySet::~ProxySet() = default;

Proxy* ProxySet::find(std::string const& name) const {
    auto const found = proxies_.find(name);
    return found == proxies_.end() ? nullptr : found->second.get();
}

Refused ProxySet::create(ProxySpec const& spec) {
    if (find(spec.name) != nullptr)
        return Refusal{Refusal::Reason::ProxyExists, "proxy already exists"};
    if (proxies_.size() + retired_.count() >= proxiesAtMost)
        return Refusal{Refusal::Reason::TooMany,
                       "at most " + std::to_string(proxiesAtMost) + " proxies"};
    if (auto refused = checkAddresses(spec.listen, spec.upstream))
        return refused;
    auto made = std::make_unique<Proxy>(io_, *scratch_, seed_, spec);
    if (spec.enabled)
        if (auto refused = made->enable())
            return refused;
    proxies_.emplace(spec.name, std::move(made));
    return {};
}

Refused ProxySet::createOrReplace(ProxySpec const& spec) {
    Proxy* const old = find(spec.name);
    if (old == nullptr)
        return create(spec);
    if (old->isAt(spec.listen, spec.upstream))
        return {};
    if (auto refused = checkAddresses(spec.listen, spec.upstream))
        return refused;
    // The new one may listen where the old one did.
    bool const wasEnabled = old->isEnabled();
    old->disable();
    auto made = std::make_unique<Proxy>(io_, *scratch_, seed_, spec);
    if (spec.enabled)
        if (auto refused = made->enable()) {
            if (wasEnabled)
                old->enable();
            return refused;
        }
    proxies_[spec.name] = std::move(made);
    return {};
}

Refused ProxySet::remove(std::string const& name) {
    if (proxies_.erase(name) == 0)
        return Refusal{Refusal::Reason::ProxyNotFound, "proxy not found"};
    return {};
}

Refused ProxySet::retire(std::string const& name) {
    auto const found = proxies_.find(name);
    if (found == proxies_.end())
        return Refusal{Refusal::Reason::ProxyNotFound, "proxy not found"};
    retired_.take(std::move(found->second));
    proxies_.erase(found);
    return {};
}

std::map<std::string, Refusal> ProxySet::reset() {
    std::map<std::string, Refusal> refusals;
    std::vector<Proxy*> enabled;
    for (auto const& [name, proxy] : proxies_) {
        if (proxy->isEnabled())
            continue;
        if (auto refused = proxy->enable())
            refusals.emplace(name, *refused);
        else
            enabled.push_back(proxy.get());
    }
    if (!refusals.empty()) {
        for (Proxy* const proxy : enabled)
            proxy->disable();
        return refusals;
    }
    for (auto const& [name, proxy] : proxies_)
        proxy->removeToxics();
    return {};
}

} // namespace shakedown::proxy
