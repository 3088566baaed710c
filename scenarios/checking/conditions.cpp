#include <algorithm>

#include "scenarios/checking/call_sites.hpp"
#include "scenarios/checking/codes.hpp"
#include "scenarios/checking/known_names.hpp"
#include "scenarios/checking/rules.hpp"
#include "scenarios/model/enum_names.hpp"

namespace shakedown::checking {

using namespace model;

namespace {

std::string_view wordFor(SubjectKind kind) {
    switch (kind) {
    case SubjectKind::Load:
        return "a load";
    case SubjectKind::Service:
        return "a service";
    case SubjectKind::Endpoint:
        return "an endpoint";
    case SubjectKind::Call:
        return "a call";
    case SubjectKind::Topic:
        return "a topic";
    case SubjectKind::Fault:
        break;
    }
    return "a fault";
}

using Kinds = std::vector<SubjectKind>;

// What has this metric.
Kinds kindsWith(Metric metric) {
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
        return {SubjectKind::Load, SubjectKind::Service, SubjectKind::Endpoint, SubjectKind::Call};
    case Metric::Queue:
    case Metric::Utilisation:
        return {SubjectKind::Service};
    case Metric::Amplification:
    case Metric::Open:
        return {SubjectKind::Call, SubjectKind::Service, SubjectKind::Load};
    case Metric::Lag:
        return {SubjectKind::Topic};
    case Metric::BlastRadius:
        return {SubjectKind::Fault};
    }
    return {};
}

class Conditions {
public:
    Conditions(Scenario const& scenario, Report& report)
        : names_(scenario, report), report_(report) {
        for (auto const& site : callSitesOf(scenario)) {
            calls_.push_back(site.caller + " -> " + site.callee.service);
        }
        std::sort(calls_.begin(), calls_.end());
        calls_.erase(std::unique(calls_.begin(), calls_.end()), calls_.end());
    }

    void check(Condition const& condition) const {
        if (auto const* metric = std::get_if<MetricCondition>(&condition.what)) {
            requireKind(metric->subject, kindsWith(metric->metric),
                        std::string(toText(metric->metric)), condition);
            checkWindow(metric->window, condition);
            return;
        }
        auto const& recovery = std::get<RecoveryCondition>(condition.what);
        requireKind(
            recovery.subject,
            {SubjectKind::Load, SubjectKind::Service, SubjectKind::Endpoint, SubjectKind::Call},
            "recovers", condition);
        names_.requireEvent(recovery.event, placeOf(recovery.event, condition));
    }

private:
    // The last mention of a name in the text, where events stand.
    static Place placeOf(std::string const& name, Condition const& condition) {
        Place place = condition.place;
        auto const offset = condition.text.rfind(name);
        bool const isKnown = offset != std::string::npos && place.column > 0;
        place.column += isKnown ? static_cast<int>(offset) : 0;
        return place;
    }

    static Place placeOfSubject(Condition const& condition) {
        Place place = condition.place;
        auto const bracket = condition.text.find('(');
        bool const isKnown = bracket != std::string::npos && place.column > 0;
        place.column += isKnown ? static_cast<int>(bracket) + 1 : 0;
        return place;
    }

    void checkWindow(Window const& window, Condition const& condition) const {
        if (auto const* during = std::get_if<DuringEvent>(&window)) {
            names_.requireEvent(during->name, placeOf(during->name, condition));
        } else if (auto const* after = std::get_if<AfterEvent>(&window)) {
            names_.requireEvent(after->name, placeOf(after->name, condition));
        }
    }

    void requireKind(Subject const& subject, Kinds const& kinds, std::string const& metric,
                     Condition const& condition) const {
        if (std::find(kinds.begin(), kinds.end(), subject.kind) == kinds.end()) {
            std::string allowed;
            for (auto const kind : kinds) {
                allowed += (allowed.empty()        ? ""
                            : kind == kinds.back() ? " or "
                                                   : ", ")
                           + std::string(wordFor(kind));
            }
            report_.add(codes::metricOfSubject, placeOfSubject(condition),
                        "'" + metric + "' is taken of " + allowed + ", but '" + subject.name
                            + "' is " + std::string(wordFor(subject.kind)));
            return;
        }
        if (subject.kind == SubjectKind::Call) {
            requireCall(subject, condition);
        }
    }

    void requireCall(Subject const& subject, Condition const& condition) const {
        if (std::binary_search(calls_.begin(), calls_.end(), subject.name)) {
            return;
        }
        bool const namesEndpoint = subject.name.find('/') != std::string::npos;
        report_.add(codes::unknownCall, placeOfSubject(condition),
                    "there is no call '" + subject.name + "'",
                    namesEndpoint ? "calls are measured by caller and service, without the endpoint"
                                  : nearestOf(subject.name, calls_));
    }

    KnownNames names_;
    Report& report_;
    std::vector<std::string> calls_;
};

} // namespace

void checkConditions(Scenario const& scenario, Report& report) {
    Conditions const conditions(scenario, report);
    for (auto const* list : {&scenario.expect, &scenario.abort}) {
        for (auto const& condition : *list) {
            conditions.check(condition);
        }
    }
}

} // namespace shakedown::checking
