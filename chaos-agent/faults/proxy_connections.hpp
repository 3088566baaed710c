#pragma once

#include <set>

#include "chaos-agent/faults/connections.hpp"
#include "chaos-agent/proxy/proxy_set.hpp"

namespace shakedown::injectors {

/// Why no proxy would do that to connections, whatever it stands in front of.
system::Failed whyNot(protocol::FaultKind const& what);

/// Faults on the proxies of a set: toxics and HTTP faults under the name of the fault. Called by
/// the thread of the proxies.
class ProxyConnections final : public Connections {
public:
    explicit ProxyConnections(proxy::ProxySet& proxies) : proxies_(proxies) {}

    system::Failed disturb(std::string const& proxy, std::string const& name,
                           protocol::FaultKind const& what, protocol::Way way) override;
    system::Failed calm(std::string const& proxy, std::string const& name) override;
    bool isDisturbed(std::string const& proxy, std::string const& name) override;
    system::Failed open(std::string const& proxy, system::NetworkNamespace const& place,
                        proxy::Address const& service) override;
    system::Failed retire(std::string const& proxy) override;
    std::optional<std::uint16_t> portOf(std::string const& proxy) override;

private:
    proxy::ProxySet& proxies_;
    std::set<std::string> opened_; // of the set, by us; the others stand in the configuration
};

} // namespace shakedown::injectors
