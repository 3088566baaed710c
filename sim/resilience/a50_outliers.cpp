#include "sim/resilience/a50_outliers.hpp"

#include <algorithm>
#include <utility>

#include "sim/resilience/envoy_outliers.hpp"

namespace shakedown::resilience {

void A50Outliers::addHost(std::uint32_t host) {
    if (hosts_.size() <= host)
        hosts_.resize(host + 1);
    hosts_[host].isThere = true;
}

void A50Outliers::removeHost(std::uint32_t host) {
    if (host < hosts_.size())
        hosts_[host] = {};
}

void A50Outliers::onCall(std::uint32_t host, bool isGood) {
    addHost(host);
    ++(isGood ? hosts_[host].good : hosts_[host].bad);
}

int A50Outliers::active() const {
    return static_cast<int>(
        std::count_if(hosts_.begin(), hosts_.end(), [](Host const& h) { return h.isEjected; }));
}

bool A50Outliers::isFull() const {
    auto const there =
        std::count_if(hosts_.begin(), hosts_.end(), [](Host const& h) { return h.isThere; });
    return there == 0
           || 100.0 * active() / static_cast<double>(there) >= settings_.maxEjectionPercent;
}

int A50Outliers::withVolume(int volume) const {
    return static_cast<int>(std::count_if(hosts_.begin(), hosts_.end(), [&](Host const& h) {
        return h.isThere && h.volume() >= volume;
    }));
}

void A50Outliers::eject(Host& host, SimTime now) {
    host.isEjected = true;
    host.ejectedAt = now;
    ++host.multiplier;
}

void A50Outliers::sweep(SimTime now, std::uint64_t random) {
    for (auto& host : hosts_) {
        host.lastGood = std::exchange(host.good, 0);
        host.lastBad = std::exchange(host.bad, 0);
    }
    if (settings_.successRate)
        judgeRates(now, random);
    if (settings_.failurePercentage)
        judgeFailures(now, random);
    Duration const longest = std::max(settings_.baseEjectionTime, settings_.maxEjectionTime);
    for (auto& host : hosts_) {
        if (!host.isEjected) {
            host.multiplier = std::max(0, host.multiplier - 1);
            continue;
        }
        Duration const out = std::min(
            settings_.baseEjectionTime * static_cast<std::int64_t>(host.multiplier), longest);
        if (now - host.ejectedAt > out)
            host.isEjected = false;
    }
}

void A50Outliers::judgeRates(SimTime now, std::uint64_t random) {
    auto const& s = *settings_.successRate;
    int const eligible = withVolume(s.requestVolume);
    if (eligible == 0 || eligible < s.minimumHosts)
        return;
    auto const rateOf = [](Host const& h) { return static_cast<double>(h.lastGood) / h.volume(); };
    rates_.clear();
    for (auto const& host : hosts_)
        if (host.isThere && host.volume() >= s.requestVolume)
            rates_.push_back(rateOf(host));
    double const bound = successRateBoundOf(rates_, s.stdevFactor / 1000.0).bound;
    for (auto& host : hosts_) {
        if (!host.isThere || host.volume() < s.requestVolume)
            continue;
        if (isFull())
            return;
        if (rateOf(host) < bound && static_cast<int>(random % 100) < s.enforcementPercentage)
            eject(host, now);
    }
}

void A50Outliers::judgeFailures(SimTime now, std::uint64_t random) {
    auto const& s = *settings_.failurePercentage;
    int const eligible = withVolume(s.requestVolume);
    if (eligible == 0 || eligible < s.minimumHosts)
        return;
    for (auto& host : hosts_) {
        if (!host.isThere || host.volume() < s.requestVolume)
            continue;
        if (isFull())
            return;
        double const failed = 100.0 * host.lastBad / host.volume();
        if (failed > s.threshold && static_cast<int>(random % 100) < s.enforcementPercentage)
            eject(host, now);
    }
}

} // namespace shakedown::resilience
