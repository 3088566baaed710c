#pragma once

#include <array>
#include <bit>
#include <cstdint>

/// Natural logarithm, exponential, power, square root free helpers: the same bits on every x86-64
/// machine, with and without FMA, because they use only IEEE additions, multiplications and
/// divisions in a fixed order (the build forbids contraction).
namespace shakedown::chance {

namespace detail {

inline constexpr double ln2High = 6.93147180369123816490e-01; // upper 32 bits of ln 2
inline constexpr double ln2Low = 1.90821492927058770002e-10;  // ln 2 - ln2High
inline constexpr int logTableBits = 7;

struct LogEntry {
    double inverse;      // 1 / centre, rounded
    double logOfInverse; // -ln(inverse)
};

// ln(x) for x in [0.5, 2] by the series of artanh; only used to build the table.
constexpr double slowLog(double x) {
    double const s = (x - 1) / (x + 1);
    double const z = s * s;
    double sum = 0;
    for (int k = 60; k >= 0; --k)
        sum = sum * z + 1.0 / (2 * k + 1);
    return 2 * s * sum;
}

constexpr auto makeLogTable() {
    std::array<LogEntry, 1 << logTableBits> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        double const centre = 1.0 + (static_cast<double>(i) + 0.5) / (1 << logTableBits);
        table[i].inverse = 1.0 / centre;
        table[i].logOfInverse = -slowLog(table[i].inverse);
    }
    return table;
}

inline constexpr auto logTable = makeLogTable();

} // namespace detail

/// ln(x) for finite x > 0 and normal; absolute error below 4e-16 for x in (0.9, 1.1), relative
/// error below 3e-15 elsewhere. Method: table of 128 centres and a polynomial of degree 6 around
/// each (P. T. P. Tang, "Table-driven implementation of the logarithm function", 1990).
[[gnu::always_inline]] inline double logarithm(double x) {
    auto const bits = std::bit_cast<std::uint64_t>(x);
    auto const exponent = static_cast<std::int64_t>(bits >> 52) - 1023;
    double const mantissa =
        std::bit_cast<double>((bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);
    auto const& entry = detail::logTable[(bits >> (52 - detail::logTableBits))
                                         & ((1U << detail::logTableBits) - 1)];
    double const r = mantissa * entry.inverse - 1.0; // |r| < 2^-8
    double const r2 = r * r;
    double const low = r - 0.5 * r2;
    double const high =
        r2 * r * ((1.0 / 3 - 0.25 * r) + r2 * ((0.2 - r * (1.0 / 6)) + r2 * (1.0 / 7)));
    auto const e = static_cast<double>(exponent);
    return e * detail::ln2High + (entry.logOfInverse + (low + (high + e * detail::ln2Low)));
}

/// e^x for |x| < 700 (clamped there); relative error below 1e-15. Method: table of 128 powers and a
/// polynomial of degree 5 (P. T. P. Tang, "Table-driven implementation of the exponential function
/// in IEEE floating-point arithmetic", 1989).
double exponential(double x);

/// x^y for x > 0; relative error below 1e-13 for |y ln x| < 100.
double power(double x, double y);

/// Cosine of 2 pi x for x in [0, 1]; absolute error below 1e-14.
double cosineOfTurn(double x);

/// Sine of 2 pi x for x in [0, 1].
double sineOfTurn(double x);

/// Gamma function for x in (0, 60]; relative error below 1e-10. Source: Lanczos, 1964 (g = 7).
double gammaFunction(double x);

} // namespace shakedown::chance
