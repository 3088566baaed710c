#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gui/scene/traffic.hpp"

namespace shakedown::gui {

/// The requests on every edge as dots: how many, how fast, and where they have come to. One dot
/// stands for so many requests a second that there are about five an edge; the longer a call takes
/// the slower they go.
class Dots {
public:
    static constexpr double referenceLength = 200; // of an edge, in units of the scene
    static constexpr int mostOnEdge = 60;

    /// The lengths of the edges, in units of the scene.
    void setEdges(std::vector<double> lengths);
    /// What goes along them now; edges without an entry have none.
    void setTraffic(std::vector<Traffic> const& traffic);
    /// As if nothing had gone along yet; the next traffic chooses the scale.
    void restart();
    /// A frame goes by, forwards or backwards.
    void step(double seconds);

    /// Requests a second of one dot on an edge of reference length.
    double perDot() const { return perDot_; }
    int on(std::size_t edge) const { return flows_[edge].dots; }
    int total() const;
    /// Of dot i of an edge: its share of the way, and whether it is one that fails.
    double shareOf(std::size_t edge, int i) const;
    bool isBad(std::size_t edge, int i) const;

private:
    struct Flow {
        double length = referenceLength;
        double rate = 0;
        double speed = 0; // units of the scene a second
        double gone = 0;  // in distances between two dots
        int dots = 0;
        int bad = 0;
    };
    static int dotsOf(Flow const& flow, double perDot);
    long long totalOf(double perDot) const;
    void scale();

    std::vector<Flow> flows_;
    double perDot_ = 0; // 0: not chosen yet
};

/// Seconds on the screen that a dot takes along an edge of reference length.
double travelSeconds(Duration latency);

} // namespace shakedown::gui
