#include "reports/formats/load_latency.hpp"

#include <algorithm>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::formats {

std::vector<LoadLatency> latenciesOf(record::Names const& names,
                                     std::vector<verdict::Evidence> const& replications) {
    require(!replications.empty(), "a run has a replication");
    constexpr std::size_t wholeRun = 0; // of Demand::windows
    SimTime begin = SimTime::never();
    SimTime end;
    for (auto const& evidence : replications) {
        for (auto const& span : evidence.windows.at(wholeRun).spans) {
            begin = std::min(begin, span.begin);
            end = std::max(end, span.end);
        }
    }
    begin = std::min(begin, end);
    std::vector<LoadLatency> latencies;
    for (std::size_t i = 0; i < names.loads.size(); ++i) {
        LoadLatency latency{names.loads[i], {}, begin, end};
        for (auto const& evidence : replications) {
            latency.histogram.merge(evidence.loads.at(i).windows.at(wholeRun).latency);
        }
        latencies.push_back(std::move(latency));
    }
    return latencies;
}

} // namespace shakedown::formats
