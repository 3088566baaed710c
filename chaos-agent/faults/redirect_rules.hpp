#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "chaos-agent/proxy/address.hpp"

namespace shakedown::injectors {

/// What a redirect matches.
struct RedirectRules {
    proxy::Address service;
    /// The share of the older connections, which go past the proxy, that is reset; none: none is.
    std::optional<double> resets;
};

/// Text for nft: a table with the set `lease`, and one chain that hands connections for the service
/// to the socket that listens on port `$listener` of the same address (tproxy, nft(8)). Where none
/// listens, everything passes. Sockets keep what was handed to them, so that nothing has to stay
/// when the table goes: no address is translated, and no connection tracked.
std::string textOf(RedirectRules const& rules, std::string const& table);

/// With the port that `$listener` stands for.
std::string withListener(std::string const& rules, std::uint16_t port);

} // namespace shakedown::injectors
