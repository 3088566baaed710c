#include "reports/summary/replications_reader.hpp"

#include <limits>

namespace shakedown::summary {

namespace {

// One row of the columns of a load.
LoadReplication replicationIn(Document const& columns, std::size_t row) {
    auto const at = [row](Document const& column) -> Document const& { return column.at(row); };
    LoadReplication r;
    r.goodput = numberOf(at(columns.at("goodput_per_s")), "goodput_per_s");
    Document const& errors = at(columns.at("errors"));
    if (!errors.is_null()) {
        r.ends = LoadReplication::Ends{shareOf(errors, "errors"),
                                       shareOf(at(columns.at("degraded")), "degraded")};
    }
    Document const& latency = columns.at("latency_ms");
    Document const& mean = at(latency.at("mean"));
    if (!mean.is_null()) {
        r.answers = LoadReplication::Answers{
            latencyOf(mean, "mean"), latencyOf(at(latency.at("p50")), "p50"),
            latencyOf(at(latency.at("p95")), "p95"), latencyOf(at(latency.at("p99")), "p99")};
    }
    return r;
}

} // namespace

void readReplications(Document const& columns, Summary& into) {
    Document const& seeds = columns.at("seed");
    Document const& numbers = columns.at("replication");
    mustBe(seeds.is_array() && numbers.is_array() && seeds.size() == numbers.size(),
           "per_replication has not as many seeds as numbers");
    for (std::size_t i = 0; i < seeds.size(); ++i) {
        mustBe(seeds[i].is_number_unsigned() && numbers[i].is_number_unsigned()
                   && numbers[i] <= std::numeric_limits<std::uint32_t>::max(),
               "per_replication has a seed or a number that is not whole");
        into.kept.push_back({seeds[i].get<std::uint64_t>(), numbers[i].get<std::uint32_t>()});
    }
    for (LoadSummary& load : into.loads) {
        Document const& of = columns.at("loads").at(load.name);
        for (std::size_t r = 0; r < into.kept.size(); ++r) {
            load.replications.push_back(replicationIn(of, r));
        }
    }
}

} // namespace shakedown::summary
