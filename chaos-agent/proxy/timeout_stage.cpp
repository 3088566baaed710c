#include "chaos-agent/proxy/timeout_stage.hpp"

namespace shakedown::proxy {

void TimeoutStage::take(Chunk, Instant) {
    lost_ = true;
}

std::optional<Chunk> TimeoutStage::next(Instant) {
    return {};
}

Instant TimeoutStage::wakeAt() const {
    return what_.timeout == Duration() ? never : later(since_, what_.timeout);
}

Fate TimeoutStage::fate(Instant now) const {
    return now >= wakeAt() ? Fate::Close : Fate::Flow;
}

void TimeoutStage::update(Disturbance const& what, Instant now) {
    what_ = std::get<Timeout>(what);
    since_ = now;
}

} // namespace shakedown::proxy
