#include "reports/measure/student.hpp"

#include <cmath>

#include <boost/math/distributions/students_t.hpp>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::measure {

namespace {

boost::math::students_t lawOf(double freedom) {
    require(freedom >= 1 && std::isfinite(freedom), "at least one degree of freedom");
    return boost::math::students_t(freedom);
}

} // namespace

double studentQuantile(double p, double freedom) {
    require(p > 0 && p < 1, "a probability between 0 and 1");
    return boost::math::quantile(lawOf(freedom), p);
}

double studentTails(double t, double freedom) {
    require(!std::isnan(t), "a number of standard errors");
    auto const law = lawOf(freedom);
    if (std::isinf(t)) {
        return 0;
    }
    return 2 * boost::math::cdf(boost::math::complement(law, std::abs(t)));
}

} // namespace shakedown::measure
