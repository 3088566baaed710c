#pragma once

#include <string>

#include "chaos-agent/protocol/fault.hpp"
#include "chaos-agent/system/failure.hpp"

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
};

} // namespace shakedown::injectors
