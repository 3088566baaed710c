#pragma once

#include <functional>
#include <string>
#include <vector>

#include "reports/summary/comparison.hpp"

/// Runs to compare, put together by hand.
namespace shakedown::tests {

inline summary::LoadReplication replication(double goodput, double errors, Duration latency) {
    summary::LoadReplication r;
    r.goodput = goodput;
    r.ends = summary::LoadReplication::Ends{errors, 0};
    r.answers = summary::LoadReplication::Answers{latency, latency, latency, latency};
    return r;
}

/// A healthy replication that is a little its own: 100/s, no errors, 20 ms, each 0.1 % more than
/// the one before.
inline summary::LoadReplication usual(std::size_t r) {
    double const own = 1 + static_cast<double>(r) * 1e-3;
    return replication(100 * own, 0, Duration::fromSeconds(0.02 * own));
}

/// A run with one load and the seeds from `firstSeed` on.
inline summary::PastRun runOf(std::vector<summary::LoadReplication> replications,
                              std::uint64_t firstSeed = 1, std::string const& load = "visitors") {
    summary::PastRun run;
    run.scenario = "shop";
    run.file = "shop.yaml";
    run.replications = replications.size();
    for (std::size_t r = 0; r < replications.size(); ++r) {
        run.kept.push_back({firstSeed + r, 0});
    }
    auto const whole = replications.empty() ? summary::LoadReplication() : replications.front();
    run.loads.push_back({load, std::move(replications), whole, {}});
    return run;
}

/// So many usual replications, each changed a little.
inline summary::PastRun
usualRun(std::size_t count, std::uint64_t firstSeed = 1,
         std::function<void(summary::LoadReplication&)> const& change = nullptr) {
    std::vector<summary::LoadReplication> replications;
    for (std::size_t r = 0; r < count; ++r) {
        replications.push_back(usual(r));
        if (change) {
            change(replications.back());
        }
    }
    return runOf(std::move(replications), firstSeed);
}

/// The number of the first load by its name; a default one that no test expects if it is not there.
inline summary::Difference numberOf(summary::Comparison const& comparison,
                                    std::string const& metric) {
    for (auto const& d : comparison.loads.at(0).differences) {
        if (d.metric == metric) {
            return d;
        }
    }
    return {};
}

} // namespace shakedown::tests
