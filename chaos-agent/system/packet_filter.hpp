#pragma once

#include <string>
#include <vector>

#include "chaos-agent/system/failure.hpp"
#include "chaos-agent/system/network_namespace.hpp"
#include "scenarios/vocabulary/time.hpp"

/// nftables, spoken to through its program `nft` (nft(8)): its library is GPL-2.0 only, which
/// OpenSSL's licence does not go with (docs/decisions). Rules are text of nft's own grammar.
namespace shakedown::system {

/// Applies a whole text in one transaction: all of it or nothing.
Failed applyRules(NetworkNamespace const& place, std::string const& rules);

/// Whether a text would be applied: the kernel looks at it and changes nothing.
Failed checkRules(NetworkNamespace const& place, std::string const& rules);

/// The table of family inet, as nft lists it without counters' and timers' values; empty if there
/// is no such table.
Got<std::string> listTable(NetworkNamespace const& place, std::string const& table);

/// The names of the tables of family inet that begin with `prefix`.
Got<std::vector<std::string>> tablesLike(NetworkNamespace const& place, std::string const& prefix);

/// Where the program is; empty if this host has none.
std::string packetFilterProgram();

} // namespace shakedown::system
