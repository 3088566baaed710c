#include "chaos-agent/proxy/latency_stage.hpp"

namespace shakedown::proxy {

void LatencyStage::take(Chunk chunk, Instant now) {
    arrivals_.push_back({now, 2 * luck_.uniform(++taken_) - 1});
    Stage::take(std::move(chunk), now);
}

Instant LatencyStage::readyAt() const {
    return later(arrivals_.front().at, what_.latency + what_.jitter * arrivals_.front().share);
}

std::optional<Chunk> LatencyStage::next(Instant now) {
    if (empty() || now < readyAt())
        return {};
    arrivals_.pop_front();
    return pop();
}

Instant LatencyStage::wakeAt() const {
    return empty() ? never : readyAt();
}

void LatencyStage::update(Disturbance const& what, Instant) {
    what_ = std::get<Latency>(what);
}

} // namespace shakedown::proxy
