#include "reports/verdict/metric_value.hpp"

#include <algorithm>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::verdict {

namespace {

using measure::Outcome;
using model::Metric;
using model::SubjectKind;
using model::ValueUnit;

std::optional<std::size_t> indexOf(std::vector<std::string> const& names, std::string const& name) {
    auto const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - names.begin());
}

std::optional<double> ratio(double part, double whole) {
    if (!(whole > 0)) {
        return std::nullopt;
    }
    return part / whole;
}

double number(std::uint64_t n) {
    return static_cast<double>(n);
}

// Divided, not multiplied by 1e-9: 60 requests in a minute are 1/s, and no less.
double secondsOf(Duration length) {
    return static_cast<double>(length.count()) / 1e9;
}

// A share of the ended requests, or their number if the limit is one.
std::optional<double> outcomes(ValueUnit unit, std::uint64_t some, std::uint64_t ended) {
    return unit == ValueUnit::Count ? number(some) : ratio(number(some), number(ended));
}

bool isEndOf(std::string const& call, std::string const& callee) {
    std::string const arrow = " -> " + callee;
    return call.ends_with(arrow);
}

bool concerns(std::string const& call, model::Subject const& subject) {
    switch (subject.kind) {
    case SubjectKind::Call:
        return call == subject.name;
    case SubjectKind::Service:
        return isEndOf(call, subject.name);
    case SubjectKind::Load:
        return call.starts_with(subject.name + " -> ");
    case SubjectKind::Endpoint:
    case SubjectKind::Topic:
    case SubjectKind::Fault:
        return false;
    }
    return false;
}

measure::CallCounters sumOfCalls(model::Subject const& subject, record::Names const& names,
                                 WindowEvidence const& window) {
    measure::CallCounters sum;
    std::size_t const count = std::min(names.calls.size(), window.calls.size());
    for (std::size_t i = 0; i < count; ++i) {
        if (concerns(names.calls[i], subject)) {
            sum.requests += window.calls[i].requests;
            sum.attempts += window.calls[i].attempts;
            sum.openArea += window.calls[i].openArea;
            sum.breakerArea += window.calls[i].breakerArea;
        }
    }
    return sum;
}

} // namespace

bool isQuantile(Metric metric) {
    return metric == Metric::P50 || metric == Metric::P90 || metric == Metric::P95
           || metric == Metric::P99 || metric == Metric::P999 || metric == Metric::Max;
}

double quantileOf(Metric metric) {
    switch (metric) {
    case Metric::P50:
        return 0.5;
    case Metric::P90:
        return 0.9;
    case Metric::P95:
        return 0.95;
    case Metric::P99:
        return 0.99;
    case Metric::P999:
        return 0.999;
    default:
        break;
    }
    require(metric == Metric::Max, "the metric is a quantile");
    return 1;
}

measure::OutcomeTally const* findTally(Evidence const& evidence, record::Names const& names,
                                       Demand const& demand, model::Subject const& subject,
                                       std::size_t window) {
    auto const at = [&](std::vector<SubjectEvidence> const& list, std::size_t i) {
        bool const there = i < list.size() && window < list[i].windows.size();
        return there ? &list[i].windows[window] : nullptr;
    };
    if (subject.kind == SubjectKind::Load) {
        auto const load = indexOf(names.loads, subject.name);
        return load ? at(evidence.loads, *load) : nullptr;
    }
    auto const found = std::find(demand.outcomes.begin(), demand.outcomes.end(), subject);
    return at(evidence.subjects, static_cast<std::size_t>(found - demand.outcomes.begin()));
}

std::optional<double> valueOf(Metric metric, ValueUnit unit, measure::OutcomeTally const& tally,
                              Duration length) {
    std::uint64_t const ended = tally.ended();
    std::uint64_t const answered = tally.of(Outcome::Ok) + tally.of(Outcome::Degraded);
    std::uint64_t const lost =
        tally.of(Outcome::Failed) + tally.of(Outcome::Rejected) + tally.of(Outcome::TimedOut);
    switch (metric) {
    case Metric::Mean:
        return ratio(tally.latency.sumNanoseconds() * 1e-9, number(tally.latency.count()));
    case Metric::Throughput:
        return ratio(number(answered), secondsOf(length));
    case Metric::Goodput:
        return unit == ValueUnit::Share ? ratio(number(tally.good), number(tally.offered))
                                        : ratio(number(tally.good), secondsOf(length));
    case Metric::Errors:
        return outcomes(unit, lost, ended);
    case Metric::Availability:
        return ratio(number(answered), number(ended));
    case Metric::Degraded:
        return outcomes(unit, tally.of(Outcome::Degraded), ended);
    case Metric::Rejected:
        return outcomes(unit, tally.of(Outcome::Rejected), ended);
    case Metric::Timeouts:
        return outcomes(unit, tally.of(Outcome::TimedOut), ended);
    default:
        return std::nullopt;
    }
}

std::optional<double> valueOf(Metric metric, model::Subject const& subject,
                              record::Names const& names, WindowEvidence const& window) {
    if (metric == Metric::Queue || metric == Metric::Utilisation) {
        auto const service = indexOf(names.services, subject.name);
        if (subject.kind != SubjectKind::Service || !service
            || *service >= window.services.size()) {
            return std::nullopt;
        }
        auto const& s = window.services[*service];
        return metric == Metric::Queue ? ratio(s.queueArea, secondsOf(window.length))
                                       : ratio(s.busyArea, s.workerArea);
    }
    auto const calls = sumOfCalls(subject, names, window);
    if (metric == Metric::Amplification) {
        return ratio(number(calls.attempts), number(calls.requests));
    }
    if (metric == Metric::Open) {
        return ratio(calls.openArea, calls.breakerArea);
    }
    return std::nullopt;
}

} // namespace shakedown::verdict
