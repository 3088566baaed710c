#include "sim/resilience/outlier_detector.hpp"

#include <cmath>

namespace shakedown::resilience {

namespace {

int percentOf(Ratio ratio) {
    return static_cast<int>(std::lround(ratio.value() * 100));
}

std::variant<EnvoyOutliers, A50Outliers, UpstreamHosts> machineOf(OutlierSettings const& settings) {
    if (auto const* const upstream = std::get_if<UpstreamHostSettings>(&settings))
        return UpstreamHosts(*upstream);
    if (auto const* const a50 = std::get_if<A50OutlierSettings>(&settings))
        return A50Outliers(*a50);
    return EnvoyOutliers(std::get<EnvoyOutlierSettings>(settings));
}

A50OutlierSettings a50Of(model::OutlierDetection const& p) {
    A50OutlierSettings s;
    s.interval = p.interval.value_or(s.interval);
    s.baseEjectionTime = p.ejectFor.value_or(s.baseEjectionTime);
    s.maxEjectionPercent = p.maxEjected ? percentOf(*p.maxEjected) : s.maxEjectionPercent;
    s.successRate.emplace();
    if (p.failureRate) {
        s.failurePercentage.emplace();
        s.failurePercentage->threshold = percentOf(*p.failureRate);
    }
    if (p.minimumCalls) {
        s.successRate->requestVolume = *p.minimumCalls;
        if (s.failurePercentage)
            s.failurePercentage->requestVolume = *p.minimumCalls;
    }
    return s;
}

UpstreamHostSettings nginxOf(model::OutlierDetection const& p, UpstreamFailures counted) {
    UpstreamHostSettings s;
    s.maxFails = p.consecutive.value_or(s.maxFails);
    s.failTimeout = p.ejectFor.value_or(s.failTimeout);
    s.counted = counted;
    return s;
}

bool hasFailed(HostResult result, UpstreamFailures counted) {
    switch (result) {
    case HostResult::Timeout:
    case HostResult::ConnectFailed:
        return true;
    case HostResult::ServerError:
        return counted.errors;
    case HostResult::GatewayError:
        return counted.rejections;
    case HostResult::Success:
    case HostResult::Ignored:
        break;
    }
    return false;
}

} // namespace

OutlierDetector::OutlierDetector(OutlierSettings const& settings) : machine_(machineOf(settings)) {}

void OutlierDetector::addHost(std::uint32_t host) {
    std::visit([&](auto& m) { m.addHost(host); }, machine_);
}

void OutlierDetector::onResult(SimTime now, std::uint32_t host, HostResult result) {
    if (result == HostResult::Ignored)
        return;
    if (auto* const a50 = std::get_if<A50Outliers>(&machine_))
        return a50->onCall(host, result == HostResult::Success);
    if (auto* const upstream = std::get_if<UpstreamHosts>(&machine_))
        return upstream->onEnd(now, host, hasFailed(result, upstream->settings().counted));
    auto& envoy = std::get<EnvoyOutliers>(machine_);
    switch (result) {
    case HostResult::Success:
        return envoy.onResponse(now, host, 200, 0);
    case HostResult::ServerError:
        return envoy.onResponse(now, host, 500, 0);
    case HostResult::GatewayError:
        return envoy.onResponse(now, host, 503, 0);
    case HostResult::Timeout:
        return envoy.onResult(now, host, OriginResult::LocalTimeout, std::nullopt, 0);
    case HostResult::ConnectFailed:
        return envoy.onResult(now, host, OriginResult::LocalConnectFailure, std::nullopt, 0);
    case HostResult::Ignored:
        return;
    }
}

void OutlierDetector::sweep(SimTime now) {
    if (auto* const a50 = std::get_if<A50Outliers>(&machine_))
        a50->sweep(now, 0);
    if (auto* const envoy = std::get_if<EnvoyOutliers>(&machine_))
        envoy->sweep(now, 0);
}

OutlierSettings outlierSettingsOf(model::OutlierDetection const& p, UpstreamFailures counted) {
    if (p.dialect == model::Dialect::Nginx)
        return nginxOf(p, counted);
    if (p.dialect == model::Dialect::Grpc)
        return a50Of(p);
    EnvoyOutlierSettings s;
    s.consecutive5xx = p.consecutive.value_or(s.consecutive5xx);
    s.interval = p.interval.value_or(s.interval);
    s.baseEjectionTime = p.ejectFor.value_or(s.baseEjectionTime);
    s.maxEjectionPercent = p.maxEjected ? percentOf(*p.maxEjected) : s.maxEjectionPercent;
    if (p.failureRate) {
        s.failurePercentageThreshold = percentOf(*p.failureRate);
        s.enforcingFailurePercentage = 100;
    }
    if (p.minimumCalls) {
        s.successRateRequestVolume = *p.minimumCalls;
        s.failurePercentageRequestVolume = *p.minimumCalls;
    }
    return s;
}

} // namespace shakedown::resilience
