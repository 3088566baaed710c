#pragma once

#include <string>
#include <vector>

#include "scenarios/vocabulary/quantities.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::platform {

struct MachineSpec {
    std::string name;
    std::string zone; // empty: in none
    double speed = 1; // 1: a second of work takes a second on one core
    int cores = 1;
    double idleWatts = 100;
    double busyWatts = 200; // with all cores busy
};

/// How the two directions of a link stand to each other.
enum class Sharing { BothDirections, EachDirection };

struct LinkSpec {
    std::string name;
    std::vector<std::string> ends; // machines or zones; every pair of them is joined by the link
    Bandwidth bandwidth;
    Duration latency;
    Sharing sharing = Sharing::BothDirections;
};

/// Machines and the network between them. Messages take the way with the fewest links.
struct Blueprint {
    std::string
        file; // a platform of SimGrid's own format instead; then the lists tell what is in it
    std::vector<MachineSpec> machines;
    std::vector<LinkSpec> links;
    bool measuresEnergy = false;
};

} // namespace shakedown::platform
