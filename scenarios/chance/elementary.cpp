#include "scenarios/chance/elementary.hpp"

#include <algorithm>
#include <cmath>

namespace shakedown::chance {

namespace {
constexpr double pi = 3.14159265358979323846;
constexpr double log2e = 1.44269504088896340736;
} // namespace

namespace {

constexpr int expTableBits = 7;
constexpr int expTableSize = 1 << expTableBits;

// 2^(i / 128), summed in more bits than a double has.
constexpr auto makeExpTable() {
    std::array<double, expTableSize> table{};
    for (int i = 0; i < expTableSize; ++i) {
        long double const x = 0.693147180559945309417232121458176568L * i / expTableSize;
        long double sum = 1;
        for (int n = 30; n >= 1; --n)
            sum = 1 + sum * x / n;
        table[static_cast<std::size_t>(i)] = static_cast<double>(sum);
    }
    return table;
}

constexpr auto expTable = makeExpTable();

} // namespace

// x = (128 k + j) ln 2 / 128 + r with |r| <= ln 2 / 256, so e^x = 2^k 2^(j/128) e^r.
double exponential(double x) {
    x = std::clamp(x, -700.0, 700.0);
    // Adding 1.5 x 2^52 rounds to a whole number, which then stands in the lower bits.
    constexpr double rounder = 0x1.8p52;
    double const shifted = x * (log2e * expTableSize) + rounder;
    auto const n = std::bit_cast<std::int64_t>(shifted) - std::bit_cast<std::int64_t>(rounder);
    double const steps = shifted - rounder;
    double const r =
        (x - steps * (detail::ln2High / expTableSize)) - steps * (detail::ln2Low / expTableSize);
    double const r2 = r * r;
    double const high = r2 * ((0.5 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120)));
    double const base = expTable[static_cast<std::size_t>(n & (expTableSize - 1))];
    auto const scale = static_cast<std::uint64_t>((n >> expTableBits) + 1023) << 52;
    return (base + base * (r + high)) * std::bit_cast<double>(scale);
}

double power(double x, double y) {
    if (y == 0)
        return 1;
    if (x <= 0)
        return 0;
    return exponential(y * logarithm(x));
}

namespace {

// sin and cos of a small angle (|a| <= pi/4) by their Taylor series.
double smallSine(double a) {
    double const z = a * a;
    double sum = 1.0;
    for (int n = 18; n >= 2; n -= 2)
        sum = 1.0 - sum * z / (n * (n + 1));
    return a * sum;
}

double smallCosine(double a) {
    double const z = a * a;
    double sum = 1.0;
    for (int n = 18; n >= 2; n -= 2)
        sum = 1.0 - sum * z / (n * (n - 1));
    return sum;
}

} // namespace

double sineOfTurn(double x) {
    double const eighths = x * 8;
    auto const octant = static_cast<int>(eighths) & 7;
    switch (octant) {
    case 0:
        return smallSine(2 * pi * x);
    case 1:
    case 2:
        return smallCosine(2 * pi * (x - 0.25));
    case 3:
    case 4:
        return -smallSine(2 * pi * (x - 0.5));
    case 5:
    case 6:
        return -smallCosine(2 * pi * (x - 0.75));
    default:
        return smallSine(2 * pi * (x - 1.0));
    }
}

double cosineOfTurn(double x) {
    return sineOfTurn(x >= 0.75 ? x - 0.75 : x + 0.25);
}

double gammaFunction(double x) {
    static constexpr double coefficients[] = {
        0.99999999999980993,  676.5203681218851,     -1259.1392167224028,
        771.32342877765313,   -176.61502916214059,   12.507343278686905,
        -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7};
    if (x < 0.5)
        return pi / (sineOfTurn(x / 2) * gammaFunction(1 - x));
    x -= 1;
    double sum = coefficients[0];
    for (int i = 1; i < 9; ++i)
        sum += coefficients[i] / (x + i);
    double const t = x + 7.5;
    return std::sqrt(2 * pi) * power(t, x + 0.5) * exponential(-t) * sum;
}

} // namespace shakedown::chance
