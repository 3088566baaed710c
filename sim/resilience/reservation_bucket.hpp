#pragma once

#include <algorithm>
#include <optional>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// Settings of golang.org/x/time/rate; both are arguments there.
struct ReservationBucketSettings {
    double perSecond = 1;
    int burst = 1;
    bool isUnlimited = false; // rate.Inf
    friend bool operator==(ReservationBucketSettings const&,
                           ReservationBucketSettings const&) = default;
};

/// A token bucket that starts full and whose balance goes below zero with reservations. A cancelled
/// one gives back only what is not promised to later ones. Source: golang.org/x/time/rate.
class ReservationBucket {
public:
    explicit ReservationBucket(ReservationBucketSettings const& settings)
        : settings_(settings), tokens_(settings.burst) {}

    struct Reservation {
        int permits = 0;
        SimTime act; // when it may be used
        double perSecond = 1;
    };
    std::optional<Reservation> reserve(SimTime now, int permits, Duration mostWait) {
        if (settings_.isUnlimited)
            return Reservation{permits, now, settings_.perSecond};
        double const left = tokensAt(now) - permits;
        Duration const wait = left < 0 ? spanOf(-left) : Duration();
        if (permits > settings_.burst || wait > mostWait)
            return std::nullopt;
        last_ = std::max(last_, now);
        tokens_ = left;
        lastEvent_ = now + wait;
        return Reservation{permits, now + wait, settings_.perSecond};
    }
    void cancel(SimTime now, Reservation const& reservation) {
        if (settings_.isUnlimited || reservation.permits == 0 || reservation.act < now)
            return;
        double const restored =
            reservation.permits
            - (lastEvent_ - reservation.act).inSeconds() * reservation.perSecond;
        if (restored <= 0)
            return;
        double const tokens = std::min<double>(settings_.burst, tokensAt(now) + restored);
        last_ = now;
        tokens_ = tokens;
        if (reservation.act == lastEvent_) {
            SimTime const previous = reservation.act + (Duration() - spanOf(reservation.permits));
            if (previous >= now)
                lastEvent_ = previous;
        }
    }
    double tokensAt(SimTime now) const {
        SimTime const last = std::min(last_, now);
        double const gained = (now - last).inSeconds() * settings_.perSecond;
        return std::min<double>(settings_.burst, tokens_ + gained);
    }
    void setRate(SimTime now, double perSecond) {
        tokens_ = tokensAt(now);
        last_ = now;
        settings_.perSecond = perSecond;
    }
    void setBurst(SimTime now, int burst) {
        tokens_ = tokensAt(now);
        last_ = now;
        settings_.burst = burst;
    }
    ReservationBucketSettings const& settings() const { return settings_; }

private:
    Duration spanOf(double tokens) const {
        return settings_.perSecond <= 0 ? Duration::none()
                                        : Duration::fromSeconds(tokens / settings_.perSecond);
    }

    ReservationBucketSettings settings_;
    double tokens_;
    SimTime last_;
    SimTime lastEvent_;
};

} // namespace shakedown::resilience
