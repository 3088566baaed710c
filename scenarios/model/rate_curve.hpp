#pragma once

#include <limits>
#include <variant>

#include "scenarios/model/load.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::model {

/// The rate of an open load over time since the load's start, times `factor` plus `extra` (surges).
/// Arrivals are made by walking along its integral (time rescaling), so a change of rate moves
/// the arrivals still to come and never draws again.
class RateCurve {
public:
    explicit RateCurve(RateShape const& shape) : shape_(&shape) {}
    void setSurge(double factor, double extraPerSecond) {
        factor_ = factor;
        extra_ = extraPerSecond;
    }

    /// Requests a second at `t` seconds.
    double at(double t) const;
    /// Expected arrivals between two instants (seconds, from <= to).
    double between(double from, double to) const;
    /// The instant at which `amount` expected arrivals have come since `from`; infinite if never.
    double whenReached(double from, double amount) const {
        if (auto const* c = std::get_if<ConstantRate>(shape_)) [[likely]] {
            double const rate = c->rate.perSecond() * factor_ + extra_;
            return rate > 0 ? from + amount / rate : std::numeric_limits<double>::infinity();
        }
        return searched(from, amount);
    }

private:
    double searched(double from, double amount) const; // as whenReached, for any shape
    double plainIntegral(double t) const;              // from 0
    double nextBreak(double t) const;                  // where the shape changes its form, after t

    RateShape const* shape_;
    double factor_ = 1;
    double extra_ = 0;
};

} // namespace shakedown::model
