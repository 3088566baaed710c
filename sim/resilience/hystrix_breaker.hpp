#pragma once

#include <array>

#include "sim/resilience/circuit_breaker.hpp"

namespace shakedown::resilience {

/// Settings of Hystrix's circuit breaker; its defaults.
struct HystrixBreakerSettings {
    int requestVolumeThreshold = 20;
    double errorThreshold = 0.5; // opens at or above
    Duration sleepWindow = Duration::seconds(5);
    Duration rolling = Duration::seconds(10); // in ten buckets
    Duration snapshot = Duration::milliseconds(500);
    friend bool operator==(HystrixBreakerSettings const&, HystrixBreakerSettings const&) = default;
};

/// Decides on a snapshot of the last ten buckets that is taken every half second, so a burst
/// shorter than that is seen late. One trial strictly after the sleep window decides by itself.
/// Source: Netflix/Hystrix, HystrixCircuitBreaker and HealthCountsStream.
class HystrixBreaker {
public:
    explicit HystrixBreaker(HystrixBreakerSettings const& settings)
        : settings_(settings), bucket_(Duration::nanoseconds(settings.rolling.count() / 10)) {}

    bool tryAcquire(SimTime now) {
        refresh(now);
        if (mode_ == BreakerMode::Open && now > openedAt_ + settings_.sleepWindow) {
            mode_ = BreakerMode::HalfOpen;
            return true;
        }
        return mode_ == BreakerMode::Closed || mode_ == BreakerMode::Disabled;
    }
    bool wouldRefuse(SimTime now) const {
        if (mode_ == BreakerMode::Open)
            return now <= openedAt_ + settings_.sleepWindow;
        return mode_ == BreakerMode::HalfOpen || mode_ == BreakerMode::ForcedOpen;
    }
    void release() {
        if (mode_ == BreakerMode::HalfOpen)
            mode_ = BreakerMode::Open;
    }
    void record(SimTime now, bool wasTrial, bool isGood) {
        refresh(now);
        if (mode_ == BreakerMode::HalfOpen && wasTrial) {
            if (isGood)
                flip(now, BreakerMode::Closed);
            else
                flip(now, BreakerMode::Open);
            return;
        }
        auto& counts = buckets_[static_cast<std::size_t>(number_ % 10)];
        ++counts.total;
        counts.bad += isGood ? 0 : 1;
    }
    void flip(SimTime now, BreakerMode mode) {
        mode_ = mode;
        openedAt_ = now;
        if (mode == BreakerMode::Closed)
            buckets_ = {};
    }
    /// Takes the snapshots that are due.
    void refresh(SimTime now) {
        roll(now);
        if (now < nextSnapshot_)
            return;
        nextSnapshot_ = SimTime::atNanoseconds((now.count() / settings_.snapshot.count() + 1)
                                               * settings_.snapshot.count());
        Counts sum;
        for (auto const& one : buckets_) {
            sum.total += one.total;
            sum.bad += one.bad;
        }
        bool const trips = mode_ == BreakerMode::Closed
                           && sum.total >= settings_.requestVolumeThreshold
                           && sum.bad >= settings_.errorThreshold * sum.total;
        if (trips)
            flip(now, BreakerMode::Open);
    }
    BreakerMode mode() const { return mode_; }
    HystrixBreakerSettings const& settings() const { return settings_; }

private:
    struct Counts {
        int total = 0;
        int bad = 0;
    };
    void roll(SimTime now) {
        std::int64_t const number = now.count() / bucket_.count();
        if (number - number_ >= 10)
            buckets_ = {};
        for (std::int64_t n = number_ + 1; n <= number && n < number_ + 10; ++n)
            buckets_[static_cast<std::size_t>(n % 10)] = {};
        number_ = number;
    }

    HystrixBreakerSettings settings_;
    Duration bucket_;
    std::array<Counts, 10> buckets_{};
    std::int64_t number_ = 0;
    SimTime nextSnapshot_;
    BreakerMode mode_ = BreakerMode::Closed;
    SimTime openedAt_;
};

} // namespace shakedown::resilience
