#include "reports/formats/openmetrics.hpp"

#include <array>
#include <ostream>
#include <string>
#include <variant>

#include "reports/formats/latency_buckets.hpp"
#include "reports/formats/metric_text.hpp"
#include "reports/record/digest.hpp"
#include "reports/record/moment_words.hpp"
#include "scenarios/vocabulary/require.hpp"

namespace shakedown::formats {

namespace {

using summary::CallSummary;
using summary::HostSummary;
using summary::LinkSummary;
using summary::LoadSummary;
using summary::ServiceSummary;
using Type = MetricType;

// A family with one sample a subject: what it is called and where its number stands.
template <class T>
struct Row {
    char const* name;
    Type type;
    char const* unit;
    char const* help;
    std::variant<std::uint64_t T::*, std::uint32_t T::*, double T::*> number;
};

constexpr std::array loadRows{
    Row<LoadSummary>{"shakedown_load_offered_requests", Type::Counter, "requests",
                     "Requests that arrived.", &LoadSummary::offered},
    Row<LoadSummary>{"shakedown_load_good_requests", Type::Counter, "requests",
                     "Requests answered in time.", &LoadSummary::good},
    Row<LoadSummary>{"shakedown_load_in_flight_requests", Type::Gauge, "requests",
                     "Requests not ended when the run did.", &LoadSummary::inFlight},
    Row<LoadSummary>{"shakedown_load_throughput_requests_per_second", Type::Gauge,
                     "requests_per_second", "Requests answered a second.",
                     &LoadSummary::throughput},
    Row<LoadSummary>{"shakedown_load_goodput_requests_per_second", Type::Gauge,
                     "requests_per_second", "Requests answered in time a second.",
                     &LoadSummary::goodput},
    Row<LoadSummary>{"shakedown_load_errors_ratio", Type::Gauge, "ratio",
                     "Share of the ended that failed, were rejected or timed out.",
                     &LoadSummary::errors}};

constexpr std::array serviceRows{
    Row<ServiceSummary>{"shakedown_service_utilisation_ratio", Type::Gauge, "ratio",
                        "Busy workers by workers.", &ServiceSummary::utilisation},
    Row<ServiceSummary>{"shakedown_service_queue_requests", Type::Gauge, "requests",
                        "Requests waiting, mean over time.", &ServiceSummary::queueMean},
    Row<ServiceSummary>{"shakedown_service_queue_max_requests", Type::Gauge, "requests",
                        "Requests waiting, the most at once.", &ServiceSummary::queueMax},
    Row<ServiceSummary>{"shakedown_service_waited_ratio", Type::Gauge, "ratio",
                        "Share of the started that found no free worker.",
                        &ServiceSummary::waitProbability},
    Row<ServiceSummary>{"shakedown_service_arrived_requests", Type::Counter, "requests",
                        "Requests that arrived, attempts each.", &ServiceSummary::arrived},
    Row<ServiceSummary>{"shakedown_service_started_requests", Type::Counter, "requests",
                        "Requests that got a worker.", &ServiceSummary::started},
    Row<ServiceSummary>{"shakedown_service_finished_requests", Type::Counter, "requests",
                        "Requests that ended.", &ServiceSummary::finished},
    Row<ServiceSummary>{"shakedown_service_failed_requests", Type::Counter, "requests",
                        "Requests that ended with an error.", &ServiceSummary::failed},
    Row<ServiceSummary>{"shakedown_service_rejected_requests", Type::Counter, "requests",
                        "Requests refused on arrival.", &ServiceSummary::rejected},
    Row<ServiceSummary>{"shakedown_service_dropped_requests", Type::Counter, "requests",
                        "Requests thrown out of the queue.", &ServiceSummary::dropped}};

constexpr std::array callRows{
    Row<CallSummary>{"shakedown_call_requests", Type::Counter, "requests",
                     "Requests that made the attempts.", &CallSummary::requests},
    Row<CallSummary>{"shakedown_call_attempts", Type::Counter, "attempts",
                     "Attempts, sent or refused by the caller.", &CallSummary::attempts},
    Row<CallSummary>{"shakedown_call_retries", Type::Counter, "retries",
                     "Attempts after the first.", &CallSummary::retries},
    Row<CallSummary>{"shakedown_call_hedges", Type::Counter, "hedges",
                     "Attempts made while another was awaited.", &CallSummary::hedges},
    Row<CallSummary>{"shakedown_call_timeouts", Type::Counter, "timeouts", "Attempts given up.",
                     &CallSummary::timeouts},
    Row<CallSummary>{"shakedown_call_errors", Type::Counter, "errors",
                     "Error replies, resets and refusals by the callee.", &CallSummary::errors},
    Row<CallSummary>{"shakedown_call_refused_attempts", Type::Counter, "attempts",
                     "Attempts refused by the caller's own breaker or bulkhead.",
                     &CallSummary::refused},
    Row<CallSummary>{"shakedown_call_cancelled_attempts", Type::Counter, "attempts",
                     "Attempts withdrawn.", &CallSummary::cancelled},
    Row<CallSummary>{"shakedown_call_amplification_ratio", Type::Gauge, "ratio",
                     "Attempts by requests.", &CallSummary::amplification},
    Row<CallSummary>{"shakedown_call_breaker_opened", Type::Counter, "",
                     "How often a breaker opened.", &CallSummary::opened},
    Row<CallSummary>{"shakedown_call_breaker_open_seconds", Type::Counter, "seconds",
                     "Time open, all breakers added up.", &CallSummary::openSeconds}};

constexpr std::array hostRows{
    Row<HostSummary>{"shakedown_host_utilisation_ratio", Type::Gauge, "ratio",
                     "Cores in use by cores.", &HostSummary::utilisation},
    Row<HostSummary>{"shakedown_host_wanted_cores", Type::Gauge, "cores",
                     "Pieces of work on the host, mean over time.", &HostSummary::wanted}};

constexpr std::array linkRows{
    Row<LinkSummary>{"shakedown_link_utilisation_ratio", Type::Gauge, "ratio",
                     "Carried by what it could carry.", &LinkSummary::utilisation},
    Row<LinkSummary>{"shakedown_link_carried_bytes_per_second", Type::Gauge, "bytes_per_second",
                     "Carried, all directions together.", &LinkSummary::bytesPerSecond}};

// A share or a quantile of nothing is left out.
bool isOfNothing(LoadSummary const& l, std::string_view metric) {
    return metric == "shakedown_load_errors_ratio"
           && l.ok + l.degraded + l.failed + l.rejected + l.timedOut == 0;
}
bool isOfNothing(ServiceSummary const& s, std::string_view metric) {
    return metric == "shakedown_service_waited_ratio" && s.started == 0;
}
bool isOfNothing(CallSummary const& c, std::string_view metric) {
    return metric == "shakedown_call_amplification_ratio" && c.requests == 0;
}
bool isOfNothing(HostSummary const&, std::string_view) {
    return false;
}
bool isOfNothing(LinkSummary const&, std::string_view) {
    return false;
}

template <class T, std::size_t n>
void write(MetricText& text, std::string_view label, std::vector<T> const& subjects,
           std::array<Row<T>, n> const& rows) {
    if (subjects.empty()) {
        return;
    }
    for (Row<T> const& row : rows) {
        text.family(row.name, row.type, row.unit, row.help);
        char const* const suffix = row.type == Type::Counter ? "_total" : "";
        for (T const& subject : subjects) {
            if (isOfNothing(subject, row.name)) {
                continue;
            }
            MetricText::Labels const labels{{label, subject.name}};
            std::visit(
                [&](auto member) {
                    auto const number = subject.*member;
                    if constexpr (std::is_same_v<decltype(number), double const>) {
                        text.sample(suffix, labels, number);
                    } else {
                        text.sample(suffix, labels, std::uint64_t{number});
                    }
                },
                row.number);
        }
    }
}

void writeRun(MetricText& text, summary::Summary const& s) {
    std::string const seed = std::to_string(s.seed);
    std::string const digest = record::digestText(s.digest);
    text.family("shakedown_run", Type::Info, "", "What was run.");
    text.sample("_info",
                {{"scenario", s.scenario},
                 {"file", s.file},
                 {"scenario_digest", s.scenarioDigest},
                 {"platform", s.platform},
                 {"seed", seed},
                 {"digest", digest},
                 {"ended", record::wordOf(s.reason)}},
                std::uint64_t{1});
    text.family("shakedown_run_simulated_seconds", Type::Gauge, "seconds",
                "Time simulated by the longest replication.");
    text.sample("", {}, s.simulatedSeconds);
    text.family("shakedown_run_replications", Type::Gauge, "replications",
                "Replications that the counters are totals of.");
    text.sample("", {}, std::uint64_t{s.replications});
    text.family("shakedown_run_events", Type::Counter, "events", "Events simulated.");
    text.sample("_total", {}, s.events);
}

void writeOutcomes(MetricText& text, std::vector<LoadSummary> const& loads) {
    text.family("shakedown_load_requests", Type::Counter, "requests",
                "Requests that ended, by outcome.");
    for (LoadSummary const& l : loads) {
        std::array<std::uint64_t, measure::outcomeCount> const counts{l.ok, l.degraded, l.failed,
                                                                      l.rejected, l.timedOut};
        for (std::size_t i = 0; i < counts.size(); ++i) {
            auto const word = record::wordOf(static_cast<measure::Outcome>(i));
            text.sample("_total", {{"load", l.name}, {"outcome", word}}, counts[i]);
        }
    }
}

void writeQuantiles(MetricText& text, std::vector<LoadSummary> const& loads) {
    text.family("shakedown_load_latency_quantile_seconds", Type::Gauge, "seconds",
                "Latency that this share of the answered requests did not exceed.");
    for (LoadSummary const& l : loads) {
        if (l.ok + l.degraded == 0) {
            continue;
        }
        std::array<std::pair<char const*, Duration>, 6> const quantiles{{{"0.5", l.latency.p50},
                                                                         {"0.9", l.latency.p90},
                                                                         {"0.95", l.latency.p95},
                                                                         {"0.99", l.latency.p99},
                                                                         {"0.999", l.latency.p999},
                                                                         {"1.0", l.latency.max}}};
        for (auto const& [quantile, latency] : quantiles) {
            text.sample("", {{"load", l.name}, {"quantile", quantile}}, latency.inSeconds());
        }
    }
}

void writeLatencies(MetricText& text, std::vector<LoadLatency> const& latencies) {
    text.family("shakedown_load_latency_seconds", Type::Histogram, "seconds",
                "Latency of the answered requests.");
    for (LoadLatency const& l : latencies) {
        for (auto const& [bound, count] : bucketsOf(l.histogram)) {
            text.sample("_bucket", {{"load", l.load}, {"le", bound}}, count);
        }
        text.sample("_sum", {{"load", l.load}}, l.histogram.sumNanoseconds() * 1e-9);
        text.sample("_count", {{"load", l.load}}, l.histogram.count());
    }
}

void writeEnergy(MetricText& text, std::vector<HostSummary> const& hosts) {
    bool begun = false;
    for (HostSummary const& h : hosts) {
        if (h.joules <= 0) {
            continue; // not measured
        }
        if (!std::exchange(begun, true)) {
            text.family("shakedown_host_energy_joules", Type::Gauge, "joules",
                        "Energy drawn, a replication.");
        }
        text.sample("", {{"host", h.name}}, h.joules);
    }
}

void writeExpectations(MetricText& text, std::vector<verdict::Judgement> const& judgements) {
    bool begun = false;
    for (std::size_t i = 0; i < judgements.size(); ++i) {
        if (judgements[i].held == verdict::Held::Unknown) {
            continue;
        }
        if (!std::exchange(begun, true)) {
            text.family("shakedown_expectation_held", Type::Gauge, "",
                        "1 if the expectation held, 0 if not; not there if nothing was measured.");
        }
        std::string const number = std::to_string(i + 1); // the same may be expected twice
        text.sample("", {{"number", number}, {"expectation", judgements[i].text}},
                    std::uint64_t{judgements[i].held == verdict::Held::Yes});
    }
}

} // namespace

void OpenMetricsWriter::finish(Results const& results) {
    require(results.summary != nullptr, "metrics are made from a summary");
    summary::Summary const& s = *results.summary;
    MetricText text;
    writeRun(text, s);
    if (!s.loads.empty()) {
        writeOutcomes(text, s.loads);
        write(text, "load", s.loads, loadRows);
        writeQuantiles(text, s.loads);
    }
    if (!results.latencies.empty()) {
        writeLatencies(text, results.latencies);
    }
    write(text, "service", s.services, serviceRows);
    write(text, "call", s.calls, callRows);
    write(text, "host", s.hosts, hostRows);
    writeEnergy(text, s.hosts);
    write(text, "link", s.links, linkRows);
    writeExpectations(text, s.expectations);
    out_ << text.take();
}

} // namespace shakedown::formats
