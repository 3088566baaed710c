#include "gui/scene/compaction.hpp"

#include <algorithm>
#include <map>

namespace shakedown::gui {

std::vector<NodePlace> compacted(std::vector<NodePlace> places, double slack) {
    std::map<int, std::vector<NodePlace*>> layers;
    double rows = 1;
    for (auto& node : places) {
        layers[node.layer].push_back(&node);
        rows = std::max(rows, node.place + 1);
    }
    std::size_t fullest = 1;
    for (auto const& [layer, nodes] : layers)
        fullest = std::max(fullest, nodes.size());
    double const room = std::max(1.0, slack * static_cast<double>(fullest));
    if (rows <= room)
        return places;
    double const share = (room - 1) / (rows - 1);
    for (auto& [layer, nodes] : layers) {
        std::stable_sort(nodes.begin(), nodes.end(),
                         [](auto const* a, auto const* b) { return a->place < b->place; });
        for (auto* node : nodes)
            node->place *= share;
        // Apart by one downwards, then back up where that went too far.
        for (std::size_t i = 1; i < nodes.size(); ++i)
            nodes[i]->place = std::max(nodes[i]->place, nodes[i - 1]->place + 1);
        double most = room - 1;
        for (std::size_t i = nodes.size(); i-- > 0;) {
            nodes[i]->place = std::min(nodes[i]->place, most);
            most = nodes[i]->place - 1;
        }
    }
    return places;
}

} // namespace shakedown::gui
