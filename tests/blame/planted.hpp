#pragma once

#include <string>
#include <utility>
#include <vector>

/// Systems into which causes are planted that we then look for.
namespace shakedown::blame {

/// A cause: what `why` must call it, and how the scenario reads with it and without.
struct Plant {
    std::string cause; // as first causes are named: "fault autos-slow (slow)"
    /// Of the base scenario: text to be found, and what stands there instead.
    std::vector<std::pair<std::string, std::string>> changes;
};

struct Planted {
    std::string name;
    std::string base;
    std::vector<Plant> plants;
};

/// One cause each.
std::vector<Planted> single();
/// Two, apart from each other.
std::vector<Planted> twofold();

/// The scenario with the plants whose bit is set.
std::string grown(Planted const& planted, unsigned plants);

} // namespace shakedown::blame
