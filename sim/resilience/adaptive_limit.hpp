#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <variant>

#include "scenarios/chance/elementary.hpp"
#include "scenarios/model/service.hpp"

namespace shakedown::resilience {

enum class Dropped : std::uint8_t { No, Yes };

/// One finished request: how long it took, how many were in flight when it began.
struct LimitSample {
    double rttMs = 1;
    int inFlight = 1;
    Dropped dropped = Dropped::No;
    double u = 0.5; // for probes, in [0, 1)
};

/// log10 of a limit in whole steps, at least 1 (concurrency-limits, Log10RootFunction).
inline int logOfLimit(int limit) {
    return std::max(
        1, static_cast<int>(chance::logarithm(std::max(1, limit)) / 2.302585092994046 + 1e-12));
}

/// Settings of the limits of Netflix concurrency-limits; their defaults. Alpha, beta and threshold
/// of Vegas are factors of log10(limit) unless they are said.
struct VegasSettings {
    int initial = 20;
    int max = 1000;
    std::optional<int> alpha; // 3 log10
    std::optional<int> beta;  // 6 log10
    double smoothing = 1;
    int probeMultiplier = 30;
    friend bool operator==(VegasSettings const&, VegasSettings const&) = default;
};
struct Gradient2Settings {
    double initial = 20;
    int min = 20;
    int max = 200;
    double smoothing = 0.2;
    int queueSize = 4;
    int longWindow = 600;
    double tolerance = 1.5;
    friend bool operator==(Gradient2Settings const&, Gradient2Settings const&) = default;
};
struct AimdSettings {
    int initial = 20;
    int min = 20;
    int max = 200;
    double backoffRatio = 0.9;
    double timeoutMs = 5000;
    friend bool operator==(AimdSettings const&, AimdSettings const&) = default;
};

/// TCP Vegas for requests: the queue is limit x (1 - shortest / seen), and the limit moves by
/// log10 of itself. Source: Netflix/concurrency-limits, VegasLimit.
class VegasLimit {
public:
    explicit VegasLimit(VegasSettings const& settings)
        : settings_(settings), limit_(settings.initial) {}
    int limit() const { return static_cast<int>(limit_); }
    void onSample(LimitSample const& s);

private:
    void update(LimitSample const& s);

    VegasSettings settings_;
    double limit_;
    double shortest_ = 0;
    int probes_ = 0;
    double probeJitter_ = 0.75;
};

/// The ratio of a long average to the last time, with room for a queue; drops mean nothing.
/// Source: Netflix/concurrency-limits, Gradient2Limit.
class Gradient2Limit {
public:
    explicit Gradient2Limit(Gradient2Settings const& settings)
        : settings_(settings), limit_(settings.initial) {}
    int limit() const { return static_cast<int>(limit_); }
    void onSample(LimitSample const& s);

private:
    double average(double rttMs);

    Gradient2Settings settings_;
    double limit_;
    double long_ = 0;
    double sum_ = 0;
    int seen_ = 0;
};

/// One more while half the limit is used, 0.9 of it after a drop or a time strictly above the
/// timeout. Source: Netflix/concurrency-limits, AIMDLimit.
class AimdLimit {
public:
    explicit AimdLimit(AimdSettings const& settings)
        : settings_(settings), limit_(settings.initial) {}
    int limit() const { return limit_; }
    void onSample(LimitSample const& s) {
        if (s.dropped == Dropped::Yes || s.rttMs > settings_.timeoutMs)
            limit_ = static_cast<int>(limit_ * settings_.backoffRatio);
        else if (s.inFlight * 2 >= limit_)
            ++limit_;
        limit_ = std::min(settings_.max, std::max(settings_.min, limit_));
    }

private:
    AimdSettings settings_;
    int limit_;
};

using AdaptiveLimitSettings = std::variant<VegasSettings, Gradient2Settings, AimdSettings>;

/// A limit of requests at once that learns from how long they take.
class AdaptiveLimit {
public:
    explicit AdaptiveLimit(AdaptiveLimitSettings const& settings);
    int limit() const {
        return std::visit([](auto const& m) { return m.limit(); }, machine_);
    }
    void onSample(SimTime /*now*/, Duration rtt, int inFlight, Dropped dropped, double u) {
        std::visit(
            [&](auto& m) {
                m.onSample({std::max(1e-6, rtt.inMilliseconds()), inFlight, dropped, u});
            },
            machine_);
    }

private:
    std::variant<VegasLimit, Gradient2Limit, AimdLimit> machine_;
};

/// A service's `limit:` with an adaptive concurrency; `limit` is where it begins.
AdaptiveLimitSettings adaptiveLimitSettingsOf(model::ServerLimit const& limit);

} // namespace shakedown::resilience
