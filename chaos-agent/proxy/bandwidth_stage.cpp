#include "chaos-agent/proxy/bandwidth_stage.hpp"

#include <cmath>

namespace shakedown::proxy {

namespace {
constexpr double pieceSeconds = 0.01;
}

void BandwidthStage::take(Chunk chunk, Instant now) {
    if (empty()) {
        earnedUntil_ = now;
        earned_ = 0;
    }
    Stage::take(std::move(chunk), now);
}

std::size_t BandwidthStage::piece() const {
    double const most = std::max(1.0, rate() * pieceSeconds);
    return most >= static_cast<double>(front().size()) ? front().size()
                                                       : static_cast<std::size_t>(most);
}

void BandwidthStage::earn(Instant now) {
    if (now <= earnedUntil_)
        return;
    earned_ += std::chrono::duration<double>(now - earnedUntil_).count() * rate();
    earnedUntil_ = now;
}

std::optional<Chunk> BandwidthStage::next(Instant now) {
    if (empty())
        return {};
    earn(now);
    std::size_t const size = piece();
    if (earned_ < static_cast<double>(size))
        return {};
    earned_ -= static_cast<double>(size);
    return popBytes(size);
}

Instant BandwidthStage::wakeAt() const {
    if (empty() || what_.perSecond.count() == 0)
        return never;
    double const missing = std::max(0.0, static_cast<double>(piece()) - earned_);
    // One nanosecond more than the time it takes, lest rounding wakes us a hair too early.
    return later(earnedUntil_, Duration::fromSeconds(missing / rate()) + Duration::nanoseconds(1));
}

void BandwidthStage::update(Disturbance const& what, Instant now) {
    if (!empty())
        earn(now);
    what_ = std::get<BandwidthLimit>(what);
}

} // namespace shakedown::proxy
