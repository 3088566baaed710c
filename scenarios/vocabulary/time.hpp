#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace shakedown {

/// A span of time in whole nanoseconds; may be negative in differences.
/// `Duration::none()` stands for "no limit" and is larger than every other span.
class Duration {
public:
    constexpr Duration() = default;
    static constexpr Duration nanoseconds(std::int64_t n) { return Duration(n); }
    static constexpr Duration microseconds(std::int64_t n) { return Duration(n * 1'000); }
    static constexpr Duration milliseconds(std::int64_t n) { return Duration(n * 1'000'000); }
    static constexpr Duration seconds(std::int64_t n) { return Duration(n * 1'000'000'000); }
    static constexpr Duration none() { return Duration(std::numeric_limits<std::int64_t>::max()); }
    /// Rounds to the nearest nanosecond; values beyond 200 years are `none()`, NaN is zero.
    static constexpr Duration fromSeconds(double s) {
        double const n = s * 1e9;
        if (!(n == n))
            return Duration(0);
        if (n >= 6.4e18)
            return none();
        if (n <= -6.4e18)
            return Duration(-6'400'000'000'000'000'000);
        return Duration(static_cast<std::int64_t>(n < 0 ? n - 0.5 : n + 0.5));
    }

    constexpr std::int64_t count() const { return nanoseconds_; }
    constexpr double inSeconds() const { return static_cast<double>(nanoseconds_) * 1e-9; }
    constexpr double inMilliseconds() const { return static_cast<double>(nanoseconds_) * 1e-6; }
    constexpr bool isNone() const { return *this == none(); }

    friend constexpr auto operator<=>(Duration, Duration) = default;
    friend constexpr Duration operator+(Duration a, Duration b) {
        return Duration(a.nanoseconds_ + b.nanoseconds_);
    }
    friend constexpr Duration operator-(Duration a, Duration b) {
        return Duration(a.nanoseconds_ - b.nanoseconds_);
    }
    friend constexpr Duration operator-(Duration a) { return Duration(-a.nanoseconds_); }
    friend constexpr Duration operator*(Duration a, std::int64_t n) {
        return Duration(a.nanoseconds_ * n);
    }
    friend constexpr Duration operator*(Duration a, double f) {
        return fromSeconds(a.inSeconds() * f);
    }
    friend constexpr double operator/(Duration a, Duration b) {
        return static_cast<double>(a.nanoseconds_) / static_cast<double>(b.nanoseconds_);
    }

private:
    explicit constexpr Duration(std::int64_t n) : nanoseconds_(n) {}
    std::int64_t nanoseconds_ = 0;
};

/// An instant of a run, in whole nanoseconds since its start (warm-up included).
class SimTime {
public:
    constexpr SimTime() = default;
    static constexpr SimTime at(Duration sinceStart) { return SimTime(sinceStart.count()); }
    static constexpr SimTime atNanoseconds(std::int64_t n) { return SimTime(n); }
    static constexpr SimTime never() { return SimTime(std::numeric_limits<std::int64_t>::max()); }

    constexpr std::int64_t count() const { return nanoseconds_; }
    constexpr double inSeconds() const { return static_cast<double>(nanoseconds_) * 1e-9; }
    constexpr Duration sinceStart() const { return Duration::nanoseconds(nanoseconds_); }

    friend constexpr auto operator<=>(SimTime, SimTime) = default;
    /// Saturates: an instant plus `Duration::none()` is `never()`.
    friend constexpr SimTime operator+(SimTime t, Duration d) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(t.nanoseconds_, d.count(), &sum))
            return never();
        return SimTime(sum);
    }
    friend constexpr SimTime operator-(SimTime t, Duration d) {
        return SimTime(t.nanoseconds_ - d.count());
    }
    friend constexpr Duration operator-(SimTime a, SimTime b) {
        return Duration::nanoseconds(a.nanoseconds_ - b.nanoseconds_);
    }

private:
    explicit constexpr SimTime(std::int64_t n) : nanoseconds_(n) {}
    std::int64_t nanoseconds_ = 0;
};

namespace literals {
constexpr Duration operator""_ns(unsigned long long n) {
    return Duration::nanoseconds(static_cast<std::int64_t>(n));
}
constexpr Duration operator""_us(unsigned long long n) {
    return Duration::microseconds(static_cast<std::int64_t>(n));
}
constexpr Duration operator""_ms(unsigned long long n) {
    return Duration::milliseconds(static_cast<std::int64_t>(n));
}
constexpr Duration operator""_s(unsigned long long n) {
    return Duration::seconds(static_cast<std::int64_t>(n));
}
constexpr Duration operator""_min(unsigned long long n) {
    return Duration::seconds(static_cast<std::int64_t>(n) * 60);
}
} // namespace literals

} // namespace shakedown
