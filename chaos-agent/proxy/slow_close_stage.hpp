#pragma once

#include "chaos-agent/proxy/stage.hpp"

namespace shakedown::proxy {

/// Bytes pass; the end of the stream waits `delay`.
class SlowCloseStage final : public Stage {
public:
    explicit SlowCloseStage(SlowClose what) : what_(what) {}

    std::optional<Chunk> next(Instant now) override;
    Instant endAt(Instant arrival) const override { return later(arrival, what_.delay); }
    void update(Disturbance const& what, Instant now) override;

private:
    SlowClose what_;
};

} // namespace shakedown::proxy
