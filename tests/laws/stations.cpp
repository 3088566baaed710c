// One station: M/M/1, M/M/c, Erlang B, M/M/c/K, M/G/1, processor sharing; mean service 1 s.
#include <cmath>

#include <fmt/format.h>

#include "tests/laws/law.hpp"

namespace shakedown::laws {

namespace {

std::string station(std::string const& service, double rate,
                    std::string const& work = "exponential(1s)") {
    return fmt::format("services:\n  q: {{ {}, endpoints: {{ a: [ work: \"{}\" ] }} }}\n"
                       "load:\n  l: {{ to: q/a, rate: {}/s }}\n",
                       service, work, rate);
}

Law mm1(double rho, double mean, double p50, double p95, double p99) {
    double const precision = rho > 0.9 ? 0.02 : 0.01;
    auto const quantile = [](Duration summary::Latency::*which) {
        return [which](summary::Summary const& s) {
            return (s.loads.front().latency.*which).inSeconds();
        };
    };
    double const longRun = (rho > 0.9 ? 220'000 : 60'000) / std::pow(1 - rho, 1.45);
    return {fmt::format("M/M/1 at {}", rho),
            rho,
            std::min(longRun * 4, 12e6),
            longRun,
            station("workers: 1", rho),
            {{"mean sojourn", mean, meanSojourn, precision},
             {"p50", p50, quantile(&summary::Latency::p50), precision},
             {"p95", p95, quantile(&summary::Latency::p95), precision},
             {"p99", p99, quantile(&summary::Latency::p99), 0.02}}};
}

Law mmc(int c, double rho, double waits, double wait) {
    double const precision = rho >= 0.95 ? 0.02 : 0.01;
    return {fmt::format("M/M/{} at {}", c, rho),
            c * rho,
            2e6,
            c >= 50     ? 13e6
            : rho > 0.8 ? 8e6
                        : 3e6,
            station(fmt::format("workers: {}", c), c * rho),
            {{"P(wait)", waits, [](auto const& s) { return s.services.front().waitProbability; },
              precision},
             {"mean wait", wait, meanWait, precision}}};
}

Law erlangB(int c, double load, double blocked) {
    return {fmt::format("M/M/{}/{} offered {}", c, c, load),
            load,
            2e6,
            3e6,
            station(fmt::format("workers: {}, queue: {{ capacity: 0 }}", c), load),
            {{"blocked", blocked, blockedShare}}};
}

Law mmck(double lambda, int c, int k, double blocked, double inside, double sojourn,
         double throughput) {
    auto const l = [c](summary::Summary const& s) {
        auto const& q = s.services.front();
        return q.queueMean + q.utilisation * c;
    };
    return {fmt::format("M/M/{}/{} offered {}", c, k, lambda),
            lambda,
            1e6,
            2e6,
            station(fmt::format("workers: {}, queue: {{ capacity: {} }}", c, k - c), lambda),
            {{"blocked", blocked, blockedShare},
             {"L", inside, l},
             {"W", sojourn, meanSojourn},
             {"throughput", throughput, [](auto const& s) { return s.loads.front().throughput; }}}};
}

std::string workOf(double cv) {
    return cv == 0   ? "constant(1s)"
           : cv == 1 ? "exponential(1s)"
                     : fmt::format("gamma(mean 1s, cv {})", cv);
}

Law mg1(double rho, double cv, double sojourn) {
    double const spread = (1 + cv * cv) / 2;
    return {fmt::format("M/G/1 at {}, cv^2 {}", rho, cv * cv),
            rho,
            (rho > 0.8 ? 3e6 : 1e6) * std::sqrt(spread),
            (rho > 0.8 ? 2.2e6 : 3e5) * (cv == 4 ? spread / 3 : spread),
            station("workers: 1", rho, workOf(cv)),
            {{"mean sojourn", sojourn, meanSojourn, cv == 4 ? 0.02 : 0.01}}};
}

Law sharing(double cv) {
    constexpr double rho = 0.7;
    return {fmt::format("processor sharing, cv^2 {}", cv * cv),
            rho,
            1e6,
            6e5 * (1 + cv * cv / 4),
            station("workers: 10000, cores: 1", rho, workOf(cv)),
            {{"mean sojourn", 1 / (1 - rho), meanSojourn, cv == 4 ? 0.02 : 0.01}}};
}

// The same on a host of SimGrid's.
Law sharingOnHost(double cv) {
    Law law = sharing(cv);
    law.name += " on a host";
    law.shortRun = 4e5;
    law.longRun /= 2;
    law.body = station("workers: 10000", law.rate, workOf(cv))
               + "platform: { hosts: { h: { cores: 1 } } }\n";
    for (auto& value : law.values)
        value.precision *= 2;
    return law;
}

} // namespace

std::vector<Law> stations() {
    return {mm1(.5, 2.0, 1.3863, 5.9915, 9.2103),
            mm1(.8, 5.0, 3.4657, 14.9787, 23.0259),
            mm1(.9, 10, 6.9315, 29.9573, 46.0517),
            mm1(.95, 20, 13.8629, 59.9146, 92.1034),
            mmc(4, .8, .59643, .74554),
            mmc(10, .8, .40918, .20459),
            mmc(10, .9, .66873, .66873),
            mmc(50, .9, .36386, .07277),
            mmc(100, .95, .50646, .10129),
            erlangB(10, 5, .018385),
            erlangB(10, 10, .214582),
            erlangB(100, 90, .026957),
            mmck(.8, 1, 10, .02349, 2.96631, 3.79710, .78121),
            mmck(1.2, 1, 10, .19259, 6.71071, 6.92614, .96890),
            mmck(2, 1, 10, .50024, 9.00537, 9.00978, .99951),
            mmck(9, 10, 20, .02951, 11.03966, 1.26393, 8.73441),
            mmck(15, 10, 20, .33442, 18.04459, 1.80741, 9.98367),
            mg1(.7, 0, 2.1667),
            mg1(.7, 1, 3.3333),
            mg1(.7, 2, 6.8333),
            mg1(.7, 4, 20.8333),
            mg1(.9, 0, 5.5),
            mg1(.9, 1, 10),
            mg1(.9, 2, 23.5),
            mg1(.9, 4, 77.5),
            sharing(0),
            sharing(1),
            sharing(2),
            sharing(4),
            sharingOnHost(0),
            sharingOnHost(1),
            sharingOnHost(2),
            sharingOnHost(4)};
}

} // namespace shakedown::laws
