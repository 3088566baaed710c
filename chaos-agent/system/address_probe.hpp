#pragma once

#include <string>

#include "chaos-agent/system/failure.hpp"
#include "chaos-agent/system/network_namespace.hpp"

namespace shakedown::system {

/// How it stands between this process and an address.
enum class AddressProbe {
    Ours,      // of that place, and we may talk there
    NotThere,  // of another place
    Forbidden, // of that place, but no packet of ours passes: a control group's rules, a firewall's
};

/// Sends a datagram from the IP address to itself, in that place. Nobody else sees it.
Got<AddressProbe> probe(NetworkNamespace const& place, std::string const& address);

} // namespace shakedown::system
