#include "tests/laws/law.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace shakedown::laws {

std::string scenarioOf(Law const& law, double requests, std::uint64_t seed) {
    double const warmup = std::max(law.warmup, requests / law.rate / 20);
    double const seconds = requests / law.rate + warmup;
    return fmt::format("shakedown: 1\nrun: {{ for: {:.6f}s, warmup: {:.6f}s, seed: {} }}\n{}",
                       seconds, warmup, seed, law.body);
}

std::vector<Law> everyLaw() {
    std::vector<Law> all = stations();
    for (auto const& more : {networks(), retriesAndFans()}) {
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

double meanSojourn(summary::Summary const& summary) {
    return summary.loads.front().latency.mean.inSeconds();
}

// By Little's law from the queue, whose mean varies less than that of the latencies.
double meanWait(summary::Summary const& summary) {
    return summary.services.front().queueMean / summary.loads.front().throughput;
}

double blockedShare(summary::Summary const& summary) {
    auto const& load = summary.loads.front();
    return static_cast<double>(load.rejected) / static_cast<double>(load.offered);
}

} // namespace shakedown::laws
