#pragma once

#include <QPointF>
#include <QRectF>

namespace shakedown::gui {

/// Which part of a scene is seen, and how large.
struct Viewpoint {
    static constexpr double smallest = 0.04;
    static constexpr double largest = 4;

    double scale = 1;
    QPointF offset; // of the scene's origin, on the screen

    QPointF toScreen(QPointF point) const { return point * scale + offset; }
    QRectF toScreen(QRectF const& box) const {
        return {toScreen(box.topLeft()), box.size() * scale};
    }
    QPointF toScene(QPointF point) const { return (point - offset) / scale; }

    /// All of the scene in the middle of a room on the screen, at most `atMost` times as drawn.
    static Viewpoint fitting(QRectF const& scene, QRectF const& room, double atMost);
    /// What stands at a point of the screen stays there.
    void zoom(double factor, QPointF around);

    friend bool operator==(Viewpoint const&, Viewpoint const&) = default;
};

} // namespace shakedown::gui
