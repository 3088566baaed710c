#pragma once

#include <compare>
#include <cstdint>

namespace shakedown {

/// Events a second; `perSecond()` is at least 0 in a checked scenario.
class Rate {
public:
    constexpr Rate() = default;
    static constexpr Rate perSecond(double r) { return Rate(r); }
    constexpr double perSecond() const { return perSecond_; }
    friend constexpr auto operator<=>(Rate, Rate) = default;

private:
    explicit constexpr Rate(double r) : perSecond_(r) {}
    double perSecond_ = 0;
};

/// A size in bytes.
class Bytes {
public:
    constexpr Bytes() = default;
    static constexpr Bytes of(std::int64_t n) { return Bytes(n); }
    constexpr std::int64_t count() const { return bytes_; }
    friend constexpr auto operator<=>(Bytes, Bytes) = default;

private:
    explicit constexpr Bytes(std::int64_t n) : bytes_(n) {}
    std::int64_t bytes_ = 0;
};

/// Bits a second.
class Bandwidth {
public:
    constexpr Bandwidth() = default;
    static constexpr Bandwidth bitsPerSecond(double b) { return Bandwidth(b); }
    constexpr double bitsPerSecond() const { return bitsPerSecond_; }
    friend constexpr auto operator<=>(Bandwidth, Bandwidth) = default;

private:
    explicit constexpr Bandwidth(double b) : bitsPerSecond_(b) {}
    double bitsPerSecond_ = 0;
};

/// A share or factor; 0.25 is 25 %. May exceed 1 where the field says so.
class Ratio {
public:
    constexpr Ratio() = default;
    static constexpr Ratio of(double r) { return Ratio(r); }
    static constexpr Ratio percent(double p) { return Ratio(p / 100.0); }
    constexpr double value() const { return value_; }
    friend constexpr auto operator<=>(Ratio, Ratio) = default;

private:
    explicit constexpr Ratio(double r) : value_(r) {}
    double value_ = 0;
};

} // namespace shakedown
