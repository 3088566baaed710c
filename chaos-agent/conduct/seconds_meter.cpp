#include "chaos-agent/conduct/seconds_meter.hpp"

#include <algorithm>
#include <cmath>

namespace shakedown::conduct {

namespace {

Duration p99Of(std::vector<float> latencies) {
    if (latencies.empty())
        return {};
    auto const rank =
        static_cast<std::ptrdiff_t>(std::ceil(0.99 * static_cast<double>(latencies.size())) - 1);
    std::nth_element(latencies.begin(), latencies.begin() + rank, latencies.end());
    return Duration::fromSeconds(static_cast<double>(latencies[static_cast<std::size_t>(rank)]));
}

} // namespace

SecondsMeter::Second& SecondsMeter::at(SimTime time) {
    auto const second =
        static_cast<std::size_t>(std::max<std::int64_t>(0, time.count()) / 1'000'000'000);
    if (second >= seconds_.size())
        seconds_.resize(second + 1);
    return seconds_[second];
}

void SecondsMeter::offered(SimTime intended) {
    ++at(intended).offered;
}

void SecondsMeter::ended(SimTime intended, measure::Outcome outcome, Duration took, bool inTime) {
    if (outcome != measure::Outcome::Ok && outcome != measure::Outcome::Degraded)
        return;
    Second& second = at(intended);
    second.good += inTime ? 1 : 0;
    second.latencies.push_back(static_cast<float>(took.inSeconds()));
}

std::vector<measure::SecondTally> SecondsMeter::tallies() const {
    std::vector<measure::SecondTally> tallies;
    tallies.reserve(seconds_.size());
    for (auto const& second : seconds_)
        tallies.push_back({second.offered, second.good, p99Of(second.latencies)});
    return tallies;
}

} // namespace shakedown::conduct
