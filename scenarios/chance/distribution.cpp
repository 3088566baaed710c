#include "scenarios/chance/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/chance/elementary.hpp"
#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::chance {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double z99 = 2.3263478740408408;

// A polynomial of degree 7, highest coefficient first, by Estrin's scheme: its halves do not wait
// for each other.
constexpr double polynomial(std::array<double, 8> const& c, double x) {
    double const x2 = x * x;
    double const upper = (c[0] * x + c[1]) * x2 + (c[2] * x + c[3]);
    double const lower = (c[4] * x + c[5]) * x2 + (c[6] * x + c[7]);
    return upper * (x2 * x2) + lower;
}

// Box-Muller keeps both numbers of one generator call.
double standardNormal(Draw& draw) {
    double const radius = std::sqrt(-2.0 * logarithm(draw.uniform()));
    return radius * cosineOfTurn(draw.uniform());
}

// Marsaglia and Tsang, "A simple method for generating gamma variables", 2000. Scale 1.
double standardGamma(double shape, Draw& draw) {
    if (shape < 1) {
        double const boost = power(draw.uniform(), 1 / shape);
        return boost * standardGamma(shape + 1, draw);
    }
    double const d = shape - 1.0 / 3;
    double const c = 1 / std::sqrt(9 * d);
    for (int tries = 0; tries < 1000; ++tries) {
        double const x = standardNormal(draw);
        double v = 1 + c * x;
        if (v <= 0)
            continue;
        v = v * v * v;
        if (logarithm(draw.uniform()) < 0.5 * x * x + d - d * v + d * logarithm(v))
            return d * v;
    }
    return shape;
}

double sampleNormal(Normal const& n, Draw& draw) {
    for (int tries = 0; tries < 1000; ++tries) {
        double const x = n.mean + n.deviation * standardNormal(draw);
        if (x >= 0)
            return x;
    }
    return std::max(0.0, n.mean);
}

double sampleHyper(Hyperexponential const& h, Draw& draw) {
    double const u = draw.uniform();
    double sum = 0;
    for (auto const& branch : h.branches) {
        sum += branch.share;
        if (u < sum || &branch == &h.branches.back())
            return -branch.mean * logarithm(draw.uniform());
    }
    return 0;
}

double sampleEmpirical(Empirical const& e, Draw& draw) {
    if (!e.values || e.values->empty())
        return 0;
    auto const n = e.values->size();
    auto const index = static_cast<std::size_t>(draw.uniform() * static_cast<double>(n));
    return (*e.values)[std::min(index, n - 1)];
}

double normalDensity(double x) {
    constexpr double oneOverRootOfTwoPi = 0.39894228040143267794;
    return oneOverRootOfTwoPi * exponential(-x * x / 2);
}

// Source: G. Marsaglia, "Evaluating the normal distribution", 2004.
double normalDistribution(double x) {
    if (x < -8 || x > 8)
        return x < 0 ? 0 : 1;
    double term = x;
    double sum = x;
    for (int i = 3; sum + term != sum; i += 2) {
        term *= x * x / i;
        sum += term;
    }
    return 0.5 + sum * normalDensity(x);
}

// A normal law that is drawn again while negative is the part of it above 0.
struct CutNormal {
    explicit CutNormal(Normal const& n)
        : from(n.deviation > 0 ? -n.mean / n.deviation : -8), kept(1 - normalDistribution(from)),
          lift(normalDensity(from) / kept) {}
    double from; // 0 as a standard normal number
    double kept; // share of the law above it
    double lift; // of the mean, in deviations
};

double bisect(auto const& distributionFunction, double q, double upper) {
    double low = 0;
    while (distributionFunction(upper) < q && upper < 1e12)
        upper *= 2;
    for (int i = 0; i < 200; ++i) {
        double const middle = (low + upper) / 2;
        (distributionFunction(middle) < q ? low : upper) = middle;
    }
    return (low + upper) / 2;
}

double secondMoment(Empirical const& e) {
    double sum = 0;
    for (double const v : *e.values)
        sum += v * v;
    return sum / static_cast<double>(e.values->size());
}

} // namespace

double normalQuantile(double p) {
    double const q = p - 0.5;
    if (std::fabs(q) <= 0.425) {
        double const r = 0.180625 - q * q;
        return q
               * polynomial({2509.0809287301226727, 33430.575583588128105, 67265.770927008700853,
                             45921.953931549871457, 13731.693765509461125, 1971.5909503065514427,
                             133.14166789178437745, 3.387132872796366608},
                            r)
               / polynomial({5226.495278852545925, 28729.085735721942674, 39307.89580009271061,
                             21213.794301586595867, 5394.1960214247511077, 687.1870074920579083,
                             42.313330701600911252, 1.0},
                            r);
    }
    double r = std::sqrt(-logarithm(q < 0 ? p : 1 - p));
    double value = 0;
    if (r <= 5) {
        r -= 1.6;
        value =
            polynomial({7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
                        1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055,
                        4.6303378461565452959, 1.42343711074968357734},
                       r)
            / polynomial({1.05075007164441684324e-9, 5.475938084995344946e-4,
                          0.0151986665636164571966, 0.14810397642748007459, 0.68976733498510000455,
                          1.6763848301838038494, 2.05319162663775882187, 1.0},
                         r);
    } else {
        r -= 5;
        value =
            polynomial({2.01033439929228813265e-7, 2.71155556874348757815e-5,
                        0.0012426609473880784386, 0.026532189526576123093, 0.29656057182850489123,
                        1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772},
                       r)
            / polynomial({2.04426310338993978564e-15, 1.4215117583164458887e-7,
                          1.8463183175100546818e-5, 7.868691311456132591e-4,
                          0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769,
                          1.0},
                         r);
    }
    return q < 0 ? -value : value;
}

Lognormal lognormalFromP99(double median, double p99) {
    return Lognormal{median, logarithm(p99 / median) / z99};
}

double sample(Law const& law, Draw& draw) {
    return std::visit(
        Overloaded{
            [](Constant const& c) { return c.value; },
            [&](Exponential const& e) { return -e.mean * logarithm(draw.uniform()); },
            [&](Uniform const& u) { return u.low + (u.high - u.low) * draw.uniform(); },
            [&](Normal const& n) { return sampleNormal(n, draw); },
            [&](Lognormal const& l) {
                return l.median * exponential(l.sigma * normalQuantile(draw.uniform()));
            },
            [&](Gamma const& g) {
                if (g.cv <= 0)
                    return g.mean;
                double const shape = 1 / (g.cv * g.cv);
                return g.mean / shape * standardGamma(shape, draw);
            },
            [&](Weibull const& w) {
                return w.scale * power(-logarithm(draw.uniform()), 1 / w.shape);
            },
            [&](Pareto const& p) { return p.minimum * power(draw.uniform(), -1 / p.shape); },
            [&](Hyperexponential const& h) { return sampleHyper(h, draw); },
            [&](Empirical const& e) { return sampleEmpirical(e, draw); },
        },
        law);
}

bool Distribution::isZero() const {
    auto const* c = std::get_if<Constant>(&law_);
    return c != nullptr && c->value == 0;
}

double Distribution::mean() const {
    return std::visit(
        Overloaded{
            [](Constant const& c) { return c.value; },
            [](Exponential const& e) { return e.mean; },
            [](Uniform const& u) { return (u.low + u.high) / 2; },
            [](Normal const& n) { return n.mean + n.deviation * CutNormal(n).lift; },
            [](Lognormal const& l) { return l.median * exponential(l.sigma * l.sigma / 2); },
            [](Gamma const& g) { return g.mean; },
            [](Weibull const& w) { return w.scale * gammaFunction(1 + 1 / w.shape); },
            [](Pareto const& p) {
                return p.shape > 1 ? p.minimum * p.shape / (p.shape - 1) : infinity;
            },
            [](Hyperexponential const& h) {
                double sum = 0;
                for (auto const& b : h.branches)
                    sum += b.share * b.mean;
                return sum;
            },
            [](Empirical const& e) {
                if (!e.values || e.values->empty())
                    return 0.0;
                double sum = 0;
                for (double const v : *e.values)
                    sum += v;
                return sum / static_cast<double>(e.values->size());
            },
        },
        law_);
}

double Distribution::squaredVariation() const {
    double const m = mean();
    return std::visit(
        Overloaded{
            [](Constant const&) { return 0.0; },
            [](Exponential const&) { return 1.0; },
            [&](Uniform const& u) {
                return m == 0 ? 0.0 : (u.high - u.low) * (u.high - u.low) / 12 / (m * m);
            },
            [&](Normal const& n) {
                CutNormal const cut(n);
                double const part = 1 + cut.from * cut.lift - cut.lift * cut.lift;
                return m == 0 ? 0.0 : n.deviation * n.deviation * part / (m * m);
            },
            [](Lognormal const& l) { return exponential(l.sigma * l.sigma) - 1; },
            [](Gamma const& g) { return g.cv * g.cv; },
            [](Weibull const& w) {
                double const g1 = gammaFunction(1 + 1 / w.shape);
                return gammaFunction(1 + 2 / w.shape) / (g1 * g1) - 1;
            },
            [](Pareto const& p) { return p.shape > 2 ? 1 / (p.shape * (p.shape - 2)) : infinity; },
            [&](Hyperexponential const& h) {
                double second = 0;
                for (auto const& b : h.branches)
                    second += 2 * b.share * b.mean * b.mean;
                return m == 0 ? 0.0 : second / (m * m) - 1;
            },
            [&](Empirical const& e) {
                return !e.values || e.values->empty() || m == 0 ? 0.0
                                                                : secondMoment(e) / (m * m) - 1;
            },
        },
        law_);
}

double Distribution::quantile(double q) const {
    return std::visit(
        Overloaded{
            [](Constant const& c) { return c.value; },
            [&](Exponential const& e) { return -e.mean * logarithm(1 - q); },
            [&](Uniform const& u) { return u.low + (u.high - u.low) * q; },
            [&](Normal const& n) {
                double const above = CutNormal(n).kept * (1 - q);
                return std::max(0.0, n.mean + n.deviation * normalQuantile(1 - above));
            },
            [&](Lognormal const& l) { return l.median * exponential(l.sigma * normalQuantile(q)); },
            [&](Gamma const& g) {
                if (g.cv <= 0)
                    return g.mean;
                double const k = 9 / (g.cv * g.cv);
                double const t = 1 - 1 / k + normalQuantile(q) / std::sqrt(k);
                return std::max(0.0, g.mean * t * t * t);
            },
            [&](Weibull const& w) { return w.scale * power(-logarithm(1 - q), 1 / w.shape); },
            [&](Pareto const& p) { return p.minimum * power(1 - q, -1 / p.shape); },
            [&](Hyperexponential const& h) {
                auto const function = [&](double t) {
                    double sum = 0;
                    for (auto const& b : h.branches)
                        sum += b.share * (b.mean == 0 ? 1.0 : 1 - exponential(-t / b.mean));
                    return sum;
                };
                return bisect(function, q, std::max(1e-9, mean()));
            },
            [&](Empirical const& e) {
                if (!e.values || e.values->empty())
                    return 0.0;
                auto sorted = *e.values;
                std::sort(sorted.begin(), sorted.end());
                auto const i = static_cast<std::size_t>(q * static_cast<double>(sorted.size()));
                return sorted[std::min(i, sorted.size() - 1)];
            },
        },
        law_);
}

} // namespace shakedown::chance
