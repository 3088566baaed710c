#include "chaos-agent/proxy/slow_close_stage.hpp"

namespace shakedown::proxy {

std::optional<Chunk> SlowCloseStage::next(Instant) {
    if (empty())
        return {};
    return pop();
}

void SlowCloseStage::update(Disturbance const& what, Instant) {
    what_ = std::get<SlowClose>(what);
}

} // namespace shakedown::proxy
