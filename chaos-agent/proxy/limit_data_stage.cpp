#include "chaos-agent/proxy/limit_data_stage.hpp"

namespace shakedown::proxy {

void LimitDataStage::take(Chunk chunk, Instant now) {
    touched_ = true;
    std::int64_t const left = std::max<std::int64_t>(0, what_.bytes.count() - passed_);
    Chunk within = chunk.cut(static_cast<std::size_t>(left));
    passed_ += static_cast<std::int64_t>(within.size());
    if (!within.empty())
        Stage::take(std::move(within), now);
}

std::optional<Chunk> LimitDataStage::next(Instant) {
    if (empty())
        return {};
    return pop();
}

Fate LimitDataStage::fate(Instant) const {
    return touched_ && passed_ >= what_.bytes.count() ? Fate::Close : Fate::Flow;
}

void LimitDataStage::update(Disturbance const& what, Instant) {
    what_ = std::get<LimitData>(what);
}

} // namespace shakedown::proxy
