#include "chaos-agent/conduct/live_judgement.hpp"

namespace shakedown::conduct {

namespace {

bool isSeenFromOutside(model::Metric metric) {
    using model::Metric;
    switch (metric) {
    case Metric::P50:
    case Metric::P90:
    case Metric::P95:
    case Metric::P99:
    case Metric::P999:
    case Metric::Mean:
    case Metric::Max:
    case Metric::Throughput:
    case Metric::Goodput:
    case Metric::Errors:
    case Metric::Degraded:
    case Metric::Rejected:
    case Metric::Timeouts:
    case Metric::Availability:
        return true;
    case Metric::Queue:
    case Metric::Utilisation:
    case Metric::Amplification:
    case Metric::Open:
    case Metric::Lag:
    case Metric::BlastRadius:
        break;
    }
    return false;
}

} // namespace

bool isMeasured(model::Condition const& condition, Roster const& roster) {
    if (auto const* recovery = std::get_if<model::RecoveryCondition>(&condition.what))
        return !witnessesOf(recovery->subject, roster).empty();
    auto const& metric = std::get<model::MetricCondition>(condition.what);
    return isSeenFromOutside(metric.metric) && !witnessesOf(metric.subject, roster).empty();
}

std::vector<verdict::Judgement> judgeLive(model::Scenario const& scenario, Roster const& roster,
                                          verdict::Demand const& demand,
                                          verdict::Evidence const& evidence) {
    auto judgements = verdict::evaluate(scenario, roster.names, demand, {evidence});
    for (std::size_t i = 0; i < judgements.size(); ++i) {
        if (isMeasured(scenario.expect[i], roster))
            continue;
        judgements[i].held = verdict::Held::Unknown;
        judgements[i].value = {};
        judgements[i].interval = {};
        judgements[i].note = "not measured in a live run: it sees what its own requests see";
    }
    return judgements;
}

} // namespace shakedown::conduct
