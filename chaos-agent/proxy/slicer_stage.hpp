#pragma once

#include "chaos-agent/proxy/stage.hpp"

namespace shakedown::proxy {

/// Cuts chunks into pieces that are written one by one; the last piece of a chunk may be shorter.
class SlicerStage final : public Stage {
public:
    SlicerStage(Slicer what, Luck luck) : what_(what), luck_(luck) {}

    std::optional<Chunk> next(Instant now) override;
    Instant wakeAt() const override { return empty() ? never : readyAt_; }
    void update(Disturbance const& what, Instant now) override;

private:
    std::size_t drawSize();

    Slicer what_;
    Luck luck_;
    std::uint64_t cuts_ = 0;
    Instant readyAt_{};
};

} // namespace shakedown::proxy
