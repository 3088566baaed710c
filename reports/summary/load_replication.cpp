#include "reports/summary/load_replication.hpp"

#include <algorithm>

namespace shakedown::summary {

LoadReplication loadReplication(measure::OutcomeTally const& tally, double seconds) {
    using measure::Outcome;
    LoadReplication r;
    r.goodput = seconds > 0 ? static_cast<double>(tally.good) / seconds : 0;
    if (tally.ended() > 0) {
        auto const shareOf = [ended = static_cast<double>(tally.ended())](std::uint64_t part) {
            return static_cast<double>(part) / ended;
        };
        r.ends = {shareOf(tally.of(Outcome::Failed) + tally.of(Outcome::Rejected)
                          + tally.of(Outcome::TimedOut)),
                  shareOf(tally.of(Outcome::Degraded))};
    }
    if (!tally.latency.empty()) {
        auto const& h = tally.latency;
        r.answers = {h.mean(), h.quantile(0.5), h.quantile(0.95), h.quantile(0.99)};
    }
    return r;
}

std::size_t keptReplications(std::size_t replications, std::size_t loads) {
    std::size_t const each = std::max<std::size_t>(1, loads * figuresOfReplication);
    return std::min(replications, keptFigures / each);
}

} // namespace shakedown::summary
