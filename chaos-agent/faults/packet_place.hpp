#pragma once

#include <functional>

#include "chaos-agent/faults/operation.hpp"
#include "chaos-agent/faults/target.hpp"

namespace shakedown::injectors {

/// Where the packets of a target pass, and our rules can be put.
struct PacketPlace {
    system::NetworkNamespace there;
    bool isHost = false; // this agent's own network namespace
};

/// Refused where there is no packet filter, or not the privilege to use it there.
std::variant<PacketPlace, system::Failure> packetPlaceOf(Target const& target);

/// A table for a kind of fault, with those rules, which are told the table's name. It is named by
/// what it does, so that a plan and its start are the same to the letter; refused if one of that
/// name is there already.
std::variant<FilterTable, system::Failure>
newTable(PacketPlace const& place, std::string const& kind,
         std::function<std::string(std::string const&)> const& rulesOf);

} // namespace shakedown::injectors
