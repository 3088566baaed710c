#include "gui/charts/curves.hpp"

#include <algorithm>

namespace shakedown::gui {

namespace {

std::optional<std::uint32_t> indexOf(std::vector<std::string> const& names,
                                     std::string const& name) {
    auto const found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::nullopt
                                : std::optional(static_cast<std::uint32_t>(found - names.begin()));
}

// Intervals of a run, [first, end).
struct Reach {
    RunIndex const& run;
    std::size_t first = 0;
    std::size_t end = 0;
};

Reach reachOf(RunIndex const& run, std::optional<Stretch> const& within) {
    std::size_t const count = run.intervalEnds().size();
    if (!within || count == 0)
        return {run, 0, count};
    return {run, *run.intervalAt(within->from), *run.intervalAt(within->to) + 1};
}

// Goes over the intervals, several in one step where there are too many.
template <class Sum, class Add, class Put>
void walk(Reach const& reach, Add const& add, Put const& put) {
    auto const& run = reach.run;
    std::size_t const count = reach.end - reach.first;
    std::size_t const together = std::max<std::size_t>(1, (count + mostPoints - 1) / mostPoints);
    for (std::size_t i = reach.first; i < reach.end;) {
        Sum sum{};
        double seconds = 0;
        std::size_t const end = std::min(reach.end, i + together);
        SimTime const begin = i == 0 ? SimTime() : run.intervalEnds()[i - 1];
        for (; i < end; ++i) {
            add(sum, run.interval(i));
            seconds += run.secondsOf(i);
        }
        put(sum, (begin.inSeconds() + run.intervalEnds()[end - 1].inSeconds()) / 2, seconds);
    }
}

// The loads that a chart is about: one, or all.
std::vector<std::uint32_t> loadsOf(RunIndex const& run, std::string const& subject) {
    if (auto const one = indexOf(run.header().names.loads, subject))
        return {*one};
    std::vector<std::uint32_t> all(run.header().names.loads.size());
    for (std::uint32_t i = 0; i < all.size(); ++i)
        all[i] = i;
    return all;
}

std::vector<std::uint32_t> servicesOf(RunIndex const& run, std::string const& subject) {
    if (auto const one = indexOf(run.header().names.services, subject))
        return {*one};
    std::vector<std::uint32_t> all(run.header().names.services.size());
    for (std::uint32_t i = 0; i < all.size(); ++i)
        all[i] = i;
    return all;
}

// A call; those to a service, those of a load, or all.
std::vector<std::uint32_t> callsOf(RunIndex const& run, std::string const& subject) {
    if (auto const one = indexOf(run.header().names.calls, subject))
        return {*one};
    auto const service = indexOf(run.header().names.services, subject);
    auto const load = indexOf(run.header().names.loads, subject);
    std::vector<std::uint32_t> calls;
    for (std::uint32_t i = 0; i < run.routes().size(); ++i) {
        auto const& route = run.routes()[i];
        if ((!service && !load) || (service && route.to == *service)
            || (load && route.fromLoad == *load))
            calls.push_back(i);
    }
    return calls;
}

struct LoadSum {
    double offered = 0;
    double good = 0;
    double failed = 0;
    double rejected = 0;
    double timedOut = 0;
    double degraded = 0;
    double answered = 0;
    double p50 = 0; // times answered
    double p95 = 0;
    double p99 = 0;
};

template <class Value>
Curve curve(Reach const& reach, std::string name, std::vector<std::uint32_t> const& loads,
            Value const& value) {
    Curve made{std::move(name), {}, {}};
    walk<LoadSum>(
        reach,
        [&](LoadSum& sum, record::Interval const& interval) {
            for (auto const load : loads) {
                auto const& row = interval.loads[load];
                double const answered = row.ok + row.degraded;
                sum.offered += row.offered;
                sum.good += row.good;
                sum.failed += row.failed;
                sum.rejected += row.rejected;
                sum.timedOut += row.timedOut;
                sum.degraded += row.degraded;
                sum.answered += answered;
                sum.p50 += row.p50.inMilliseconds() * answered;
                sum.p95 += row.p95.inMilliseconds() * answered;
                sum.p99 = std::max(sum.p99, row.p99.inMilliseconds());
            }
        },
        [&](LoadSum const& sum, double at, double seconds) {
            if (auto const y = value(sum, seconds)) {
                made.seconds.push_back(at);
                made.values.push_back(*y);
            }
        });
    return made;
}

using Maybe = std::optional<double>;

ChartCurves goodput(Reach const& reach, std::string const& subject) {
    auto const loads = loadsOf(reach.run, subject);
    return {"goodput, requests a second",
            {curve(reach, "offered", loads,
                   [](LoadSum const& s, double t) { return Maybe(s.offered / t); }),
             curve(reach, "good", loads,
                   [](LoadSum const& s, double t) { return Maybe(s.good / t); })}};
}

ChartCurves latency(Reach const& reach, std::string const& subject) {
    auto const loads = loadsOf(reach.run, subject);
    auto const mean = [](double sum, LoadSum const& s) {
        return s.answered > 0 ? Maybe(sum / s.answered) : Maybe();
    };
    return {"latency, ms",
            {curve(reach, "p50", loads, [&](LoadSum const& s, double) { return mean(s.p50, s); }),
             curve(reach, "p95", loads, [&](LoadSum const& s, double) { return mean(s.p95, s); }),
             curve(reach, "p99", loads, [](LoadSum const& s, double) {
                 return s.answered > 0 ? Maybe(s.p99) : Maybe();
             })}};
}

ChartCurves errors(Reach const& reach, std::string const& subject) {
    auto const loads = loadsOf(reach.run, subject);
    return {"without success, a second",
            {curve(reach, "failed", loads,
                   [](LoadSum const& s, double t) { return Maybe(s.failed / t); }),
             curve(reach, "rejected", loads,
                   [](LoadSum const& s, double t) { return Maybe(s.rejected / t); }),
             curve(reach, "timed out", loads,
                   [](LoadSum const& s, double t) { return Maybe(s.timedOut / t); }),
             curve(reach, "degraded", loads,
                   [](LoadSum const& s, double t) { return Maybe(s.degraded / t); })}};
}

ChartCurves queues(Reach const& reach, std::string const& subject) {
    auto const services = servicesOf(reach.run, subject);
    struct Sum {
        double queue = 0;
        double busy = 0;
        double count = 0;
    };
    ChartCurves made{"requests in services", {{"waiting", {}, {}}, {"in service", {}, {}}}};
    walk<Sum>(
        reach,
        [&](Sum& sum, record::Interval const& interval) {
            for (auto const service : services) {
                sum.queue += interval.services[service].queue;
                sum.busy += interval.services[service].inService;
            }
            sum.count += 1;
        },
        [&](Sum const& sum, double at, double) {
            made.curves[0].seconds.push_back(at);
            made.curves[0].values.push_back(sum.queue / sum.count);
            made.curves[1].seconds.push_back(at);
            made.curves[1].values.push_back(sum.busy / sum.count);
        });
    return made;
}

ChartCurves retries(Reach const& reach, std::string const& subject) {
    auto const calls = callsOf(reach.run, subject);
    struct Sum {
        double retries = 0;
        double timeouts = 0;
    };
    ChartCurves made{"calls, a second", {{"retries", {}, {}}, {"timeouts", {}, {}}}};
    walk<Sum>(
        reach,
        [&](Sum& sum, record::Interval const& interval) {
            for (auto const call : calls) {
                sum.retries += interval.calls[call].retries;
                sum.timeouts += interval.calls[call].timeouts;
            }
        },
        [&](Sum const& sum, double at, double seconds) {
            made.curves[0].seconds.push_back(at);
            made.curves[0].values.push_back(sum.retries / seconds);
            made.curves[1].seconds.push_back(at);
            made.curves[1].values.push_back(sum.timeouts / seconds);
        });
    return made;
}

} // namespace

ChartCurves curvesOf(RunIndex const& run, ChartKind kind, std::string const& subject,
                     std::optional<Stretch> const& within) {
    Reach const reach = reachOf(run, within);
    switch (kind) {
    case ChartKind::Goodput:
        return goodput(reach, subject);
    case ChartKind::Latency:
        return latency(reach, subject);
    case ChartKind::Errors:
        return errors(reach, subject);
    case ChartKind::Queues:
        return queues(reach, subject);
    case ChartKind::Retries:
        break;
    }
    return retries(reach, subject);
}

} // namespace shakedown::gui
