#include "scenarios/reading/law_grammar.hpp"

#include <charconv>

#include "scenarios/chance/elementary.hpp"
#include "scenarios/vocabulary/overloaded.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::reading {

namespace {

using namespace chance;

double shortened(double value, int digits) {
    char buffer[64];
    auto const end =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, digits);
    double result = 0;
    std::from_chars(buffer, end.ptr, result);
    return result;
}

// The p99 that people wrote is a short number; it is found again if it gives the same sigma.
std::string lognormalText(Lognormal const& law) {
    constexpr double z99 = 2.3263478740408408;
    std::string const median = "lognormal(median " + secondsText(law.median);
    double const p99 = law.median * exponential(law.sigma * z99);
    for (int digits = 1; digits <= 9; ++digits) {
        double const candidate = shortened(p99, digits);
        if (candidate >= law.median && lognormalFromP99(law.median, candidate) == law) {
            return median + ", p99 " + secondsText(candidate) + ")";
        }
    }
    return median + ", sigma " + shakedown::toText(law.sigma) + ")";
}

std::string hyperexponentialText(Hyperexponential const& law) {
    std::string text = "hyperexponential(";
    for (auto const& branch : law.branches) {
        text += (&branch == &law.branches.front() ? "" : ", ")
                + shakedown::toText(Ratio::of(branch.share)) + " " + secondsText(branch.mean);
    }
    return text + ")";
}

} // namespace

std::string toText(Distribution const& distribution) {
    return std::visit(
        Overloaded{
            [](Constant const& c) { return secondsText(c.value); },
            [](Exponential const& e) { return "exponential(" + secondsText(e.mean) + ")"; },
            [](Uniform const& u) {
                return "uniform(" + secondsText(u.low) + ", " + secondsText(u.high) + ")";
            },
            [](Normal const& n) {
                return "normal(" + secondsText(n.mean) + ", " + secondsText(n.deviation) + ")";
            },
            [](Lognormal const& l) { return lognormalText(l); },
            [](Gamma const& g) {
                return "gamma(mean " + secondsText(g.mean) + ", cv " + shakedown::toText(g.cv)
                       + ")";
            },
            [](Weibull const& w) {
                return "weibull(scale " + secondsText(w.scale) + ", shape "
                       + shakedown::toText(w.shape) + ")";
            },
            [](Pareto const& p) {
                return "pareto(min " + secondsText(p.minimum) + ", shape "
                       + shakedown::toText(p.shape) + ")";
            },
            [](Hyperexponential const& h) { return hyperexponentialText(h); },
            [](Empirical const& e) { return "empirical(" + e.file + ")"; },
        },
        distribution.law());
}

std::string toText(model::LoadDependent const& wait) {
    return "load_dependent(" + shakedown::toText(wait.base) + ", " + shakedown::toText(wait.slope)
           + ")";
}

} // namespace shakedown::reading
