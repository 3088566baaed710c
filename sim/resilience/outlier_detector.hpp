#pragma once

#include <variant>

#include "scenarios/model/call_policy.hpp"
#include "sim/resilience/a50_outliers.hpp"
#include "sim/resilience/envoy_outliers.hpp"
#include "sim/resilience/upstream_hosts.hpp"

namespace shakedown::resilience {

using OutlierSettings =
    std::variant<EnvoyOutlierSettings, A50OutlierSettings, UpstreamHostSettings>;

/// What a caller saw of one of its callee's replicas.
enum class HostResult : std::uint8_t {
    Success,
    ServerError,   // 500
    GatewayError,  // 503: refused or dropped by the callee
    Timeout,       // 504, of the caller's own
    ConnectFailed, // refused or reset
    Ignored        // nothing the replica did
};

/// One caller's view of which replicas fail more than others, in Envoy's way, gRPC's or nginx's.
class OutlierDetector {
public:
    explicit OutlierDetector(OutlierSettings const& settings);

    void addHost(std::uint32_t host);
    void onResult(SimTime now, std::uint32_t host, HostResult result);
    void sweep(SimTime now);
    /// An attempt goes to this host; nginx's first one after a time out is its trial.
    void onPick(SimTime now, std::uint32_t host) {
        if (auto* const upstream = std::get_if<UpstreamHosts>(&machine_))
            upstream->onPick(now, host);
    }
    bool isEjected(SimTime now, std::uint32_t host) const {
        if (auto const* const upstream = std::get_if<UpstreamHosts>(&machine_))
            return upstream->isOut(now, host);
        auto const* const a50 = std::get_if<A50Outliers>(&machine_);
        return a50 != nullptr ? a50->isEjected(host)
                              : std::get<EnvoyOutliers>(machine_).isEjected(host);
    }
    Duration interval() const {
        return std::visit([](auto const& m) { return m.settings().interval; }, machine_);
    }

private:
    std::variant<EnvoyOutliers, A50Outliers, UpstreamHosts> machine_;
};

/// The scenario's keys in Envoy's terms (with the dialect grpc in A50's, where a failure rate is
/// the failure percentage and consecutive failures mean nothing; with nginx in its own, where
/// `counted` says what besides timeouts and connections proxy_next_upstream lists). A failure rate
/// switches the failure percentage on; minimum_calls is the volume of both rates.
OutlierSettings outlierSettingsOf(model::OutlierDetection const& policy,
                                  UpstreamFailures counted = {});

} // namespace shakedown::resilience
