#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// Settings of gRPC's outlier detection (gRFC A50) and its defaults; both algorithms are off until
/// they are configured.
struct A50OutlierSettings {
    struct SuccessRate {
        int stdevFactor = 1900; // thousandths
        int enforcementPercentage = 100;
        int minimumHosts = 5;
        int requestVolume = 100;
        friend bool operator==(SuccessRate const&, SuccessRate const&) = default;
    };
    struct FailurePercentage {
        int threshold = 85;
        int enforcementPercentage = 100;
        int minimumHosts = 5;
        int requestVolume = 50;
        friend bool operator==(FailurePercentage const&, FailurePercentage const&) = default;
    };
    Duration interval = Duration::seconds(10);
    Duration baseEjectionTime = Duration::seconds(30);
    Duration maxEjectionTime = Duration::seconds(300);
    int maxEjectionPercent = 10;
    std::optional<SuccessRate> successRate;
    std::optional<FailurePercentage> failurePercentage;
    friend bool operator==(A50OutlierSettings const&, A50OutlierSettings const&) = default;
};

/// Ejects at sweeps only. The limit is looked at before each ejection, so it may be passed by one;
/// a failure percentage must be strictly above its threshold; a host found by both algorithms in
/// one sweep counts twice; it returns strictly after its time. Source: gRFC A50; grpc-java
/// OutlierDetectionLoadBalancer.
class A50Outliers {
public:
    explicit A50Outliers(A50OutlierSettings const& settings) : settings_(settings) {}

    void addHost(std::uint32_t host);
    void removeHost(std::uint32_t host);
    void configure(A50OutlierSettings const& settings) { settings_ = settings; }
    void onCall(std::uint32_t host, bool isGood);
    /// `random`: a whole draw for enforcement below 100 %.
    void sweep(SimTime now, std::uint64_t random);

    bool isEjected(std::uint32_t host) const {
        return host < hosts_.size() && hosts_[host].isEjected;
    }
    int active() const;
    A50OutlierSettings const& settings() const { return settings_; }

private:
    struct Host {
        bool isThere = false;
        bool isEjected = false;
        int good = 0;
        int bad = 0;
        int lastGood = 0;
        int lastBad = 0;
        int multiplier = 0;
        SimTime ejectedAt;
        int volume() const { return lastGood + lastBad; }
    };

    bool isFull() const;
    int withVolume(int volume) const;
    void judgeRates(SimTime now, std::uint64_t random);
    void judgeFailures(SimTime now, std::uint64_t random);
    static void eject(Host& host, SimTime now);

    A50OutlierSettings settings_;
    std::vector<Host> hosts_;
    std::vector<double> rates_;
};

} // namespace shakedown::resilience
