#pragma once

#include <array>
#include <cstddef>

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

namespace shakedown::gui {

/// The way of an edge: a curve that leaves to the right and arrives from the left, with points at
/// equal distances along it, so that a dot on it costs next to nothing.
class EdgeTrack {
public:
    EdgeTrack() = default;
    EdgeTrack(QPointF from, QPointF to);

    QPainterPath const& path() const { return path_; }
    QRectF const& bounds() const { return bounds_; }
    double length() const { return length_; }
    /// At a share of the way, 0 to 1.
    QPointF at(double share) const;
    double distanceTo(QPointF point) const;
    /// Where a box of somebody else covers the way no dot is to be seen.
    void coverBy(QRectF const& box);
    bool isCoveredAt(double share) const;

private:
    static constexpr std::size_t pieces = 48;
    std::size_t pieceAt(double share) const;

    QPainterPath path_;
    QRectF bounds_;
    double length_ = 0;
    std::array<QPointF, pieces + 1> points_;
    std::array<bool, pieces + 1> isCovered_{};
};

} // namespace shakedown::gui
