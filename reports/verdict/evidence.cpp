#include "reports/verdict/evidence.hpp"

#include <algorithm>

namespace shakedown::verdict {

namespace {

using model::Metric;
using model::SubjectKind;

template <class T>
void addOnce(std::vector<T>& list, T const& item) {
    if (std::find(list.begin(), list.end(), item) == list.end()) {
        list.push_back(item);
    }
}

bool needsTally(Metric metric) {
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
        return false;
    }
    return false;
}

void addFor(model::MetricCondition const& c, model::Scenario const& scenario, Demand& demand) {
    if (c.metric == Metric::BlastRadius) {
        for (auto const& service : scenario.services) {
            addOnce(demand.seconds, model::Subject{SubjectKind::Service, service.name});
        }
        return;
    }
    addOnce(demand.windows, c.window);
    if (needsTally(c.metric) && c.subject.kind != SubjectKind::Load) {
        addOnce(demand.outcomes, c.subject);
    }
}

// The one that begins first; of those that chance begins, the first written.
model::Fault const* firstFault(model::Scenario const& scenario) {
    model::Fault const* first = nullptr;
    auto const begins = [](model::Fault const& f) {
        return f.when.mtbf ? Duration::none() : f.when.at.value_or(Duration());
    };
    for (auto const& fault : scenario.faults) {
        if (first == nullptr || begins(fault) < begins(*first)) {
            first = &fault;
        }
    }
    return first;
}

} // namespace

Demand demandOf(model::Scenario const& scenario) {
    Demand demand;
    demand.windows.emplace_back(model::WholeRun{});
    for (auto const& condition : scenario.expect) {
        if (auto const* metric = std::get_if<model::MetricCondition>(&condition.what)) {
            addFor(*metric, scenario, demand);
        } else {
            addOnce(demand.seconds, std::get<model::RecoveryCondition>(condition.what).subject);
        }
    }
    if (auto const* fault = firstFault(scenario);
        fault != nullptr && demand.windows.size() + 3 <= mostWindows) {
        addOnce(demand.windows, model::Window{model::BeforeEvent{fault->name}});
        addOnce(demand.windows, model::Window{model::DuringEvent{fault->name}});
        addOnce(demand.windows, model::Window{model::AfterEvent{fault->name}});
    }
    return demand;
}

} // namespace shakedown::verdict
