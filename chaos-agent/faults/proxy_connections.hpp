#pragma once

#include "chaos-agent/faults/connections.hpp"
#include "chaos-agent/proxy/proxy_set.hpp"

namespace shakedown::injectors {

/// Faults on the proxies of a set: toxics and HTTP faults under the name of the fault. Called by
/// the thread of the proxies.
class ProxyConnections final : public Connections {
public:
    explicit ProxyConnections(proxy::ProxySet& proxies) : proxies_(proxies) {}

    system::Failed disturb(std::string const& proxy, std::string const& name,
                           protocol::FaultKind const& what, protocol::Way way) override;
    system::Failed calm(std::string const& proxy, std::string const& name) override;
    bool isDisturbed(std::string const& proxy, std::string const& name) override;

private:
    proxy::ProxySet& proxies_;
};

} // namespace shakedown::injectors
