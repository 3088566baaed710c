#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/chance/stream.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::chance {

/// The laws a duration may follow. Parameters are in seconds unless they are shapes.
struct Constant {
    double value = 0;
    friend bool operator==(Constant const&, Constant const&) = default;
};
struct Exponential {
    double mean = 0;
    friend bool operator==(Exponential const&, Exponential const&) = default;
};
struct Uniform {
    double low = 0;
    double high = 0;
    friend bool operator==(Uniform const&, Uniform const&) = default;
};
/// Drawn again while negative.
struct Normal {
    double mean = 0;
    double deviation = 0;
    friend bool operator==(Normal const&, Normal const&) = default;
};
/// ln X is normal with mean ln(median) and deviation sigma.
struct Lognormal {
    double median = 0;
    double sigma = 0;
    friend bool operator==(Lognormal const&, Lognormal const&) = default;
};
/// Shape 1/cv^2, scale mean cv^2.
struct Gamma {
    double mean = 0;
    double cv = 1;
    friend bool operator==(Gamma const&, Gamma const&) = default;
};
struct Weibull {
    double scale = 0;
    double shape = 1;
    friend bool operator==(Weibull const&, Weibull const&) = default;
};
struct Pareto {
    double minimum = 0;
    double shape = 2;
    friend bool operator==(Pareto const&, Pareto const&) = default;
};
/// A mixture of exponentials; shares add up to 1.
struct Hyperexponential {
    struct Branch {
        double share = 0;
        double mean = 0;
        friend bool operator==(Branch const&, Branch const&) = default;
    };
    std::vector<Branch> branches;
    friend bool operator==(Hyperexponential const&, Hyperexponential const&) = default;
};
/// Values measured elsewhere, drawn with equal chance; `file` as written in the scenario.
struct Empirical {
    std::string file;
    std::shared_ptr<std::vector<double> const> values;
    friend bool operator==(Empirical const& a, Empirical const& b) { return a.file == b.file; }
};

using Law = std::variant<Constant, Exponential, Uniform, Normal, Lognormal, Gamma, Weibull, Pareto,
                         Hyperexponential, Empirical>;

/// A duration that varies.
class Distribution {
public:
    Distribution() = default;
    Distribution(Law law) : law_(std::move(law)) {}
    static Distribution constant(Duration d) { return Distribution(Constant{d.inSeconds()}); }

    Law const& law() const { return law_; }
    bool isZero() const;
    /// Mean in seconds; infinite for a Pareto of shape at most 1.
    double mean() const;
    /// Squared coefficient of variation; infinite where the variance is.
    double squaredVariation() const;
    /// Quantile in seconds for q in (0, 1); where no closed form exists (gamma, hyperexponential)
    /// found by bisection or, for the gamma law, from its normal approximation (Wilson, Hilferty).
    double quantile(double q) const;

    friend bool operator==(Distribution const&, Distribution const&) = default;

private:
    Law law_ = Constant{};
};

/// A lognormal law from its median and 99th percentile (both above 0, p99 at least the median).
Lognormal lognormalFromP99(double median, double p99);

/// Draws a value in seconds, at least 0, from the law's own numbers.
double sample(Law const& law, Draw& draw);

/// Draws a duration. The exponential and constant laws cost one generator call at most.
inline Duration sampleDuration(Distribution const& d, Stream const& stream, Key key,
                               std::uint64_t step) {
    if (auto const* c = std::get_if<Constant>(&d.law()))
        return Duration::fromSeconds(c->value);
    Draw draw = stream.draw(key, step);
    return Duration::fromSeconds(sample(d.law(), draw));
}

/// Inverse of the standard normal distribution function for p in (0, 1); absolute error below
/// 1e-9. Source: M. J. Wichura, algorithm AS 241, 1988.
double normalQuantile(double p);

} // namespace shakedown::chance
