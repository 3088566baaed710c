#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// Settings of Envoy's outlier detection; defaults of outlier_detection.proto (v3). Enforcing
/// numbers are per cent: 0 never ejects, 100 always.
struct EnvoyOutlierSettings {
    int consecutive5xx = 5;
    int enforcingConsecutive5xx = 100;
    int consecutiveGatewayFailure = 5;
    int enforcingConsecutiveGatewayFailure = 0;
    bool splitsLocalOrigin = false;
    int consecutiveLocalOriginFailure = 5;
    int enforcingConsecutiveLocalOriginFailure = 100;
    Duration interval = Duration::seconds(10);
    Duration baseEjectionTime = Duration::seconds(30);
    std::optional<Duration> maxEjectionTime; // 300 s, or the base time if that is more
    Duration maxJitter;
    int maxEjectionPercent = 10;
    bool alwaysEjectsOneHost = false; // since 1.31; releases before always did
    int successRateMinimumHosts = 5;
    int successRateRequestVolume = 100;
    int successRateStdevFactor = 1900; // thousandths
    int enforcingSuccessRate = 100;
    int enforcingLocalOriginSuccessRate = 100;
    int failurePercentageThreshold = 85;
    int failurePercentageMinimumHosts = 5;
    int failurePercentageRequestVolume = 50;
    int enforcingFailurePercentage = 0;
    int enforcingLocalOriginFailurePercentage = 0;
    bool healthCheckUnejects = true;
    friend bool operator==(EnvoyOutlierSettings const&, EnvoyOutlierSettings const&) = default;
};

/// What found a host to be an outlier.
enum class OutlierKind : std::uint8_t {
    Consecutive5xx,
    ConsecutiveGatewayFailure,
    ConsecutiveLocalOriginFailure,
    SuccessRate,
    LocalOriginSuccessRate,
    FailurePercentage,
    LocalOriginFailurePercentage
};
inline constexpr std::size_t outlierKinds = 7;

/// What came of a request as Envoy tells outliers apart.
enum class OriginResult : std::uint8_t {
    ExternalSuccess,
    ExternalFailure,
    LocalConnectSuccess,      // the connection stands, the answer is still to come
    LocalConnectSuccessFinal, // and there will be none (TCP)
    LocalConnectFailure,
    LocalTimeout
};

/// Mean and the bound below which a success rate is an outlier: mean less the factor times the
/// standard deviation of the population.
struct SuccessRateBound {
    double mean = -1;
    double bound = -1;
};
SuccessRateBound successRateBoundOf(std::span<double const> rates, double factor);

/// Envoy's detectors and its arithmetic of ejections. Consecutive ones act at once, rates at
/// sweeps, in this order: un-eject, success rate, failure percentage; then the multiplier of hosts
/// that are well for an interval falls. Hosts are dense numbers.
/// Source: envoyproxy/envoy, common/upstream/outlier_detection_impl.cc.
class EnvoyOutliers {
public:
    explicit EnvoyOutliers(EnvoyOutlierSettings const& settings) : settings_(settings) {}

    void addHost(std::uint32_t host);
    void removeHost(std::uint32_t host);
    void configure(EnvoyOutlierSettings const& settings) { settings_ = settings; }

    /// `random`: a whole draw, used if the host is ejected.
    void onResponse(SimTime now, std::uint32_t host, int code, std::uint64_t random);
    void onResult(SimTime now, std::uint32_t host, OriginResult result, std::optional<int> code,
                  std::uint64_t random);
    void onHealthCheckOk(SimTime now, std::uint32_t host);
    void sweep(SimTime now, std::uint64_t random);

    bool isEjected(std::uint32_t host) const {
        return host < hosts_.size() && hosts_[host].isEjected;
    }
    int active() const { return active_; }
    struct Counts {
        std::array<int, outlierKinds> detected{};
        std::array<int, outlierKinds> enforced{};
        int overflow = 0;
        int enforcedTotal = 0;
    };
    Counts const& counts() const { return counts_; }
    /// In per cent; -1: not enough requests in the last interval.
    double successRate(std::uint32_t host) const { return hosts_[host].successRate; }
    SuccessRateBound const& bound() const { return bound_; }
    Duration jitter(std::uint32_t host) const { return hosts_[host].jitter; }
    EnvoyOutlierSettings const& settings() const { return settings_; }

private:
    struct Bucket {
        int total = 0;
        int good = 0;
    };
    struct Host {
        bool isThere = false;
        bool isEjected = false;
        int run5xx = 0;
        int runGateway = 0;
        int runLocal = 0;
        int multiplier = 0;
        SimTime ejectedAt;
        std::optional<SimTime> returnedAt;
        Duration jitter;
        Bucket external;
        Bucket local;
        Bucket lastExternal;
        Bucket lastLocal;
        double successRate = -1;
    };
    struct Rated {
        std::uint32_t host;
        double rate;
    };

    void localResult(SimTime now, std::uint32_t host, bool isGood, std::uint64_t random);
    void consecutive(SimTime now, std::uint32_t host, OutlierKind kind, std::uint64_t random);
    void eject(SimTime now, std::uint32_t host, OutlierKind kind, std::uint64_t random);
    void uneject(SimTime now, Host& host);
    void sweepRates(SimTime now, bool isLocal, std::uint64_t random);
    void judgeRates(SimTime now, OutlierKind kind, std::uint64_t random);
    void judgeFailures(SimTime now, OutlierKind kind, std::uint64_t random);
    int enforcing(OutlierKind kind) const;
    Duration longestEjection() const;

    EnvoyOutlierSettings settings_;
    std::vector<Host> hosts_;
    int there_ = 0;
    int active_ = 0;
    Counts counts_;
    SuccessRateBound bound_;
    std::vector<Rated> rated_;   // with enough requests for the success rate
    std::vector<Rated> failing_; // for the failure percentage
    std::vector<double> rates_;
};

} // namespace shakedown::resilience
