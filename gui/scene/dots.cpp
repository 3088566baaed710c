#include "gui/scene/dots.hpp"

#include <algorithm>
#include <cmath>

#include "gui/theme/ticks.hpp"

namespace shakedown::gui {

namespace {

constexpr double meanOnEdge = 5;
constexpr double rarest = 1e-3; // requests a second
constexpr double tolerance = 1.5;

// So that they do not all leave at once.
double beginOf(std::size_t edge) {
    return static_cast<double>(edge * 7919 % 997) / 997;
}

} // namespace

double travelSeconds(Duration latency) {
    return 0.8 * std::pow(1 + std::log10(1 + std::max(0.0, latency.inMilliseconds())), 1.5);
}

void Dots::setEdges(std::vector<double> lengths) {
    flows_.assign(lengths.size(), {});
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        flows_[i].length = std::max(1.0, lengths[i]);
        flows_[i].gone = beginOf(i);
    }
    perDot_ = 0;
}

void Dots::setTraffic(std::vector<Traffic> const& traffic) {
    auto const on = [&](std::size_t i) { return i < traffic.size() ? traffic[i] : Traffic(); };
    for (std::size_t i = 0; i < flows_.size(); ++i) {
        flows_[i].rate = on(i).rate;
        flows_[i].speed = referenceLength / travelSeconds(on(i).latency);
    }
    scale();
    for (std::size_t i = 0; i < flows_.size(); ++i) {
        auto& flow = flows_[i];
        flow.dots = dotsOf(flow, perDot_);
        flow.bad = static_cast<int>(std::lround(on(i).trouble * flow.dots));
    }
}

int Dots::dotsOf(Flow const& flow, double perDot) {
    if (flow.rate <= 0)
        return 0;
    double const dots = flow.rate / perDot * flow.length / referenceLength;
    return std::clamp(static_cast<int>(std::lround(std::min<double>(dots, mostOnEdge))), 1,
                      mostOnEdge);
}

long long Dots::totalOf(double perDot) const {
    long long total = 0;
    for (auto const& flow : flows_)
        total += dotsOf(flow, perDot);
    return total;
}

// 1, 2 or 5 requests a second and so on. A scale is kept while it is about right: one that changes
// all the time tells nothing.
void Dots::scale() {
    double const wanted = meanOnEdge * static_cast<double>(flows_.size());
    double rates = 0;
    for (auto const& flow : flows_)
        rates += flow.rate * flow.length / referenceLength;
    if (rates <= 0)
        return;
    double best = tickStep(std::max(rarest, rates / wanted / 4), 1);
    while (static_cast<double>(totalOf(best)) > wanted * 1.1 && best < rates)
        best = tickStep(best * 1.5, 1);
    bool const isRight = perDot_ > 0 && static_cast<double>(totalOf(perDot_)) <= wanted * tolerance
                         && best >= perDot_ / 5.001;
    if (!isRight)
        perDot_ = best;
}

void Dots::restart() {
    for (std::size_t i = 0; i < flows_.size(); ++i)
        flows_[i].gone = beginOf(i);
    perDot_ = 0;
}

void Dots::step(double seconds) {
    for (auto& flow : flows_)
        if (flow.dots > 0)
            flow.gone += seconds * flow.speed * flow.dots / flow.length;
}

int Dots::total() const {
    int total = 0;
    for (auto const& flow : flows_)
        total += flow.dots;
    return total;
}

double Dots::shareOf(std::size_t edge, int i) const {
    auto const& flow = flows_[edge];
    return (i + flow.gone - std::floor(flow.gone)) / flow.dots;
}

// Whoever comes to the next place keeps what it is.
bool Dots::isBad(std::size_t edge, int i) const {
    auto const& flow = flows_[edge];
    auto const laps = static_cast<long long>(std::floor(flow.gone));
    long long const who = ((i - laps) % flow.dots + flow.dots) % flow.dots;
    return (who + 1) * flow.bad / flow.dots != who * flow.bad / flow.dots;
}

} // namespace shakedown::gui
