#pragma once

#include <cstdint>
#include <optional>

#include "scenarios/chance/stream.hpp"
#include "scenarios/model/load.hpp"
#include "scenarios/model/rate_curve.hpp"

namespace shakedown::conduct {

/// When the requests of an open load come: at the very instants that a simulation with this seed
/// draws for it. Nobody waits for answers.
class Arrivals {
public:
    /// The load's own rate, or `rate` instead of it.
    Arrivals(model::Load const& load, std::optional<Rate> rate, std::uint64_t seed);
    Arrivals(Arrivals const&) = delete;
    Arrivals& operator=(Arrivals const&) = delete;

    /// When the next ones come; never, if none do any more.
    SimTime next() const { return next_; }
    /// How many come at once.
    int together() const { return together_; }
    /// They have come: on to the next ones.
    void pass();
    /// From `now` on the rate is so many times its own, plus so many a second.
    void surge(SimTime now, double factor, double morePerSecond);

private:
    double gap();
    void plan(SimTime notBefore);

    model::RateShape shape_;
    model::RateCurve curve_;
    model::Arrivals law_;
    int together_;
    SimTime from_;
    SimTime until_;
    chance::Stream stream_;
    std::uint64_t base_;
    std::uint64_t drawn_ = 0;
    double since_ = 0; // seconds since the load's start, of the exposure below
    double left_ = 0;  // expected arrivals until the next
    SimTime next_ = SimTime::never();
};

} // namespace shakedown::conduct
