#pragma once

#include "chaos-agent/proxy/stage.hpp"

namespace shakedown::proxy {

/// Each chunk waits `latency` plus its own share, uniform in [-1, 1], of `jitter`; later chunks
/// wait for earlier ones. What is waiting follows an update.
class LatencyStage final : public Stage {
public:
    LatencyStage(Latency what, Luck luck) : what_(what), luck_(luck) {}

    void take(Chunk chunk, Instant now) override;
    std::optional<Chunk> next(Instant now) override;
    Instant wakeAt() const override;
    void update(Disturbance const& what, Instant now) override;

private:
    struct Arrival {
        Instant at;
        double share;
    };
    Instant readyAt() const;

    Latency what_;
    Luck luck_;
    std::uint64_t taken_ = 0;
    std::deque<Arrival> arrivals_;
};

} // namespace shakedown::proxy
