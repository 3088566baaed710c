#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reports/verdict/judgement.hpp"

/// A small scenario and what a run of it measured, put together by hand: visitors -> site -> autos,
/// three minutes with 20 s of warm-up, autos slow from 60 s to 120 s.
namespace shakedown::tests {

inline model::Scenario shopScenario() {
    model::Scenario s;
    s.name = "shop";
    s.file = "shop.yaml";
    s.digest = "00112233445566aa";
    s.run.lasts = Duration::seconds(180);
    s.run.warmup = Duration::seconds(20);
    s.run.seed = 7;
    for (char const* name : {"site", "autos"}) {
        model::Service service;
        service.name = name;
        s.services.push_back(service);
    }
    model::Load load;
    load.name = "visitors";
    s.loads.push_back(load);
    model::Fault fault;
    fault.name = "autos-slow";
    fault.when.at = Duration::seconds(60);
    fault.when.lasts = Duration::seconds(60);
    fault.what = model::Slow{};
    s.faults.push_back(fault);
    return s;
}

inline record::Names shopNames() {
    return {{"visitors"},
            {"site", "autos"},
            {"site/page", "autos/search"},
            {"visitors -> site", "site -> autos"},
            {"autos-slow"},
            {},
            {}};
}

inline model::Subject visitors() {
    return {model::SubjectKind::Load, "visitors"};
}
inline model::Subject site() {
    return {model::SubjectKind::Service, "site"};
}
inline model::Subject autosCall() {
    return {model::SubjectKind::Call, "site -> autos"};
}

inline void expect(model::Scenario& scenario, model::Metric metric, model::Subject subject,
                   model::Comparison comparison, double value, model::ValueUnit unit,
                   model::Window window = model::WholeRun{}) {
    model::Condition condition;
    condition.text = "expectation " + std::to_string(scenario.expect.size() + 1);
    condition.what = model::MetricCondition{metric, std::move(subject), comparison, value,
                                            unit,   std::move(window)};
    scenario.expect.push_back(std::move(condition));
}

inline void expectRecovery(model::Scenario& scenario, model::Subject subject, Duration within) {
    model::Condition condition;
    condition.text = "recovers(" + subject.name + ") within ... of autos-slow";
    condition.what = model::RecoveryCondition{std::move(subject), within, "autos-slow"};
    scenario.expect.push_back(std::move(condition));
}

/// `count` requests offered and ended as `outcome`, each after `took`.
inline void happen(measure::OutcomeTally& tally, int count, measure::Outcome outcome,
                   Duration took = Duration::milliseconds(10)) {
    for (int i = 0; i < count; ++i) {
        ++tally.offered;
        tally.end(outcome, took, true);
    }
}

/// Seconds in which 100 requests each arrive and go well in 10 ms.
inline std::vector<measure::SecondTally> healthySeconds(std::size_t count) {
    return std::vector<measure::SecondTally>(
        count, measure::SecondTally{100, 100, Duration::milliseconds(10)});
}

/// Windows of their right length, everything empty, every second healthy.
inline verdict::Evidence shopEvidence(verdict::Demand const& demand) {
    verdict::Evidence e;
    e.seed = 7;
    e.ended = SimTime::at(Duration::seconds(180));
    e.events = 1000;
    e.digest = 42;
    auto const windows = demand.windows.size();
    e.loads = {verdict::SubjectEvidence{std::vector<measure::OutcomeTally>(windows)}};
    e.whole = std::vector<measure::OutcomeTally>(1);
    e.liveAtEnd = {0};
    e.batches = {{}};
    e.subjects.assign(demand.outcomes.size(),
                      verdict::SubjectEvidence{std::vector<measure::OutcomeTally>(windows)});
    e.seconds.assign(demand.seconds.size(), healthySeconds(180));
    e.services = std::vector<measure::ServiceCounters>(2);
    e.calls = std::vector<measure::CallCounters>(2);
    for (auto const& window : demand.windows) {
        auto const at = [](int s) { return SimTime::at(Duration::seconds(s)); };
        verdict::Span span{at(20), at(180)};
        if (std::holds_alternative<model::DuringEvent>(window)) {
            span = {at(60), at(120)};
        } else if (std::holds_alternative<model::AfterEvent>(window)) {
            span = {at(120), at(180)};
        }
        e.windows.push_back({{span}, span.end - span.begin, e.services, e.calls, {}, {}});
    }
    e.eventSpans = {{0, SimTime::at(Duration::seconds(60)), SimTime::at(Duration::seconds(120))}};
    return e;
}

} // namespace shakedown::tests
