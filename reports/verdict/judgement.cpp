#include "reports/verdict/judgement.hpp"

#include <algorithm>

#include "reports/verdict/comparison.hpp"
#include "reports/verdict/metric_value.hpp"
#include "reports/verdict/recovery.hpp"

namespace shakedown::verdict {

namespace {

using model::Metric;

bool usesTally(Metric metric) {
    return metric != Metric::Queue && metric != Metric::Utilisation
           && metric != Metric::Amplification && metric != Metric::Open && metric != Metric::Lag;
}

std::string whyNeverOpen(model::Window const& window) {
    if (auto const* during = std::get_if<model::DuringEvent>(&window)) {
        return during->name + " did not happen";
    }
    if (auto const* after = std::get_if<model::AfterEvent>(&window)) {
        return "there was no time after " + after->name;
    }
    return std::holds_alternative<model::WholeRun>(window) ? "the run ended within its warm-up"
                                                           : "the run ended before this window";
}

std::string whyNoValue(Metric metric, model::Subject const& subject) {
    switch (metric) {
    case Metric::Amplification:
        return "nothing called " + subject.name + " in this window";
    case Metric::Open:
        return subject.name + " has no circuit breaker in this window";
    case Metric::Utilisation:
        return subject.name + " had no worker in this window";
    case Metric::Goodput:
        return "no request of " + subject.name + " arrived in this window";
    case Metric::Mean:
        return "no request of " + subject.name + " was answered in this window";
    default:
        return "no request of " + subject.name + " ended in this window";
    }
}

// Everything that judging one metric looks at.
struct Case {
    model::MetricCondition const& condition;
    record::Names const& names;
    Demand const& demand;
    std::vector<Evidence> const& replications;
    std::size_t window;

    // Replications in which the window opened at all.
    std::vector<Evidence const*> open() const {
        std::vector<Evidence const*> list;
        for (Evidence const& e : replications) {
            if (window < e.windows.size() && e.windows[window].length > Duration()) {
                list.push_back(&e);
            }
        }
        return list;
    }
    measure::OutcomeTally const* tally(Evidence const& e) const {
        return findTally(e, names, demand, condition.subject, window);
    }
};

void judgeQuantile(Case const& c, std::vector<Evidence const*> const& open, Judgement& judgement) {
    measure::Histogram all;
    for (Evidence const* e : open) {
        all.merge(c.tally(*e)->latency);
    }
    if (all.empty()) {
        judgement.held = Held::No;
        judgement.note = whyNoValue(Metric::Mean, c.condition.subject);
        return;
    }
    judgement.value = all.quantile(quantileOf(c.condition.metric)).inSeconds();
    judgement.held =
        holds(*judgement.value, judgement.comparison, judgement.limit) ? Held::Yes : Held::No;
}

std::vector<double> valuesOf(Case const& c, std::vector<Evidence const*> const& open) {
    std::vector<double> values;
    for (Evidence const* e : open) {
        auto const& window = e->windows[c.window];
        auto const value =
            usesTally(c.condition.metric)
                ? valueOf(c.condition.metric, c.condition.unit, *c.tally(*e), window.length)
                : valueOf(c.condition.metric, c.condition.subject, c.names, window);
        if (value) {
            values.push_back(*value);
        }
    }
    return values;
}

void judgeMetric(Case const& c, Judgement& judgement) {
    Metric const metric = c.condition.metric;
    auto const open = c.open();
    if (metric == Metric::Lag) {
        judgement.note = "lag is not measured";
        return;
    }
    if (open.empty()) {
        judgement.note = whyNeverOpen(c.condition.window);
        return;
    }
    bool const measured = !usesTally(metric) || std::all_of(open.begin(), open.end(), [&](auto* e) {
        return c.tally(*e) != nullptr;
    });
    if (!measured) {
        judgement.note = c.condition.subject.name + " is not measured in this run";
        return;
    }
    if (isQuantile(metric)) {
        judgeQuantile(c, open, judgement);
        return;
    }
    auto const values = valuesOf(c, open);
    if (values.empty()) {
        // A breaker that is not there was never open; what no request met is not shown to hold.
        judgement.held = metric == Metric::Open ? Held::Unknown : Held::No;
        judgement.note = whyNoValue(metric, c.condition.subject);
        return;
    }
    judgeMean(values, judgement);
}

Judgement judge(model::Condition const& condition, model::Scenario const& scenario,
                record::Names const& names, Demand const& demand,
                std::vector<Evidence> const& replications) {
    Judgement judgement;
    judgement.text = condition.text;
    judgement.place = condition.place;
    if (auto const* recovery = std::get_if<model::RecoveryCondition>(&condition.what)) {
        judgement.comparison = model::Comparison::LessOrEqual;
        judgement.limit = recovery->within.inSeconds();
        judgeRecovery(*recovery, scenario, names, demand, replications, judgement);
        return judgement;
    }
    auto const& metric = std::get<model::MetricCondition>(condition.what);
    judgement.comparison = metric.comparison;
    judgement.limit = metric.value;
    judgement.unit = metric.unit;
    if (metric.metric == Metric::BlastRadius) {
        judgeBlastRadius(metric, scenario, names, demand, replications, judgement);
        return judgement;
    }
    auto const found = std::find(demand.windows.begin(), demand.windows.end(), metric.window);
    judgeMetric({metric, names, demand, replications,
                 static_cast<std::size_t>(found - demand.windows.begin())},
                judgement);
    return judgement;
}

} // namespace

char const* signOf(model::Comparison comparison) {
    switch (comparison) {
    case model::Comparison::Less:
        return "<";
    case model::Comparison::LessOrEqual:
        return "<=";
    case model::Comparison::Greater:
        return ">";
    case model::Comparison::GreaterOrEqual:
        return ">=";
    }
    return "";
}

std::vector<Judgement> evaluate(model::Scenario const& scenario, record::Names const& names,
                                Demand const& demand, std::vector<Evidence> const& replications) {
    std::vector<Judgement> judgements;
    judgements.reserve(scenario.expect.size());
    for (model::Condition const& condition : scenario.expect) {
        judgements.push_back(judge(condition, scenario, names, demand, replications));
    }
    return judgements;
}

} // namespace shakedown::verdict
