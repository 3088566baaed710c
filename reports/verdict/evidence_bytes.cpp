#include "reports/verdict/evidence_bytes.hpp"

#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "reports/verdict/byte_walk.hpp"

namespace shakedown::verdict {

namespace {

constexpr std::string_view magic = "shakedown evidence 2\n";
constexpr std::uint64_t anyTime = std::numeric_limits<std::int64_t>::max();

void walk(Writing& a, measure::Histogram& h) {
    auto const cells = h.cells();
    a.count(cells.size(), 16);
    for (auto const& [middle, n] : cells) {
        a.number(middle);
        a.number(n);
    }
    a.number(h.sumNanoseconds());
    a.number(h.min().count());
    a.number(h.max().count());
}

void walk(Reading& a, measure::Histogram& h) {
    std::vector<std::pair<std::int64_t, std::uint64_t>> cells(a.count(0, 16));
    for (auto& [middle, n] : cells) {
        middle = static_cast<std::int64_t>(a.bytes.upTo(anyTime));
        n = a.bytes.upTo(std::uint64_t{1} << 53);
    }
    double sum = 0;
    a.number(sum);
    auto const min = static_cast<std::int64_t>(a.bytes.upTo(anyTime));
    auto const max = static_cast<std::int64_t>(a.bytes.upTo(anyTime));
    if (min > max || sum < 0) {
        a.bytes.refuse();
    }
    if (a.bytes.ok()) {
        h = measure::Histogram::restore(cells, sum, Duration::nanoseconds(min),
                                        Duration::nanoseconds(max));
    }
}

template <class A>
void walk(A& a, measure::OutcomeTally& t) {
    a.number(t.offered);
    a.number(t.good);
    for (auto& n : t.by) {
        a.number(n);
    }
    walk(a, t.latency);
}

template <class A>
void walk(A& a, measure::ServiceCounters& c) {
    for (double* area : {&c.busyArea, &c.workerArea, &c.queueArea, &c.coreArea}) {
        a.number(*area);
    }
    for (std::uint64_t* n :
         {&c.arrived, &c.started, &c.waited, &c.rejected, &c.dropped, &c.finished, &c.failed}) {
        a.number(*n);
    }
    a.number(c.queueMax);
}

template <class A>
void walk(A& a, measure::CallCounters& c) {
    for (std::uint64_t* n :
         {&c.requests, &c.attempts, &c.retries, &c.hedges, &c.succeeded, &c.timeouts, &c.errors,
          &c.refused, &c.cancelled, &c.pending, &c.opened}) {
        a.number(*n);
    }
    a.number(c.openArea);
    a.number(c.breakerArea);
}

template <class A>
void walk(A& a, SubjectEvidence& s) {
    walkList(a, s.windows, 11 * 8, [&](measure::OutcomeTally& t) { walk(a, t); });
}

template <class A>
void walk(A& a, measure::SecondTally& s) {
    a.number(s.offered);
    a.number(s.good);
    walk(a, s.p99);
}

template <class A>
void walkCounters(A& a, std::vector<measure::ServiceCounters>& services,
                  std::vector<measure::CallCounters>& calls) {
    walkList(a, services, 12 * 8, [&](measure::ServiceCounters& c) { walk(a, c); });
    walkList(a, calls, 13 * 8, [&](measure::CallCounters& c) { walk(a, c); });
}

template <class A>
void walk(A& a, WindowEvidence& w) {
    walkList(a, w.spans, 16, [&](Span& s) {
        walk(a, s.begin);
        walk(a, s.end);
    });
    walk(a, w.length);
    walkCounters(a, w.services, w.calls);
    walkList(a, w.hosts, 5 * 8, [&](measure::HostCounters& h) {
        for (double* n : {&h.used, &h.wanted, &h.capacity, &h.joules}) {
            a.number(*n);
        }
        walkList(a, h.usedBy, 8, [&](double& n) { a.number(n); });
    });
    walkList(a, w.links, 2 * 8, [&](measure::LinkCounters& l) {
        a.number(l.carried);
        a.number(l.capacity);
    });
}

template <class A>
void walk(A& a, record::EventBegan& m) {
    a.number(m.event);
    walkList(a, m.replicas, 8, [&](record::ReplicaName& r) {
        a.number(r.service);
        a.number(r.replica);
    });
    for (std::vector<std::uint32_t>* list : {&m.calls, &m.loads}) {
        walkList(a, *list, 4, [&](std::uint32_t& n) { a.number(n); });
    }
}
template <class A>
void walk(A& a, record::EventEnded& m) {
    a.number(m.event);
}
template <class A>
void walk(A& a, record::ReplicaChanged& m) {
    a.number(m.service);
    a.number(m.replica);
    a.word(m.to);
}
template <class A>
void walk(A& a, record::BreakerChanged& m) {
    a.number(m.call);
    a.number(m.caller);
    a.word(m.from);
    a.word(m.to);
}
template <class A>
void walk(A& a, record::PressureBegan& m) {
    a.number(m.service);
    a.number(m.replica);
    a.word(m.what);
    a.number(m.heldBy);
    a.number(m.held);
    a.number(m.host);
    walk(a, m.since);
}
template <class A>
void walk(A& a, record::PressureEnded& m) {
    a.number(m.service);
    a.number(m.replica);
    a.word(m.what);
}

template <class A>
void walk(A& a, record::HostCrowded& m) {
    a.number(m.host);
    a.number(m.user);
    a.number(m.used);
    a.number(m.waiting);
    a.number(m.missed);
}
template <class A>
void walk(A& a, record::HostRelieved& m) {
    a.number(m.host);
}

// The kinds of turning points are the first eight of the variant.
constexpr std::size_t turningKinds = 8;
static_assert(std::is_same_v<std::variant_alternative_t<turningKinds - 1, record::MomentKind>,
                             record::HostRelieved>);

template <std::size_t I = 0>
void emplaceKind(record::MomentKind& what, std::size_t kind) {
    if constexpr (I < turningKinds) {
        if (kind == I) {
            what.emplace<I>();
        } else {
            emplaceKind<I + 1>(what, kind);
        }
    }
}

template <class A, std::size_t I = 0>
void walkKind(A& a, record::MomentKind& what) {
    if constexpr (I < turningKinds) {
        if (auto* moment = std::get_if<I>(&what)) {
            walk(a, *moment);
        } else {
            walkKind<A, I + 1>(a, what);
        }
    }
}

template <class A>
void walk(A& a, record::Moment& m) {
    walk(a, m.at);
    if constexpr (A::reads) {
        emplaceKind(m.what, static_cast<std::size_t>(a.bytes.upTo(turningKinds - 1)));
    } else {
        a.number(static_cast<std::uint64_t>(m.what.index()));
    }
    walkKind(a, m.what);
}

template <class A>
void walk(A& a, Evidence& e) {
    a.number(e.seed);
    a.number(e.replication);
    a.word(e.reason);
    walk(a, e.ended);
    a.number(e.events);
    a.number(e.digest);
    walkList(a, e.loads, 8, [&](SubjectEvidence& s) { walk(a, s); });
    walkList(a, e.whole, 11 * 8, [&](measure::OutcomeTally& t) { walk(a, t); });
    walkList(a, e.liveAtEnd, 8, [&](std::uint64_t& n) { a.number(n); });
    walkList(a, e.batches, 8, [&](std::vector<measure::Batch>& list) {
        walkList(a, list, 16, [&](measure::Batch& b) {
            a.number(b.sumSeconds);
            a.number(b.count);
        });
    });
    walkList(a, e.subjects, 8, [&](SubjectEvidence& s) { walk(a, s); });
    walkList(a, e.seconds, 8, [&](std::vector<measure::SecondTally>& list) {
        walkList(a, list, 24, [&](measure::SecondTally& s) { walk(a, s); });
    });
    walkList(a, e.windows, 32, [&](WindowEvidence& w) { walk(a, w); });
    walkCounters(a, e.services, e.calls);
    walkList(a, e.eventSpans, 24, [&](EventSpan& s) {
        a.number(s.event);
        walk(a, s.begin);
        walk(a, s.end);
    });
    walkList(a, e.turningPoints, 24, [&](record::Moment& m) { walk(a, m); });
    a.number(e.momentsLeftOut);
}

} // namespace

std::string serialise(Evidence const& evidence) {
    Evidence copy = evidence; // a walk takes members by reference, whichever way it goes
    std::erase_if(copy.turningPoints,
                  [](record::Moment const& m) { return m.what.index() >= turningKinds; });
    Writing out;
    out.bytes.text(magic);
    walk(out, copy);
    return out.bytes.take();
}

Result<Evidence> deserialise(std::string_view bytes) {
    Reading in{ByteReader(bytes)};
    Evidence evidence;
    if (in.bytes.text(magic)) {
        walk(in, evidence);
    }
    if (!in.bytes.ok() || !in.bytes.atEnd()) {
        return Diagnostic{Severity::Error,
                          "R301",
                          "the evidence of a replication is damaged",
                          "its process may have been killed while it wrote",
                          {}};
    }
    return evidence;
}

} // namespace shakedown::verdict
