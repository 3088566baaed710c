#include "reports/record/line_writing.hpp"

#include <cmath>
#include <string_view>

#include "reports/record/digest.hpp"
#include "reports/record/json_line.hpp"
#include "reports/record/moment_words.hpp"

namespace shakedown::record {

namespace {

// A millionth is finer than any chart and saves ten bytes a service and interval.
double millionths(double share) {
    return std::round(share * 1e6) / 1e6;
}

bool isEmpty(LoadInterval const& l) {
    return (l.offered | l.ok | l.degraded | l.failed | l.rejected | l.timedOut | l.good) == 0;
}
bool isEmpty(ServiceInterval const& s) {
    return (s.queue | s.inService | s.arrived | s.finished | s.rejected) == 0
           && millionths(s.utilisation) == 0;
}
bool isEmpty(CallInterval const& c) {
    return (c.requests | c.attempts | c.retries | c.timeouts | c.failures | c.open | c.waiting)
           == 0;
}

bool isEmpty(HostInterval const& h) {
    return millionths(h.utilisation) == 0 && millionths(h.wanted) == 0;
}
bool isEmpty(LinkInterval const& l) {
    return millionths(l.utilisation) == 0;
}

void addRow(JsonLine& line, std::uint32_t i, LoadInterval const& l) {
    line.row(i, l.offered, l.ok, l.degraded, l.failed, l.rejected, l.timedOut, l.good,
             l.p50.count(), l.p95.count(), l.p99.count(), l.late);
}
void addRow(JsonLine& line, std::uint32_t i, ServiceInterval const& s) {
    line.row(i, s.queue, s.inService, s.arrived, s.finished, s.rejected, millionths(s.utilisation));
}
void addRow(JsonLine& line, std::uint32_t i, CallInterval const& c) {
    line.row(i, c.requests, c.attempts, c.retries, c.timeouts, c.failures, c.open, c.waiting);
}

void addRow(JsonLine& line, std::uint32_t i, HostInterval const& h) {
    line.row(i, millionths(h.utilisation), millionths(h.wanted));
}
void addRow(JsonLine& line, std::uint32_t i, LinkInterval const& l) {
    line.row(i, millionths(l.utilisation));
}

template <class T>
void addRows(JsonLine& line, std::string_view key, std::vector<T> const& list) {
    line.open(key);
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!isEmpty(list[i])) {
            addRow(line, static_cast<std::uint32_t>(i), list[i]);
        }
    }
    line.close();
}

struct MomentLines {
    std::string& out;
    SimTime at;

    void operator()(EventBegan const& m) const {
        JsonLine line(out, at, "event_began");
        line.number("event", m.event);
        if (!m.replicas.empty()) {
            line.open("replicas");
            for (ReplicaName const r : m.replicas) {
                line.row(r.service, r.replica);
            }
            line.close();
        }
        if (!m.calls.empty()) {
            line.numbers("calls", m.calls);
        }
        if (!m.loads.empty()) {
            line.numbers("loads", m.loads);
        }
    }
    void operator()(EventEnded const& m) const {
        JsonLine(out, at, "event_ended").number("event", m.event);
    }
    void operator()(ReplicaChanged const& m) const {
        JsonLine line(out, at, "replica");
        line.number("service", m.service);
        line.number("replica", m.replica);
        line.word("to", wordOf(m.to));
    }
    void operator()(BreakerChanged const& m) const {
        JsonLine line(out, at, "breaker");
        line.number("call", m.call);
        line.number("caller", m.caller);
        line.word("from", wordOf(m.from));
        line.word("to", wordOf(m.to));
    }
    void operator()(PressureBegan const& m) const {
        JsonLine line(out, at, "pressure_began");
        line.number("service", m.service);
        line.number("replica", m.replica);
        line.word("what", wordOf(m.what));
        line.index("held_by", m.heldBy);
        line.number("held", m.held);
        if (m.host != nobody) {
            line.number("host", m.host);
        }
        if (m.since != SimTime::never()) {
            line.number("since", m.since.count());
        }
    }
    void operator()(PressureEnded const& m) const {
        JsonLine line(out, at, "pressure_ended");
        line.number("service", m.service);
        line.number("replica", m.replica);
        line.word("what", wordOf(m.what));
    }
    void operator()(HostCrowded const& m) const {
        JsonLine line(out, at, "host_crowded");
        line.number("host", m.host);
        line.open("user");
        line.element(m.user);
        line.element(millionths(m.used));
        line.close();
        line.open("waiting");
        line.element(m.waiting);
        line.element(millionths(m.missed));
        line.close();
    }
    void operator()(HostRelieved const& m) const {
        JsonLine(out, at, "host_relieved").number("host", m.host);
    }
    void operator()(Interval const& m) const {
        JsonLine line(out, at, "interval");
        addRows(line, "loads", m.loads);
        addRows(line, "services", m.services);
        addRows(line, "calls", m.calls);
        if (!m.hosts.empty()) {
            addRows(line, "hosts", m.hosts);
            addRows(line, "links", m.links);
        }
    }
    void operator()(Request const& m) const {
        JsonLine line(out, at, "request");
        line.number("load", m.load);
        line.number("n", m.number);
        line.number("intended", m.intended.count());
        line.time("ended", m.ended);
        line.word("outcome", wordOf(m.outcome));
        if (m.cause != Cause::None) {
            line.word("cause", wordOf(m.cause));
        }
        line.open("spans");
        for (Span const& span : m.spans) {
            line.row(span, m.intended);
        }
        line.close();
    }
    void operator()(RunEnded const& m) const {
        JsonLine line(out, at, "end");
        line.word("reason", wordOf(m.reason));
        line.number("events", m.events);
        line.word("digest", digestText(m.digest));
    }
};

} // namespace

void appendLine(std::string& out, Header const& h) {
    JsonLine line(out);
    line.number("shakedown_record", std::int64_t{h.format});
    line.text("version", h.version);
    line.text("scenario", h.scenario);
    line.text("file", h.file);
    line.text("scenario_digest", h.scenarioDigest);
    line.text("platform", h.platform);
    line.number("seed", h.seed);
    line.number("replication", h.replication);
    line.word("level", wordOf(h.level));
    line.number("lasts", h.lasts.count());
    line.number("warmup", h.warmup.count());
    line.number("interval", h.interval.count());
    line.number("sample_every", h.sampleEvery);
    line.texts("loads", h.names.loads);
    line.texts("services", h.names.services);
    line.texts("endpoints", h.names.endpoints);
    line.texts("calls", h.names.calls);
    line.texts("events", h.names.events);
    if (!h.names.hosts.empty()) {
        line.texts("hosts", h.names.hosts);
        line.texts("links", h.names.links);
    }
    line.numbers("replicas", h.replicas);
    line.numbers("workers", h.workers);
    line.numbers("faults", h.faults);
    line.texts("verbs", h.verbs);
    line.texts("owners", h.owners);
    line.indices("capacities", h.capacities);
    line.spans("in_time", h.inTime);
    line.spans("expected", h.expected);
}

void appendLine(std::string& out, Moment const& moment) {
    std::visit(MomentLines{out, moment.at}, moment.what);
}

void appendLine(std::string& out, StateFrame const& frame) {
    JsonLine line(out, frame.at, "state");
    line.open("replicas");
    for (auto const& [who, state] : frame.replicas) {
        line.row(who, wordOf(state));
    }
    line.close();
    line.open("breakers");
    for (auto const& [who, state] : frame.breakers) {
        line.row(who, wordOf(state));
    }
    line.close();
    line.open("events");
    for (std::uint32_t const event : frame.events) {
        line.element(event);
    }
    line.close();
    line.open("services");
    for (auto const& [service, load] : frame.services) {
        line.row(service, load.queue, load.inService);
    }
    line.close();
}

void appendLeftOut(std::string& out, SimTime at, std::uint64_t requests) {
    JsonLine(out, at, "left_out").number("requests", requests);
}

} // namespace shakedown::record
