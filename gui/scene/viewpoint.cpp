#include "gui/scene/viewpoint.hpp"

#include <algorithm>

namespace shakedown::gui {

Viewpoint Viewpoint::fitting(QRectF const& scene, QRectF const& room, double atMost) {
    Viewpoint view;
    double const wide = room.width() / std::max(1.0, scene.width());
    double const high = room.height() / std::max(1.0, scene.height());
    view.scale = std::clamp(std::min(wide, high), smallest, atMost);
    view.offset = room.center() - scene.center() * view.scale;
    return view;
}

void Viewpoint::zoom(double factor, QPointF around) {
    QPointF const still = toScene(around);
    scale = std::clamp(scale * factor, smallest, largest);
    offset = around - still * scale;
}

} // namespace shakedown::gui
