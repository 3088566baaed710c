#include "sim/resilience/envoy_outliers.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace shakedown::resilience {

namespace {

bool isGatewayFailure(int code) {
    return code >= 502 && code <= 504;
}

// Without a split a local event counts as the answer it stands for; a bare connection as none.
std::optional<int> codeOf(OriginResult result) {
    switch (result) {
    case OriginResult::ExternalSuccess:
    case OriginResult::LocalConnectSuccessFinal:
        return 200;
    case OriginResult::ExternalFailure:
        return 500;
    case OriginResult::LocalConnectFailure:
        return 503;
    case OriginResult::LocalTimeout:
        return 504;
    case OriginResult::LocalConnectSuccess:
        break;
    }
    return std::nullopt;
}

} // namespace

SuccessRateBound successRateBoundOf(std::span<double const> rates, double factor) {
    if (rates.empty())
        return {};
    auto const n = static_cast<double>(rates.size());
    double mean = 0;
    for (double const r : rates)
        mean += r / n;
    double variance = 0;
    for (double const r : rates)
        variance += (r - mean) * (r - mean) / n;
    return {mean, mean - factor * std::sqrt(variance)};
}

void EnvoyOutliers::addHost(std::uint32_t host) {
    if (hosts_.size() <= host)
        hosts_.resize(host + 1);
    if (!hosts_[host].isThere)
        ++there_;
    hosts_[host].isThere = true;
}

void EnvoyOutliers::removeHost(std::uint32_t host) {
    if (host >= hosts_.size() || !hosts_[host].isThere)
        return;
    active_ -= hosts_[host].isEjected ? 1 : 0;
    hosts_[host] = {};
    --there_;
}

void EnvoyOutliers::onResponse(SimTime now, std::uint32_t number, int code, std::uint64_t random) {
    addHost(number);
    Host& host = hosts_[number];
    ++host.external.total;
    if (code < 500 || code > 599) {
        ++host.external.good;
        host.run5xx = host.runGateway = 0;
        return;
    }
    if (!isGatewayFailure(code))
        host.runGateway = 0;
    else if (++host.runGateway == settings_.consecutiveGatewayFailure)
        consecutive(now, number, OutlierKind::ConsecutiveGatewayFailure, random);
    if (++host.run5xx == settings_.consecutive5xx)
        consecutive(now, number, OutlierKind::Consecutive5xx, random);
}

void EnvoyOutliers::onResult(SimTime now, std::uint32_t host, OriginResult result,
                             std::optional<int> code, std::uint64_t random) {
    addHost(host);
    if (!settings_.splitsLocalOrigin) {
        auto const mapped = code ? code : codeOf(result);
        if (mapped)
            onResponse(now, host, *mapped, random);
        return;
    }
    switch (result) {
    case OriginResult::ExternalSuccess:
        return onResponse(now, host, code.value_or(200), random);
    case OriginResult::ExternalFailure:
        return onResponse(now, host, code.value_or(500), random);
    case OriginResult::LocalConnectSuccess:
    case OriginResult::LocalConnectSuccessFinal:
        return localResult(now, host, true, random);
    case OriginResult::LocalConnectFailure:
    case OriginResult::LocalTimeout:
        return localResult(now, host, false, random);
    }
}

void EnvoyOutliers::localResult(SimTime now, std::uint32_t number, bool isGood,
                                std::uint64_t random) {
    Host& host = hosts_[number];
    ++host.local.total;
    host.local.good += isGood ? 1 : 0;
    if (isGood)
        host.runLocal = 0;
    else if (++host.runLocal == settings_.consecutiveLocalOriginFailure)
        consecutive(now, number, OutlierKind::ConsecutiveLocalOriginFailure, random);
}

// The run begins anew whether or not the host goes; what is out already is left alone.
void EnvoyOutliers::consecutive(SimTime now, std::uint32_t number, OutlierKind kind,
                                std::uint64_t random) {
    Host& host = hosts_[number];
    if (host.isEjected)
        return;
    ++counts_.detected[static_cast<std::size_t>(kind)];
    eject(now, number, kind, random);
    if (kind == OutlierKind::Consecutive5xx)
        host.run5xx = 0;
    else if (kind == OutlierKind::ConsecutiveGatewayFailure)
        host.runGateway = 0;
    else
        host.runLocal = 0;
}

int EnvoyOutliers::enforcing(OutlierKind kind) const {
    switch (kind) {
    case OutlierKind::Consecutive5xx:
        return settings_.enforcingConsecutive5xx;
    case OutlierKind::ConsecutiveGatewayFailure:
        return settings_.enforcingConsecutiveGatewayFailure;
    case OutlierKind::ConsecutiveLocalOriginFailure:
        return settings_.enforcingConsecutiveLocalOriginFailure;
    case OutlierKind::SuccessRate:
        return settings_.enforcingSuccessRate;
    case OutlierKind::LocalOriginSuccessRate:
        return settings_.enforcingLocalOriginSuccessRate;
    case OutlierKind::FailurePercentage:
        return settings_.enforcingFailurePercentage;
    case OutlierKind::LocalOriginFailurePercentage:
        return settings_.enforcingLocalOriginFailurePercentage;
    }
    return 0;
}

Duration EnvoyOutliers::longestEjection() const {
    return settings_.maxEjectionTime.value_or(
        std::max(Duration::seconds(300), settings_.baseEjectionTime));
}

// The limit counts the candidate: with 10 % nobody goes from fewer than ten hosts.
void EnvoyOutliers::eject(SimTime now, std::uint32_t number, OutlierKind kind,
                          std::uint64_t random) {
    double const share = 100.0 * (active_ + 1) / std::max(1, there_);
    bool const isAllowed = share <= std::min(100, settings_.maxEjectionPercent)
                           || (settings_.alwaysEjectsOneHost && active_ == 0);
    if (!isAllowed) {
        ++counts_.overflow;
        return;
    }
    if (static_cast<int>(random % 100) >= enforcing(kind) && enforcing(kind) < 100)
        return;
    Host& host = hosts_[number];
    ++active_;
    ++counts_.enforced[static_cast<std::size_t>(kind)];
    ++counts_.enforcedTotal;
    host.isEjected = true;
    host.ejectedAt = now;
    Duration const base = settings_.baseEjectionTime;
    if (base * static_cast<std::int64_t>(host.multiplier) < longestEjection() + base)
        ++host.multiplier;
    auto const most = static_cast<std::uint64_t>(settings_.maxJitter.count() / 1'000'000);
    host.jitter = Duration::milliseconds(static_cast<std::int64_t>(random % (most + 1)));
}

void EnvoyOutliers::uneject(SimTime now, Host& host) {
    host.isEjected = false;
    host.returnedAt = now;
    host.run5xx = host.runGateway = host.runLocal = 0;
    --active_;
}

void EnvoyOutliers::onHealthCheckOk(SimTime now, std::uint32_t host) {
    if (settings_.healthCheckUnejects && isEjected(host))
        uneject(now, hosts_[host]);
}

void EnvoyOutliers::sweep(SimTime now, std::uint64_t random) {
    for (auto& host : hosts_) {
        if (!host.isThere)
            continue;
        Duration const out =
            std::min(settings_.baseEjectionTime * static_cast<std::int64_t>(host.multiplier),
                     longestEjection())
            + host.jitter;
        if (host.isEjected && out <= now - host.ejectedAt)
            uneject(now, host);
        host.lastExternal = std::exchange(host.external, {});
        host.lastLocal = std::exchange(host.local, {});
        host.successRate = -1;
    }
    sweepRates(now, false, random);
    if (settings_.splitsLocalOrigin)
        sweepRates(now, true, random);
    for (auto& host : hosts_) {
        bool const isWell = host.isThere && !host.isEjected && host.returnedAt
                            && now - *host.returnedAt >= settings_.interval;
        if (isWell && host.multiplier > 0)
            --host.multiplier;
    }
}

void EnvoyOutliers::sweepRates(SimTime now, bool isLocal, std::uint64_t random) {
    bound_ = isLocal ? bound_ : SuccessRateBound{};
    bool const areTooFew = there_ < settings_.successRateMinimumHosts
                           && there_ < settings_.failurePercentageMinimumHosts;
    if (areTooFew)
        return;
    rated_.clear();
    failing_.clear();
    for (std::uint32_t i = 0; i < hosts_.size(); ++i) {
        Host& host = hosts_[i];
        Bucket const& last = isLocal ? host.lastLocal : host.lastExternal;
        if (!host.isThere || host.isEjected || last.total == 0)
            continue;
        double const rate = 100.0 * last.good / last.total;
        int const fewest =
            std::min(settings_.successRateRequestVolume, settings_.failurePercentageRequestVolume);
        if (last.total >= fewest && !isLocal)
            host.successRate = rate;
        if (last.total >= settings_.successRateRequestVolume)
            rated_.push_back({i, rate});
        if (last.total >= settings_.failurePercentageRequestVolume)
            failing_.push_back({i, rate});
    }
    judgeRates(now, isLocal ? OutlierKind::LocalOriginSuccessRate : OutlierKind::SuccessRate,
               random);
    judgeFailures(
        now, isLocal ? OutlierKind::LocalOriginFailurePercentage : OutlierKind::FailurePercentage,
        random);
}

void EnvoyOutliers::judgeRates(SimTime now, OutlierKind kind, std::uint64_t random) {
    bool const areEnough =
        !rated_.empty() && static_cast<int>(rated_.size()) >= settings_.successRateMinimumHosts;
    if (!areEnough)
        return;
    rates_.clear();
    for (auto const& one : rated_)
        rates_.push_back(one.rate);
    auto const found = successRateBoundOf(rates_, settings_.successRateStdevFactor / 1000.0);
    if (kind == OutlierKind::SuccessRate)
        bound_ = found;
    for (auto const& one : rated_) {
        if (one.rate >= found.bound)
            continue;
        ++counts_.detected[static_cast<std::size_t>(kind)];
        eject(now, one.host, kind, random);
    }
}

void EnvoyOutliers::judgeFailures(SimTime now, OutlierKind kind, std::uint64_t random) {
    bool const areEnough =
        !failing_.empty()
        && static_cast<int>(failing_.size()) >= settings_.failurePercentageMinimumHosts;
    if (!areEnough)
        return;
    for (auto const& one : failing_) {
        bool const isOver = 100.0 - one.rate >= settings_.failurePercentageThreshold;
        if (!isOver || hosts_[one.host].isEjected)
            continue;
        ++counts_.detected[static_cast<std::size_t>(kind)];
        eject(now, one.host, kind, random);
    }
}

} // namespace shakedown::resilience
