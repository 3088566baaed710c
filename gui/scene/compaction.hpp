#pragma once

#include <vector>

#include "gui/scene/layered_layout.hpp"

namespace shakedown::gui {

/// The same order in every layer, but no more rows than `slack` times those of the fullest layer:
/// where a layout has stretched itself out for straight edges, it is pushed together.
std::vector<NodePlace> compacted(std::vector<NodePlace> places, double slack);

} // namespace shakedown::gui
