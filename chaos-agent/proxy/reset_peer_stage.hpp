#pragma once

#include "chaos-agent/proxy/stage.hpp"

namespace shakedown::proxy {

/// Bytes are dropped, and `timeout` after the disturbance began, or was last updated, the
/// connection is reset.
class ResetPeerStage final : public Stage {
public:
    ResetPeerStage(ResetPeer what, Instant now) : what_(what), since_(now) {}

    void take(Chunk chunk, Instant now) override;
    std::optional<Chunk> next(Instant now) override;
    Instant wakeAt() const override { return later(since_, what_.timeout); }
    Fate fate(Instant now) const override { return now >= wakeAt() ? Fate::Reset : Fate::Flow; }
    Fate fateWhenRemoved() const override { return lost_ ? Fate::Reset : Fate::Flow; }
    void update(Disturbance const& what, Instant now) override;

private:
    ResetPeer what_;
    Instant since_;
    bool lost_ = false;
};

} // namespace shakedown::proxy
