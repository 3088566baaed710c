#include "reports/verdict/recovery.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "reports/verdict/comparison.hpp"
#include "reports/verdict/steadiness.hpp"

namespace shakedown::verdict {

namespace {

Seconds const* findSeconds(Evidence const& evidence, Demand const& demand,
                           model::Subject const& subject) {
    auto const found = std::find(demand.seconds.begin(), demand.seconds.end(), subject);
    auto const i = static_cast<std::size_t>(found - demand.seconds.begin());
    return i < evidence.seconds.size() ? &evidence.seconds[i] : nullptr;
}

std::vector<EventSpan> occurrencesOf(std::string const& event, record::Names const& names,
                                     Evidence const& evidence) {
    std::vector<EventSpan> found;
    for (EventSpan const& span : evidence.eventSpans) {
        if (span.event < names.events.size() && names.events[span.event] == event) {
            found.push_back(span);
        }
    }
    return found;
}

bool isEndless(EventSpan const& span) {
    return span.end == SimTime::never();
}

struct Recoveries {
    std::optional<Duration> slowest;
    int seen = 0;
    int missed = 0;
    int withoutBaseline = 0;
    int endless = 0;
    bool measured = true;
};

void addRecoveries(model::RecoveryCondition const& condition, SimTime warmupEnd,
                   record::Names const& names, Demand const& demand, Evidence const& evidence,
                   Recoveries& all) {
    Seconds const* seconds = findSeconds(evidence, demand, condition.subject);
    if (seconds == nullptr) {
        all.measured = false;
        return;
    }
    for (EventSpan const& span : occurrencesOf(condition.event, names, evidence)) {
        ++all.seen;
        auto const baseline = baselineBefore(*seconds, warmupEnd, span.begin);
        if (!baseline) {
            ++all.withoutBaseline;
            continue;
        }
        all.endless += isEndless(span) ? 1 : 0;
        SimTime const from = isEndless(span) ? span.begin : span.end;
        auto const after = recoveryAfter(*seconds, *baseline, from, evidence.ended);
        if (!after) {
            ++all.missed;
        } else {
            all.slowest = std::max(all.slowest.value_or(*after), *after);
        }
    }
}

// From the fault's begin to the next fault that begins after its end, or the end of the run.
SimTime reachOf(EventSpan const& span, record::Names const& names, model::Scenario const& scenario,
                Evidence const& evidence) {
    SimTime reach = evidence.ended;
    for (EventSpan const& other : evidence.eventSpans) {
        bool const isFault =
            other.event < names.events.size()
            && std::any_of(scenario.faults.begin(), scenario.faults.end(),
                           [&](auto const& f) { return f.name == names.events[other.event]; });
        if (isFault && !isEndless(span) && other.begin >= span.end && other.begin > span.begin) {
            reach = std::min(reach, other.begin);
        }
    }
    return reach;
}

} // namespace

void judgeMean(std::vector<double> const& values, Judgement& judgement) {
    double const sum = std::accumulate(values.begin(), values.end(), 0.0);
    judgement.value = sum / static_cast<double>(values.size());
    judgement.interval = measure::meanInterval(values, 0.95);
    judgement.held =
        holds(*judgement.value, judgement.comparison, judgement.limit) ? Held::Yes : Held::No;
}

void judgeRecovery(model::RecoveryCondition const& condition, model::Scenario const& scenario,
                   record::Names const& names, Demand const& demand,
                   std::vector<Evidence> const& replications, Judgement& judgement) {
    Recoveries all;
    SimTime const warmupEnd = SimTime::at(scenario.run.warmup);
    for (Evidence const& evidence : replications) {
        addRecoveries(condition, warmupEnd, names, demand, evidence, all);
    }
    if (!all.measured) {
        judgement.note = "not measured in this run";
    } else if (all.seen == 0) {
        judgement.note = condition.event + " did not happen";
    } else if (all.missed > 0) {
        judgement.held = Held::No;
        judgement.note = "no ten steady seconds before the run ended";
        if (all.seen > 1) {
            judgement.note += " (" + std::to_string(all.missed) + " of " + std::to_string(all.seen)
                              + " occurrences)";
        }
    } else if (all.withoutBaseline > 0) {
        judgement.note =
            "no baseline: nothing went well between the warm-up and " + condition.event;
    } else {
        judgement.value = all.slowest->inSeconds();
        judgement.held = *all.slowest <= condition.within ? Held::Yes : Held::No;
        if (all.endless > 0) {
            judgement.note = "counted from its begin: " + condition.event + " never ended";
        } else if (all.seen > 1) {
            judgement.note = "slowest of " + std::to_string(all.seen) + " occurrences";
        }
    }
}

void judgeBlastRadius(model::MetricCondition const& condition, model::Scenario const& scenario,
                      record::Names const& names, Demand const& demand,
                      std::vector<Evidence> const& replications, Judgement& judgement) {
    SimTime const warmupEnd = SimTime::at(scenario.run.warmup);
    std::vector<double> values;
    std::set<std::string> hit;
    bool baselines = false;
    bool happened = false;
    for (Evidence const& evidence : replications) {
        auto const spans = occurrencesOf(condition.subject.name, names, evidence);
        happened = happened || !spans.empty();
        std::size_t count = 0;
        for (auto const& service : scenario.services) {
            Seconds const* seconds = findSeconds(
                evidence, demand, model::Subject{model::SubjectKind::Service, service.name});
            bool outside = false;
            for (EventSpan const& span : spans) {
                auto const baseline = seconds == nullptr
                                          ? std::nullopt
                                          : baselineBefore(*seconds, warmupEnd, span.begin);
                baselines = baselines || baseline.has_value();
                outside = outside
                          || (baseline
                              && leftSteadyState(*seconds, *baseline, span.begin,
                                                 reachOf(span, names, scenario, evidence)));
            }
            if (outside) {
                ++count;
                hit.insert(service.name);
            }
        }
        if (!spans.empty()) {
            bool const asShare = condition.unit == model::ValueUnit::Share;
            auto const services = static_cast<double>(scenario.services.size());
            values.push_back(asShare ? static_cast<double>(count) / services
                                     : static_cast<double>(count));
        }
    }
    if (!happened) {
        judgement.note = condition.subject.name + " did not happen";
    } else if (!baselines) {
        judgement.note =
            "no baseline: nothing went well between the warm-up and " + condition.subject.name;
    } else {
        judgeMean(values, judgement);
        for (std::string const& name : hit) {
            judgement.note += (judgement.note.empty() ? "" : ", ") + name;
        }
    }
}

} // namespace shakedown::verdict
