#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace shakedown::gui {

/// Who calls whom, by number.
struct Graph {
    std::size_t nodes = 0;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
};

/// Where a node stands: its layer from the left, and its place in the layer, in units of a node;
/// places are at least 1 apart and may be halves.
struct NodePlace {
    int layer = 0;
    double place = 0;
};

/// Layers from left to right in the manner of Sugiyama, Tagawa and Toda, "Methods for Visual
/// Understanding of Hierarchical System Structures", 1981: edges that close a circle are turned
/// round, layers by the longest path, crossings lessened by sweeps of barycentres, then places that
/// are near those of the neighbours. Equal graphs get equal layouts; edges beyond the nodes and
/// loops are passed over.
std::vector<NodePlace> layeredLayout(Graph const& graph);

/// Pairs of edges between neighbouring layers that cross; for tests.
std::size_t crossingsOf(Graph const& graph, std::vector<NodePlace> const& places);

} // namespace shakedown::gui
