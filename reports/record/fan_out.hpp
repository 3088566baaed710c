#pragma once

#include <utility>
#include <vector>

#include "reports/record/moments.hpp"

namespace shakedown::record {

/// Hands every moment to several sinks, in their order; they must outlive it.
class FanOut final : public MomentSink {
public:
    explicit FanOut(std::vector<MomentSink*> sinks) : sinks_(std::move(sinks)) {}
    void begin(Header const& header) override {
        for (auto* sink : sinks_)
            sink->begin(header);
    }
    void take(Moment const& moment) override {
        for (auto* sink : sinks_)
            sink->take(moment);
    }

private:
    std::vector<MomentSink*> sinks_;
};

} // namespace shakedown::record
