#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace shakedown::html {

/// A graph laid out from left to right.
struct Layers {
    struct Point {
        double layer = 0; // column
        double row = 0;   // 0 is the top; columns are centred on each other
    };
    std::vector<Point> nodes;
    /// One an edge: from its node through the columns between to the other node. Empty for an edge
    /// from a node to itself.
    std::vector<std::vector<Point>> edges;
    std::size_t columns = 0;
    double rows = 0;
};

/// Layers by longest path, edges that close a circle turned around for it, order by barycentre
/// sweeps (Sugiyama). Edges are pairs of indices below `nodes`. Equal graphs give equal layouts.
Layers layersOf(std::size_t nodes, std::vector<std::pair<std::size_t, std::size_t>> const& edges);

} // namespace shakedown::html
