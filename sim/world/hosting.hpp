#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/platform/blueprint.hpp"
#include "sim/platform/machines.hpp"
#include "sim/world/state.hpp"

/// Machines and the network between them: where everything stands, and what is done to it.
namespace shakedown::world {

using platform::LinkId;
using platform::MachineId;

/// Compiled from `platform:`.
struct HostingPlan {
    platform::Blueprint blueprint;
    /// By service: where its replicas stand, in order, again from the first.
    std::vector<std::vector<MachineId>> replicas;
    /// By load: where it comes from; `platform::nowhere`: from outside.
    std::vector<MachineId> loads;
    std::vector<std::uint32_t> zones; // of the machines
    /// What profiles do to machines and links.
    struct Change {
        Duration at;
        enum class What : std::uint8_t { MachineSpeed, MachineState, LinkState } what;
        std::uint32_t target = 0;
        double value = 0;
    };
    std::vector<Change> changes; // in order of time
};

/// One side of a partition.
struct Side {
    std::vector<std::uint32_t> services;
    std::vector<std::uint32_t> loads;
    std::vector<std::uint32_t> zones;
};
/// A partition of which a side is a zone, which cuts through services.
struct Cut {
    std::uint32_t id = 0;
    Side a;
    Side b;
    bool hold = false;
    std::vector<LinkState::Held> held;
};

/// Something done to all messages that cross a link of the platform.
struct WireModifier {
    LinkId link = 0;
    NetworkModifier what;
    bool swallows = false; // black hole
};

struct MachineState {
    std::uint32_t downs = 0; // faults that hold it down
    bool downByProfile = false;
    bool isCrowded = false;
    std::vector<std::uint32_t> waiting;  // replicas that start when it is up again
    std::vector<std::uint32_t> silenced; // replicas that stood there when it went down
    std::vector<StealModifier> steals;   // shares of its speed taken away
    std::vector<StealModifier> slowdown; // factors of its speed
};
struct WireState {
    std::uint32_t downs = 0;
    bool downByProfile = false;
    struct Limit {
        std::uint32_t id = 0;
        Bandwidth limit;
    };
    std::vector<Limit> limits;
};

struct HostingState {
    std::vector<MachineState> machines;
    std::vector<WireState> links;
    std::vector<WireModifier> wires;
    std::vector<Cut> cuts;
    bool isDisturbed() const { return !wires.empty() || !cuts.empty(); }
};

} // namespace shakedown::world
