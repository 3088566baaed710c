#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "chaos-agent/protocol/fault.hpp"
#include "chaos-agent/proxy/address.hpp"
#include "chaos-agent/system/failure.hpp"
#include "chaos-agent/system/network_namespace.hpp"

namespace shakedown::injectors {

/// The proxies that run in front of targets, as operations reach them: they live in a thread of
/// their own.
class Connections {
public:
    virtual ~Connections() = default;
    /// A disturbance of that name takes effect on live and new connections of the proxy.
    virtual system::Failed disturb(std::string const& proxy, std::string const& name,
                                   protocol::FaultKind const& what, protocol::Way way) = 0;
    /// Takes it away; one that is not there is no failure.
    virtual system::Failed calm(std::string const& proxy, std::string const& name) = 0;
    virtual bool isDisturbed(std::string const& proxy, std::string const& name) = 0;

    /// Opens a proxy in front of a service, inside of the service's network namespace: it listens
    /// on a free port of the service's address, and takes what is redirected to it there. Its own
    /// connections carry the mark of ours.
    virtual system::Failed open(std::string const& proxy, system::NetworkNamespace const& place,
                                proxy::Address const& service) = 0;
    /// Its connections go on, undisturbed, until they end. Only what was opened is retired; what
    /// is not there is no failure.
    virtual system::Failed retire(std::string const& proxy) = 0;
    /// Where an opened proxy listens; nothing once it is retired.
    virtual std::optional<std::uint16_t> portOf(std::string const& proxy) = 0;
};

} // namespace shakedown::injectors
