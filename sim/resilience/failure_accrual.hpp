#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

#include "scenarios/chance/elementary.hpp"
#include "sim/resilience/circuit_breaker.hpp"

namespace shakedown::resilience {

/// Where the two differ: Linkerd's 429 counts for the rate but not for the run, its minimum of
/// requests is needed again after a window without any, and its jitter makes a time out longer;
/// Finagle's makes each but the first shorter.
enum class AccrualKind : std::uint8_t { Finagle, Linkerd };

/// Settings of failure accrual as Finagle and Linkerd have it. Finagle's defaults: a success rate
/// of 0.8 over 30 s with at least 5 requests, or 5 consecutive failures, dead for 5 s growing to
/// 300 s. Zero switches a part off.
struct FailureAccrualSettings {
    AccrualKind kind = AccrualKind::Finagle;
    int consecutiveFailures = 5;
    double successRate = 0.8;
    Duration window = Duration::seconds(30); // of the moving average of successes
    int windowRequests = 0;                  // above 0: of so many requests instead
    int minimumRequests = 5;
    Duration deadFor = Duration::seconds(5);
    Duration deadForMost = Duration::seconds(300);
    double deadFactor = 2;
    double jitter = 0; // up to this share of the time out
    friend bool operator==(FailureAccrualSettings const&, FailureAccrualSettings const&) = default;
};

/// Marks an endpoint dead for a while, and lets exactly one request probe it then; results of
/// requests sent before count for nothing while it is dead. The success rate is an exponential
/// moving average with the decay exp(-elapsed / window). Sources: twitter/finagle,
/// liveness/FailureAccrualPolicy.scala and util/Backoff.scala; linkerd2-proxy, failure accrual and
/// exp-backoff. `u` in (0, 1) draws the jitter of the time out that a result may begin.
class FailureAccrual {
public:
    explicit FailureAccrual(FailureAccrualSettings const& settings)
        : settings_(settings), dead_(settings.deadFor) {}

    /// A result while it is alive: for how long it is dead from now on, if at all.
    std::optional<Duration> onResult(SimTime now, CallResult result, double u) {
        bool const isGood = result == CallResult::Success;
        if (isGood)
            run_ = 0;
        else if (result == CallResult::Failure || settings_.kind == AccrualKind::Finagle)
            ++run_;
        average(now, isGood);
        bool const byRun =
            settings_.consecutiveFailures > 0 && run_ >= settings_.consecutiveFailures;
        bool const byRate = settings_.successRate > 0 && !isGood
                            && requests_ >= settings_.minimumRequests
                            && rate_ < settings_.successRate;
        if (!byRun && !byRate)
            return std::nullopt;
        return nextDead(u);
    }
    /// It answered its probe: everything begins anew.
    void revive() {
        run_ = 0;
        requests_ = 0;
        rate_ = 1;
        last_.reset();
        dead_ = settings_.deadFor;
        deaths_ = 0;
    }
    double successRate() const { return rate_; }

    // As a breaker.
    bool tryAcquire(SimTime now) {
        if (mode_ == BreakerMode::Open && now >= until_)
            mode_ = BreakerMode::HalfOpen;
        else if (mode_ != BreakerMode::Closed && mode_ != BreakerMode::Disabled)
            return false;
        return true;
    }
    bool wouldRefuse(SimTime now) const {
        return mode_ == BreakerMode::ForcedOpen || mode_ == BreakerMode::HalfOpen
               || (mode_ == BreakerMode::Open && now < until_);
    }
    void release() {
        if (mode_ == BreakerMode::HalfOpen)
            mode_ = BreakerMode::Open;
    }
    void record(SimTime now, bool wasProbe, CallResult result, double u) {
        if (mode_ == BreakerMode::Closed) {
            if (auto const span = onResult(now, result, u))
                kill(now, *span);
        } else if (mode_ == BreakerMode::HalfOpen && wasProbe) {
            if (result == CallResult::Success) {
                mode_ = BreakerMode::Closed;
                revive();
            } else {
                kill(now, nextDead(u));
            }
        }
    }
    void flip(SimTime now, BreakerMode mode) {
        mode_ = mode;
        if (mode == BreakerMode::Open)
            until_ = now + settings_.deadFor;
        if (mode == BreakerMode::Closed)
            revive();
    }
    BreakerMode mode() const { return mode_; }
    FailureAccrualSettings const& settings() const { return settings_; }

private:
    void kill(SimTime now, Duration span) {
        mode_ = BreakerMode::Open;
        until_ = now + span;
    }
    Duration nextDead(double u) {
        Duration const whole = dead_;
        dead_ = std::min(settings_.deadForMost * 2.0, dead_ * settings_.deadFactor);
        double share = 1;
        if (settings_.kind == AccrualKind::Linkerd)
            share = 1 + settings_.jitter * u;
        else if (deaths_ > 0)
            share = 1 - settings_.jitter * (1 - u);
        ++deaths_;
        return std::min(settings_.deadForMost, whole * share);
    }
    void average(SimTime now, bool isGood) {
        bool const isStale = settings_.kind == AccrualKind::Linkerd && settings_.windowRequests == 0
                             && last_ && now - *last_ >= settings_.window;
        if (isStale)
            requests_ = 0;
        ++requests_;
        double const sample = isGood ? 1 : 0;
        if (settings_.windowRequests > 0) {
            double const weight = chance::exponential(-1.0 / settings_.windowRequests);
            rate_ = requests_ == 1 ? sample : weight * rate_ + (1 - weight) * sample;
            return;
        }
        if (!last_)
            rate_ = sample;
        else
            rate_ = blended(now - *last_, sample);
        last_ = now;
    }
    double blended(Duration elapsed, double sample) const {
        double const weight = chance::exponential(-std::max(1e-9, elapsed.inSeconds())
                                                  / settings_.window.inSeconds());
        return weight * rate_ + (1 - weight) * sample;
    }

    FailureAccrualSettings settings_;
    int run_ = 0;
    int requests_ = 0;
    double rate_ = 1;
    std::optional<SimTime> last_;
    Duration dead_;  // the next time out, without jitter
    int deaths_ = 0; // since it was last alive for good
    BreakerMode mode_ = BreakerMode::Closed;
    SimTime until_;
};

} // namespace shakedown::resilience
