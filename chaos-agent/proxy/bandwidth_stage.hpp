#pragma once

#include "chaos-agent/proxy/stage.hpp"

namespace shakedown::proxy {

/// Bytes pass as fast as the rate earns them, in pieces of about 10 ms. Nothing is earned while
/// nothing waits, so there are no bursts.
class BandwidthStage final : public Stage {
public:
    explicit BandwidthStage(BandwidthLimit what) : what_(what) {}

    void take(Chunk chunk, Instant now) override;
    std::optional<Chunk> next(Instant now) override;
    Instant wakeAt() const override;
    void update(Disturbance const& what, Instant now) override;

private:
    double rate() const { return static_cast<double>(what_.perSecond.count()); } // bytes a second
    std::size_t piece() const;
    void earn(Instant now);

    BandwidthLimit what_;
    Instant earnedUntil_;
    double earned_ = 0; // bytes
};

} // namespace shakedown::proxy
