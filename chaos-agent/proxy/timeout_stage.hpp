#pragma once

#include "chaos-agent/proxy/stage.hpp"

namespace shakedown::proxy {

/// Bytes are dropped. The connection is closed `timeout` after the disturbance began, or was last
/// updated; at 0 never. A connection that lost bytes is closed when the disturbance goes.
class TimeoutStage final : public Stage {
public:
    TimeoutStage(Timeout what, Instant now) : what_(what), since_(now) {}

    void take(Chunk chunk, Instant now) override;
    std::optional<Chunk> next(Instant now) override;
    Instant wakeAt() const override;
    Fate fate(Instant now) const override;
    Fate fateWhenRemoved() const override { return lost_ ? Fate::Close : Fate::Flow; }
    void update(Disturbance const& what, Instant now) override;

private:
    Timeout what_;
    Instant since_;
    bool lost_ = false;
};

} // namespace shakedown::proxy
