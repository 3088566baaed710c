#include "chaos-agent/conduct/arrivals.hpp"

#include <algorithm>

#include "scenarios/chance/elementary.hpp"
#include "scenarios/vocabulary/require.hpp"

namespace shakedown::conduct {

Arrivals::Arrivals(model::Load const& load, std::optional<Rate> rate, std::uint64_t seed)
    : shape_(rate ? model::RateShape(model::ConstantRate{*rate})
                  : load.rate.value_or(model::RateShape(model::ConstantRate{}))),
      curve_(shape_), law_(load.arrivals),
      together_(load.arrivals == model::Arrivals::Bursts ? std::max(1, load.burst) : 1),
      from_(SimTime::at(load.from)), until_(from_ + load.lasts),
      stream_(seed, 0, load.name + "/arrivals"), base_(chance::hashName(load.name)) {
    left_ = gap();
    plan(SimTime());
}

// Expected arrivals until the next: the gap of the process at rate 1.
double Arrivals::gap() {
    double const requests = together_;
    std::uint64_t const n = drawn_++;
    return law_ == model::Arrivals::Constant
               ? requests
               : -requests * chance::logarithm(stream_.uniform(base_, n));
}

void Arrivals::plan(SimTime notBefore) {
    SimTime at = SimTime::never();
    if (auto const* trace = std::get_if<model::RateTrace>(&shape_)) {
        if (trace->arrivals && drawn_ - 1 < trace->arrivals->size())
            at = from_ + (*trace->arrivals)[drawn_ - 1];
    } else {
        at = from_ + Duration::fromSeconds(curve_.whenReached(since_, left_));
    }
    next_ = at >= until_ ? SimTime::never() : std::max(at, notBefore);
}

void Arrivals::pass() {
    require(next_ != SimTime::never(), "there was an arrival");
    since_ = (next_ - from_).inSeconds();
    left_ = gap();
    plan(next_);
}

void Arrivals::surge(SimTime now, double factor, double morePerSecond) {
    double const t = std::max(since_, (now - from_).inSeconds());
    left_ = std::max(0.0, left_ - curve_.between(since_, t));
    since_ = t;
    curve_.setSurge(factor, morePerSecond);
    plan(now);
}

} // namespace shakedown::conduct
