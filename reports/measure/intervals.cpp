#include "reports/measure/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::measure {

namespace {

// P(|T| <= t), as a finite sum in powers of cos^2(theta) with tan(theta) = t / sqrt(freedom).
double centralShare(double t, std::uint64_t freedom) {
    double const n = static_cast<double>(freedom);
    double const cosine2 = n / (n + t * t);
    double const sine = t / std::sqrt(n + t * t);
    bool const odd = freedom % 2 == 1;
    double term = odd ? std::sqrt(cosine2) : 1;
    double sum = freedom == 1 ? 0 : term;
    for (std::uint64_t k = odd ? 3 : 2; k + 2 <= freedom && term > 1e-18 * sum; k += 2) {
        term *= cosine2 * static_cast<double>(k - 1) / static_cast<double>(k);
        sum += term;
    }
    if (!odd) {
        return sine * sum;
    }
    double const theta = std::atan(t / std::sqrt(n));
    return (theta + sine * sum) * 2 / std::numbers::pi;
}

Interval around(double mean, double halfWidth, IntervalMethod method) {
    return {mean, mean - halfWidth, mean + halfWidth, method};
}

double factorFor(double confidence, std::size_t values) {
    require(confidence > 0 && confidence < 1, "a confidence is a share between 0 and 1");
    return studentQuantile(0.5 + confidence / 2, values - 1);
}

} // namespace

double studentQuantile(double p, std::uint64_t freedom) {
    require(p > 0 && p < 1, "a probability between 0 and 1");
    require(freedom >= 1, "at least one degree of freedom");
    if (p < 0.5) {
        return -studentQuantile(1 - p, freedom);
    }
    std::uint64_t const n = std::min<std::uint64_t>(freedom, 100'000);
    double const wanted = 2 * p - 1;
    double low = 0;
    double high = 1;
    while (centralShare(high, n) < wanted && high < 1e12) {
        low = high;
        high *= 2;
    }
    for (int step = 0; step < 200 && high - low > 1e-14 * high; ++step) {
        double const middle = (low + high) / 2;
        (centralShare(middle, n) < wanted ? low : high) = middle;
    }
    return (low + high) / 2;
}

std::optional<Interval> meanInterval(std::vector<double> const& values, double confidence) {
    if (values.size() < 2) {
        return std::nullopt;
    }
    double const n = static_cast<double>(values.size());
    double sum = 0;
    for (double const v : values) {
        sum += v;
    }
    double const mean = sum / n;
    double squares = 0;
    for (double const v : values) {
        squares += (v - mean) * (v - mean);
    }
    double const error = std::sqrt(squares / (n - 1) / n);
    return around(mean, factorFor(confidence, values.size()) * error, IntervalMethod::Replications);
}

std::optional<Interval> batchMeansInterval(std::vector<Batch> const& batches, double confidence) {
    double sum = 0;
    double count = 0;
    for (Batch const& b : batches) {
        sum += b.sumSeconds;
        count += static_cast<double>(b.count);
    }
    if (batches.size() < 2 || count == 0) {
        return std::nullopt;
    }
    double const n = static_cast<double>(batches.size());
    double const ratio = sum / count;
    double squares = 0;
    for (Batch const& b : batches) {
        double const off = b.sumSeconds - ratio * static_cast<double>(b.count);
        squares += off * off;
    }
    double const error = std::sqrt(squares / (n - 1) / n) / (count / n);
    return around(ratio, factorFor(confidence, batches.size()) * error, IntervalMethod::BatchMeans);
}

} // namespace shakedown::measure
