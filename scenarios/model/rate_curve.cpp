#include "scenarios/model/rate_curve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/chance/elementary.hpp"
#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::model {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double turn = 6.28318530717958647693;

double sineAt(RateSine const& s, double t) {
    double const turns = t / s.period.inSeconds();
    double const wave = chance::sineOfTurn(turns - std::floor(turns));
    return std::max(0.0, s.mean.perSecond() + s.amplitude.perSecond() * wave);
}

// Exact while the amplitude does not exceed the mean, which checking asks for.
double sineIntegral(RateSine const& s, double t) {
    double const turns = t / s.period.inSeconds();
    double const wave = 1 - chance::cosineOfTurn(turns - std::floor(turns));
    return s.mean.perSecond() * t + s.amplitude.perSecond() * s.period.inSeconds() / turn * wave;
}

double stepIntegral(RateSteps const& s, double t) {
    double sum = 0;
    for (std::size_t i = 0; i < s.steps.size(); ++i) {
        double const from = s.steps[i].at.inSeconds();
        double const to = i + 1 < s.steps.size() ? s.steps[i + 1].at.inSeconds() : infinity;
        if (t > from)
            sum += (std::min(t, to) - from) * s.steps[i].rate.perSecond();
    }
    return sum;
}

double rampAt(RateRamp const& r, double t) {
    double const over = r.over.inSeconds();
    double const share = over <= 0 ? 1 : std::clamp(t / over, 0.0, 1.0);
    return r.from.perSecond() + (r.to.perSecond() - r.from.perSecond()) * share;
}

double rampIntegral(RateRamp const& r, double t) {
    double const inside = std::min(t, r.over.inSeconds());
    return inside * (r.from.perSecond() + rampAt(r, inside)) / 2 + (t - inside) * r.to.perSecond();
}

} // namespace

double RateCurve::at(double t) const {
    double const plain =
        std::visit(Overloaded{[](ConstantRate const& c) { return c.rate.perSecond(); },
                              [&](RateSteps const& s) {
                                  double rate = 0;
                                  for (auto const& step : s.steps)
                                      if (step.at.inSeconds() <= t)
                                          rate = step.rate.perSecond();
                                  return rate;
                              },
                              [&](RateRamp const& r) { return rampAt(r, t); },
                              [&](RateSine const& s) { return sineAt(s, t); },
                              [](RateTrace const&) { return 0.0; }},
                   *shape_);
    return plain * factor_ + extra_;
}

double RateCurve::plainIntegral(double t) const {
    return std::visit(Overloaded{[&](ConstantRate const& c) { return c.rate.perSecond() * t; },
                                 [&](RateSteps const& s) { return stepIntegral(s, t); },
                                 [&](RateRamp const& r) { return rampIntegral(r, t); },
                                 [&](RateSine const& s) { return sineIntegral(s, t); },
                                 [](RateTrace const&) { return 0.0; }},
                      *shape_);
}

double RateCurve::between(double from, double to) const {
    if (to <= from)
        return 0;
    return (plainIntegral(to) - plainIntegral(from)) * factor_ + extra_ * (to - from);
}

double RateCurve::nextBreak(double t) const {
    return std::visit(Overloaded{[](ConstantRate const&) { return infinity; },
                                 [&](RateSteps const& s) {
                                     for (auto const& step : s.steps)
                                         if (step.at.inSeconds() > t)
                                             return step.at.inSeconds();
                                     return infinity;
                                 },
                                 [&](RateRamp const& r) {
                                     return t < r.over.inSeconds() ? r.over.inSeconds() : infinity;
                                 },
                                 [&](RateSine const& s) { return t + s.period.inSeconds() / 8; },
                                 [](RateTrace const&) { return infinity; }},
                      *shape_);
}

double RateCurve::searched(double from, double amount) const {
    // Piece by piece, then bisection inside the piece in which the amount is reached.
    double start = from;
    double left = amount;
    constexpr int mostPieces = 100'000;
    for (int piece = 0; piece < mostPieces; ++piece) {
        double const end = nextBreak(start);
        double const inPiece = end == infinity ? infinity : between(start, end);
        if (end == infinity && at(start) <= 0)
            return infinity;
        if (inPiece >= left) {
            double low = start;
            double high = end == infinity ? start + left / at(start) : end;
            for (int i = 0; i < 64 && high - low > 1e-10; ++i) {
                double const middle = (low + high) / 2;
                (between(start, middle) < left ? low : high) = middle;
            }
            return high;
        }
        left -= inPiece;
        start = end;
    }
    return infinity;
}

} // namespace shakedown::model
