#include "reports/measure/difference.hpp"

#include <algorithm>
#include <cmath>

#include "reports/measure/student.hpp"
#include "scenarios/vocabulary/require.hpp"

namespace shakedown::measure {

namespace {

MeanDifference differenceOf(MeanEstimate const& e, double confidence) {
    require(confidence > 0 && confidence < 1, "a confidence is a share between 0 and 1");
    if (e.error > 0) {
        double const half = studentQuantile(0.5 + confidence / 2, e.freedom) * e.error;
        return {e.mean, e.mean - half, e.mean + half, studentTails(e.mean / e.error, e.freedom)};
    }
    // Equal to the last digit: of n that may go either way, all go one way this often.
    double const allAlike = std::exp2(-e.freedom);
    return {e.mean, e.mean, e.mean, e.mean == 0 ? 1.0 : allAlike};
}

} // namespace

std::optional<MeanDifference> pairedDifference(std::vector<double> const& first,
                                               std::vector<double> const& second,
                                               double confidence) {
    require(first.size() == second.size(), "every value has its partner");
    std::vector<double> differences(first.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        differences[i] = second[i] - first[i];
    }
    auto const estimate = meanEstimate(differences);
    if (!estimate) {
        return std::nullopt;
    }
    return differenceOf(*estimate, confidence);
}

MeanDifference welchDifference(MeanEstimate const& first, MeanEstimate const& second,
                               double confidence) {
    double const a = first.error * first.error;
    double const b = second.error * second.error;
    MeanEstimate both{second.mean - first.mean, std::sqrt(a + b),
                      std::min(first.freedom, second.freedom)};
    if (both.error > 0) {
        // Shares of the sum: their squares cannot vanish as those of tiny errors can.
        double const share = a / (a + b);
        both.freedom =
            1 / (share * share / first.freedom + (1 - share) * (1 - share) / second.freedom);
    }
    return differenceOf(both, confidence);
}

} // namespace shakedown::measure
