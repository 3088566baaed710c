#include "reports/verdict/steadiness.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace shakedown::verdict {

namespace {

constexpr std::int64_t oneSecond = 1'000'000'000;
constexpr Duration baselineLength = Duration::seconds(30);
constexpr double enoughGoodput = 0.95;
constexpr double tolerableSlowness = 1.5;
constexpr int steadyStretch = 10;
constexpr int painfulStretch = 3;

std::size_t floorSecond(SimTime t) {
    return t.count() <= 0 ? 0 : static_cast<std::size_t>(t.count() / oneSecond);
}
std::size_t ceilSecond(SimTime t) {
    std::size_t const below = floorSecond(t);
    return t.count() > 0 && t.count() % oneSecond != 0 ? below + 1 : below;
}

// The p99 of a stretch from those of its seconds. A second of n values tells that w = n -
// ceil(.99 n) + 1 of them reach its p99; the stretch of N values has N - ceil(.99 N) + 1 values at
// or above its own. So: the p99 of that second at which the largest ones add up to that many.
Duration p99Of(std::vector<std::pair<Duration, std::uint64_t>> seconds) {
    auto const above = [](std::uint64_t n) {
        return n - static_cast<std::uint64_t>(std::ceil(0.99 * static_cast<double>(n))) + 1;
    };
    std::uint64_t all = 0;
    for (auto const& [p99, n] : seconds) {
        all += n;
    }
    std::sort(seconds.begin(), seconds.end(), std::greater<>());
    std::uint64_t seen = 0;
    for (auto const& [p99, n] : seconds) {
        seen += above(n);
        if (seen >= above(all)) {
            return p99;
        }
    }
    return seconds.empty() ? Duration() : seconds.back().first;
}

} // namespace

std::optional<Baseline> baselineBefore(Seconds const& seconds, SimTime warmupEnd, SimTime fault) {
    std::size_t const first = ceilSecond(std::max(warmupEnd, fault - baselineLength));
    std::size_t const last = std::min(floorSecond(fault), seconds.size());
    if (first >= last) {
        return std::nullopt;
    }
    double offered = 0;
    double good = 0;
    std::vector<std::pair<Duration, std::uint64_t>> tails;
    for (std::size_t s = first; s < last; ++s) {
        offered += seconds[s].offered;
        good += seconds[s].good;
        if (seconds[s].good > 0) {
            tails.emplace_back(seconds[s].p99, seconds[s].good);
        }
    }
    if (good == 0) {
        return std::nullopt;
    }
    auto const length = static_cast<double>(last - first);
    return Baseline{offered / length, good / length, p99Of(std::move(tails))};
}

bool isSteady(Baseline const& baseline, measure::SecondTally const& second) {
    bool const quick = second.good == 0
                       || static_cast<double>(second.p99.count())
                              <= tolerableSlowness * static_cast<double>(baseline.p99.count());
    if (!quick) {
        return false;
    }
    if (second.good >= enoughGoodput * baseline.good) {
        return true;
    }
    bool const lull = second.offered < baseline.offered
                      && second.offered >= baseline.offered - 3 * std::sqrt(baseline.offered);
    double const usualShare = baseline.good / baseline.offered;
    return lull && second.good >= enoughGoodput * usualShare * second.offered;
}

std::optional<Duration> recoveryAfter(Seconds const& seconds, Baseline const& baseline, SimTime end,
                                      SimTime runEnd) {
    std::size_t const whole = std::min(seconds.size(), floorSecond(runEnd));
    int stretch = 0;
    for (std::size_t s = floorSecond(end); s < whole; ++s) {
        stretch = isSteady(baseline, seconds[s]) ? stretch + 1 : 0;
        if (stretch == steadyStretch) {
            auto const begin =
                SimTime::at(Duration::seconds(static_cast<std::int64_t>(s) + 1 - steadyStretch));
            return std::max(Duration(), begin - end);
        }
    }
    return std::nullopt;
}

bool leftSteadyState(Seconds const& seconds, Baseline const& baseline, SimTime from, SimTime to) {
    std::size_t const whole = std::min(seconds.size(), floorSecond(to));
    int stretch = 0;
    for (std::size_t s = floorSecond(from); s < whole; ++s) {
        stretch = isSteady(baseline, seconds[s]) ? 0 : stretch + 1;
        if (stretch == painfulStretch) {
            return true;
        }
    }
    return false;
}

} // namespace shakedown::verdict
