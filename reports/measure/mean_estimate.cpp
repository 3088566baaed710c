#include "reports/measure/mean_estimate.hpp"

#include <cmath>

namespace shakedown::measure {

namespace {

double sumOf(std::vector<double> const& values, double less) {
    double sum = 0;
    for (double const v : values) {
        sum += v - less;
    }
    return sum;
}

} // namespace

std::optional<MeanEstimate> meanEstimate(std::vector<double> const& values) {
    if (values.size() < 2) {
        return std::nullopt;
    }
    double const n = static_cast<double>(values.size());
    // The second pass takes back what the first lost by rounding.
    double mean = sumOf(values, 0) / n;
    mean += sumOf(values, mean) / n;
    double squares = 0;
    for (double const v : values) {
        squares += (v - mean) * (v - mean);
    }
    return MeanEstimate{mean, std::sqrt(squares / (n - 1) / n), n - 1};
}

} // namespace shakedown::measure
