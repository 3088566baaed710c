#include "gui/scene/edge_track.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace shakedown::gui {

namespace {

constexpr double smallestBend = 40;
constexpr double reach = 4; // of a dot beside its way

double lengthOf(QPointF v) {
    return std::hypot(v.x(), v.y());
}

QPointF onCurve(std::array<QPointF, 4> const& p, double t) {
    double const u = 1 - t;
    return p[0] * (u * u * u) + p[1] * (3 * u * u * t) + p[2] * (3 * u * t * t)
           + p[3] * (t * t * t);
}

} // namespace

EdgeTrack::EdgeTrack(QPointF from, QPointF to) : path_(from) {
    double const bend = std::max(smallestBend, std::abs(to.x() - from.x()) / 2);
    std::array<QPointF, 4> const curve{from, from + QPointF(bend, 0), to - QPointF(bend, 0), to};
    path_.cubicTo(curve[1], curve[2], curve[3]);
    bounds_ = path_.boundingRect();
    // Along the curve in equal steps of t, then again in equal steps of its length.
    constexpr std::size_t fine = 2 * pieces;
    std::array<QPointF, fine + 1> rough;
    std::array<double, fine + 1> reached{};
    for (std::size_t i = 0; i <= fine; ++i) {
        rough[i] = onCurve(curve, static_cast<double>(i) / fine);
        reached[i] = i == 0 ? 0 : reached[i - 1] + lengthOf(rough[i] - rough[i - 1]);
    }
    length_ = reached.back();
    std::size_t next = 1;
    for (std::size_t i = 0; i <= pieces; ++i) {
        double const want = length_ * static_cast<double>(i) / pieces;
        while (next < fine && reached[next] < want)
            ++next;
        double const step = reached[next] - reached[next - 1];
        double const share = step > 0 ? std::min(1.0, (want - reached[next - 1]) / step) : 0;
        points_[i] = rough[next - 1] + (rough[next] - rough[next - 1]) * share;
    }
}

std::size_t EdgeTrack::pieceAt(double share) const {
    auto const piece = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * pieces);
    return std::min(piece, pieces - 1);
}

QPointF EdgeTrack::at(double share) const {
    std::size_t const piece = pieceAt(share);
    double const rest = share * pieces - static_cast<double>(piece);
    return points_[piece] + (points_[piece + 1] - points_[piece]) * rest;
}

double EdgeTrack::distanceTo(QPointF point) const {
    double nearest = std::numeric_limits<double>::max();
    for (std::size_t i = 0; i < pieces; ++i) {
        QPointF const along = points_[i + 1] - points_[i];
        double const square = QPointF::dotProduct(along, along);
        double const share =
            square > 0
                ? std::clamp(QPointF::dotProduct(point - points_[i], along) / square, 0.0, 1.0)
                : 0;
        nearest = std::min(nearest, lengthOf(point - points_[i] - along * share));
    }
    return nearest;
}

void EdgeTrack::coverBy(QRectF const& box) {
    QRectF const wide = box.adjusted(-reach, -reach, reach, reach);
    if (!wide.intersects(bounds_.adjusted(-1, -1, 1, 1)))
        return;
    for (std::size_t i = 0; i <= pieces; ++i)
        isCovered_[i] = isCovered_[i] || wide.contains(points_[i]);
}

bool EdgeTrack::isCoveredAt(double share) const {
    std::size_t const piece = pieceAt(share);
    return isCovered_[piece] || isCovered_[piece + 1];
}

} // namespace shakedown::gui
