#include "chaos-agent/proxy/slicer_stage.hpp"

#include <cmath>

namespace shakedown::proxy {

std::size_t SlicerStage::drawSize() {
    auto const average = static_cast<double>(what_.averageSize.count());
    auto const variation = static_cast<double>(what_.sizeVariation.count());
    // Whole sizes from average - variation to average + variation, each equally likely.
    double const size =
        average - variation + std::floor((2 * variation + 1) * luck_.uniform(++cuts_));
    return static_cast<std::size_t>(std::clamp(size, 1.0, 1e9));
}

std::optional<Chunk> SlicerStage::next(Instant now) {
    if (empty() || now < readyAt_)
        return {};
    readyAt_ = later(now, what_.delay);
    return popBytes(drawSize());
}

void SlicerStage::update(Disturbance const& what, Instant now) {
    what_ = std::get<Slicer>(what);
    readyAt_ = std::min(readyAt_, later(now, what_.delay));
}

} // namespace shakedown::proxy
