#pragma once

#include <array>
#include <cstdint>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// Successes and failures of a span in ten slices; a slice begins with the first result behind the
/// one before it and is forgotten when it began a whole span ago (Polly's RollingHealthMetrics).
class SlicedWindow {
public:
    /// A span below 200 ms is one slice (Polly's SingleHealthMetrics).
    explicit SlicedWindow(Duration span)
        : span_(span), slice_(span < Duration::milliseconds(200)
                                  ? span
                                  : Duration::nanoseconds(span.count() / slices)) {}

    struct Counts {
        int good = 0;
        int bad = 0;
        int total() const { return good + bad; }
        double failureRatio() const {
            return total() == 0 ? 0 : static_cast<double>(bad) / total();
        }
    };
    void record(SimTime now, bool isGood) {
        advance(now);
        auto& counts = ring_[(first_ + used_ - 1) % ring_.size()].counts;
        ++(isGood ? counts.good : counts.bad);
    }
    Counts counts(SimTime now) {
        advance(now);
        Counts sum;
        for (std::size_t i = 0; i < used_; ++i) {
            sum.good += ring_[(first_ + i) % ring_.size()].counts.good;
            sum.bad += ring_[(first_ + i) % ring_.size()].counts.bad;
        }
        return sum;
    }
    void clear() { used_ = 0; }

private:
    static constexpr std::int64_t slices = 10;
    struct Slice {
        SimTime began;
        Counts counts;
    };

    void advance(SimTime now) {
        bool const isOver =
            used_ == 0 || now - ring_[(first_ + used_ - 1) % ring_.size()].began >= slice_;
        if (isOver) {
            if (used_ == ring_.size())
                drop();
            ring_[(first_ + used_) % ring_.size()] = {now, {}};
            ++used_;
        }
        while (used_ > 0 && now - ring_[first_].began >= span_)
            drop();
    }
    void drop() {
        first_ = (first_ + 1) % ring_.size();
        --used_;
    }

    Duration span_;
    Duration slice_;
    std::array<Slice, slices + 2> ring_{};
    std::size_t first_ = 0;
    std::size_t used_ = 0;
};

} // namespace shakedown::resilience
