#include "reports/measure/intervals.hpp"

#include <cmath>

#include "reports/measure/mean_estimate.hpp"
#include "reports/measure/student.hpp"
#include "scenarios/vocabulary/require.hpp"

namespace shakedown::measure {

namespace {

Interval around(MeanEstimate const& estimate, double confidence, IntervalMethod method) {
    require(confidence > 0 && confidence < 1, "a confidence is a share between 0 and 1");
    double const half = studentQuantile(0.5 + confidence / 2, estimate.freedom) * estimate.error;
    return {estimate.mean, estimate.mean - half, estimate.mean + half, method, estimate.freedom};
}

} // namespace

std::optional<Interval> meanInterval(std::vector<double> const& values, double confidence) {
    auto const estimate = meanEstimate(values);
    if (!estimate) {
        return std::nullopt;
    }
    return around(*estimate, confidence, IntervalMethod::Replications);
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
    return around({ratio, error, n - 1}, confidence, IntervalMethod::BatchMeans);
}

} // namespace shakedown::measure
