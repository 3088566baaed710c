#pragma once

#include "chaos-agent/proxy/stage.hpp"

namespace shakedown::proxy {

/// Passes exactly `bytes` bytes, counted since the disturbance began, then closes the connection;
/// at 0 the first byte closes it.
class LimitDataStage final : public Stage {
public:
    explicit LimitDataStage(LimitData what) : what_(what) {}

    void take(Chunk chunk, Instant now) override;
    std::optional<Chunk> next(Instant now) override;
    Fate fate(Instant now) const override;
    void update(Disturbance const& what, Instant now) override;

private:
    LimitData what_;
    std::int64_t passed_ = 0;
    bool touched_ = false;
};

} // namespace shakedown::proxy
