#pragma once

#include "reports/summary/summary.hpp"
#include "tests/reports/verdict/shop.hpp"

namespace shakedown::tests {

/// What hostile names are made of.
inline std::string hostile() {
    std::string text = "\x1b[2Jx\"<&>'\xff\xe2\x80\xae";
    text.append("\0\r\n\t,=", 6).append("\xc2\x9b");
    return text;
}

/// A run with one expectation of each verdict, a story and some numbers.
inline summary::Summary shopSummary() {
    auto scenario = shopScenario();
    using model::Comparison;
    expect(scenario, model::Metric::P99, visitors(), Comparison::Less, 0.2,
           model::ValueUnit::Seconds);
    scenario.expect.back().text = "p99(visitors) < 200ms";
    expect(scenario, model::Metric::Errors, visitors(), Comparison::Less, 0.01,
           model::ValueUnit::Share);
    scenario.expect.back().text = "errors(visitors) < 1%";
    expect(scenario, model::Metric::Lag, {model::SubjectKind::Topic, "orders"}, Comparison::Less, 1,
           model::ValueUnit::Seconds);
    scenario.expect.back().text = "lag(orders) < 1s";
    auto const demand = verdict::demandOf(scenario);
    std::vector<verdict::Evidence> replications;
    for (std::uint32_t r = 0; r < 3; ++r) {
        verdict::Evidence e = shopEvidence(demand);
        e.replication = r;
        auto& tally = e.loads[0].windows[0];
        happen(tally, 14'000 + 100 * static_cast<int>(r), measure::Outcome::Ok,
               Duration::milliseconds(50 + r));
        happen(tally, 2'000, measure::Outcome::TimedOut);
        e.windows[0].services[0] = {300, 640, 1600, 0, 16000, 16000, 4000, 3, 2, 15000, 5, 42};
        e.windows[0].calls[1] = {16000, 20000, 4000, 14000, 2000, 0, 0, 0, 0, 4000, 3, 16, 320};
        auto const at = [](int s) { return SimTime::at(Duration::seconds(s)); };
        e.turningPoints = {
            {at(60), record::EventBegan{0}},
            {at(61), record::PressureBegan{1, 0, record::Pressure::QueueFull, record::nobody, 0}},
            {at(62), record::PressureBegan{0, 0, record::Pressure::WorkersBusy, 1, 39}},
            {at(120), record::EventEnded{0}}};
        replications.push_back(std::move(e));
    }
    return summary::summarise(scenario, shopNames(), demand, replications, "ideal");
}

/// The same with hostile names everywhere.
inline summary::Summary hostileSummary() {
    summary::Summary s = shopSummary();
    s.scenario = s.file = s.platform = hostile();
    for (auto& l : s.loads) {
        l.name = hostile();
    }
    for (auto& j : s.expectations) {
        j.text = hostile();
        j.note = hostile();
    }
    for (auto& item : s.cascade) {
        item.subject = item.because = hostile();
    }
    s.contradictions.push_back(hostile());
    return s;
}

} // namespace shakedown::tests
