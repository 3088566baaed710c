#pragma once

#include <string>
#include <variant>
#include <vector>

#include "chaos-agent/faults/operation.hpp"
#include "chaos-agent/faults/packet_place.hpp"
#include "chaos-agent/faults/packet_rules.hpp"
#include "chaos-agent/faults/planner.hpp"

namespace shakedown::injectors {

/// What the packets of a fault are chosen by.
struct PacketScope {
    protocol::FaultRequest const& request;
    Target const& target;
    Targets const& targets;
    Protected const& spared;
};

/// What is done to the packets that are chosen.
struct PacketDeed {
    protocol::Way way = protocol::Way::Both;
    /// Everything of a namespace, or only what its service takes and answers.
    enum class Reach { Namespace, Service };
    Reach reach = Reach::Namespace;
    std::vector<std::string> verdicts;
    std::vector<std::string> verdictsOut{}; // in their place for what goes out, if there are any
    /// The table as far as it is the same for every target.
    TableRules table{};
};

/// A table that does it, not made yet, and what it holds for itself.
struct PacketTable {
    PacketPlace place;
    FilterTable table;
    std::string claim;
};

/// In the network namespace of the target, or of this host for a target that has none of its own;
/// there its address says which packets are its.
std::variant<PacketTable, system::Failure> packetTableFor(PacketScope const& scope,
                                                          PacketDeed const& deed);

} // namespace shakedown::injectors
