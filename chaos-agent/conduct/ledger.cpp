#include "chaos-agent/conduct/ledger.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace shakedown::conduct {

namespace {

using measure::Outcome;

constexpr std::size_t batchCount = 40;
constexpr std::uint64_t failuresKeptAtMost = 10'000;

measure::CallCounters difference(measure::CallCounters const& now,
                                 measure::CallCounters const& then) {
    measure::CallCounters sum;
    sum.requests = now.requests - then.requests;
    sum.attempts = now.attempts - then.attempts;
    sum.succeeded = now.succeeded - then.succeeded;
    sum.timeouts = now.timeouts - then.timeouts;
    sum.errors = now.errors - then.errors;
    sum.pending = now.pending;
    return sum;
}

void add(measure::CallCounters& sum, measure::CallCounters const& more) {
    sum.requests += more.requests;
    sum.attempts += more.attempts;
    sum.succeeded += more.succeeded;
    sum.timeouts += more.timeouts;
    sum.errors += more.errors;
    sum.pending = more.pending;
}

bool isAnswered(Outcome outcome) {
    return outcome == Outcome::Ok || outcome == Outcome::Degraded;
}

void countEnd(measure::CallCounters& call, Outcome outcome) {
    --call.pending;
    if (isAnswered(outcome))
        ++call.succeeded;
    else if (outcome == Outcome::TimedOut)
        ++call.timeouts;
    else
        ++call.errors;
}

void countEnd(record::LoadInterval& interval, Outcome outcome, bool inTime) {
    switch (outcome) {
    case Outcome::Ok:
        ++interval.ok;
        interval.late += inTime ? 0 : 1;
        break;
    case Outcome::Degraded:
        ++interval.degraded;
        break;
    case Outcome::Failed:
        ++interval.failed;
        break;
    case Outcome::Rejected:
        ++interval.rejected;
        break;
    case Outcome::TimedOut:
        ++interval.timedOut;
        break;
    }
    interval.good += isAnswered(outcome) && inTime ? 1 : 0;
}

template <class What>
void forEachBit(std::uint64_t mask, What const& what) {
    for (; mask != 0; mask &= mask - 1)
        what(static_cast<std::size_t>(std::countr_zero(mask)));
}

} // namespace

Ledger::Ledger(model::Scenario const& scenario, verdict::Demand const& demand, Roster const& roster,
               record::Header const& header, record::MomentSink& sink)
    : demand_(demand), roster_(roster), header_(header), sink_(sink), windows_(demand, scenario),
      warmUpEnds_(SimTime::at(header.warmup)),
      batchLength_(Duration::nanoseconds(std::max<std::int64_t>(
          1, (header.lasts - header.warmup).count() / static_cast<std::int64_t>(batchCount)))),
      evident_(roster.loads.size()), numbers_(roster.loads.size()), live_(roster.loads.size()),
      seconds_(demand.seconds.size()), spans_(demand.windows.size()),
      interval_(roster.loads.size()), intervalLatency_(roster.loads.size()),
      intervalCalls_(roster.names.calls.size()) {
    std::size_t const loads = roster.loads.size();
    verdict::SubjectEvidence const empty{std::vector<measure::OutcomeTally>(demand.windows.size())};
    evidence_.seed = header.seed;
    evidence_.loads.assign(loads, empty);
    evidence_.whole.resize(loads);
    evidence_.batches.assign(loads, std::vector<measure::Batch>(batchCount));
    evidence_.subjects.assign(demand.outcomes.size(), empty);
    evidence_.services.resize(roster.names.services.size());
    evidence_.calls.resize(roster.names.calls.size());
    evidence_.windows.resize(demand.windows.size());
    for (auto& window : evidence_.windows) {
        window.services.resize(roster.names.services.size());
        window.calls.resize(roster.names.calls.size());
    }
    for (std::uint32_t i = 0; i < demand.outcomes.size(); ++i)
        for (auto const load : witnessesOf(demand.outcomes[i], roster))
            evident_[load].outcomes.push_back(i);
    for (std::uint32_t i = 0; i < demand.seconds.size(); ++i)
        for (auto const load : witnessesOf(demand.seconds[i], roster))
            evident_[load].seconds.push_back(i);
    sink_.begin(header_);
}

SimTime Ledger::advanced(SimTime at) {
    now_ = std::max(now_, at);
    std::uint64_t const before = windows_.mask();
    windows_.advance(now_);
    moveWindows(now_, before);
    return now_;
}

void Ledger::moveWindows(SimTime at, std::uint64_t before) {
    std::uint64_t const now = windows_.mask();
    forEachBit(before & ~now, [&](std::size_t w) { closeSpan(evidence_, w, at); });
    forEachBit(now & ~before, [&](std::size_t w) { spans_[w] = {at, evidence_.calls}; });
}

void Ledger::closeSpan(verdict::Evidence& evidence, std::size_t window, SimTime at) const {
    auto& closed = evidence.windows[window];
    Span const& span = spans_[window];
    closed.spans.push_back({span.since, at});
    closed.length = closed.length + (at - span.since);
    for (std::size_t c = 0; c < closed.calls.size(); ++c)
        add(closed.calls[c], difference(evidence_.calls[c], span.calls[c]));
}

void Ledger::emit(SimTime at, record::MomentKind what, bool isTurningPoint) {
    ++events_;
    record::Moment moment{at, std::move(what)};
    sink_.take(moment);
    if (!isTurningPoint)
        return;
    if (evidence_.turningPoints.size() < verdict::Evidence::momentCap)
        evidence_.turningPoints.push_back(std::move(moment));
    else
        ++evidence_.momentsLeftOut;
}

Ledger::RecentSecond& Ledger::recentAt(SimTime at) {
    std::int64_t const second = at.count() / 1'000'000'000;
    if (recent_.empty() || recent_.back().second < second)
        recent_.push_back({second, std::vector<measure::OutcomeTally>(roster_.loads.size())});
    while (recent_.front().second + static_cast<std::int64_t>(recentSeconds) < second)
        recent_.pop_front();
    return recent_.back();
}

Ticket Ledger::offered(std::uint32_t load, SimTime intended) {
    std::lock_guard const lock(mutex_);
    SimTime const now = advanced(intended);
    Ticket ticket{load, numbers_[load]++, intended, windows_.mask(), 0};
    if (intended >= warmUpEnds_)
        ticket.batch =
            std::min(batchCount - 1, static_cast<std::size_t>((intended - warmUpEnds_).count()
                                                              / batchLength_.count()));
    ++live_[load];
    ++interval_[load].offered;
    ++evidence_.whole[load].offered;
    ++recentAt(now).loads[load].offered;
    forEachBit(ticket.windows, [&](std::size_t w) {
        ++evidence_.loads[load].windows[w].offered;
        for (auto const subject : evident_[load].outcomes)
            ++evidence_.subjects[subject].windows[w].offered;
    });
    for (auto const meter : evident_[load].seconds)
        seconds_[meter].offered(intended);
    if (auto const call = roster_.loads[load].call; call != record::nobody) {
        ++evidence_.calls[call].requests;
        ++evidence_.calls[call].attempts;
        ++evidence_.calls[call].pending;
    }
    return ticket;
}

void Ledger::ended(Ticket const& ticket, RequestEnd const& end) {
    std::lock_guard const lock(mutex_);
    SimTime const now = advanced(end.at);
    std::uint32_t const load = ticket.load;
    Duration const took = end.at - ticket.intended;
    bool const inTime = took <= roster_.loads[load].inTime;
    --live_[load];
    countEnd(interval_[load], end.outcome, inTime);
    evidence_.whole[load].end(end.outcome, took, inTime);
    recentAt(now).loads[load].end(end.outcome, took, inTime);
    forEachBit(ticket.windows, [&](std::size_t w) {
        evidence_.loads[load].windows[w].end(end.outcome, took, inTime);
        for (auto const subject : evident_[load].outcomes)
            evidence_.subjects[subject].windows[w].end(end.outcome, took, inTime);
    });
    for (auto const meter : evident_[load].seconds)
        seconds_[meter].ended(ticket.intended, end.outcome, took, inTime);
    if (auto const call = roster_.loads[load].call; call != record::nobody)
        countEnd(evidence_.calls[call], end.outcome);
    if (isAnswered(end.outcome)) {
        intervalLatency_[load].record(took);
        if ((ticket.windows & 1) != 0) {
            auto& batch = evidence_.batches[load][ticket.batch];
            batch.sumSeconds += took.inSeconds();
            ++batch.count;
        }
    }
    writeRequest(ticket, end);
}

bool Ledger::isKept(std::uint64_t number, measure::Outcome outcome) {
    if (!record::holdsRequests(header_.level))
        return false;
    if (header_.level == record::Level::Full || number % header_.sampleEvery == 0)
        return true;
    return !isAnswered(outcome) && failuresKept_++ < failuresKeptAtMost;
}

void Ledger::writeRequest(Ticket const& ticket, RequestEnd const& end) {
    auto const& load = roster_.loads[ticket.load];
    if (load.call == record::nobody || load.endpoint == record::nobody
        || !isKept(ticket.number, end.outcome))
        return;
    record::Span span;
    span.call = load.call;
    span.endpoint = load.endpoint;
    span.sent = end.sent;
    span.answered = end.at;
    span.cause = end.cause;
    emit(now_,
         record::Request{
             ticket.load, ticket.number, ticket.intended, end.at, end.outcome, end.cause, {span}},
         false);
}

template <class Move>
SimTime Ledger::moved(SimTime at, Move const& move) {
    SimTime const now = advanced(at);
    std::uint64_t const before = windows_.mask();
    move();
    moveWindows(now, before);
    return now;
}

void Ledger::eventComes(SimTime at, std::uint32_t event) {
    std::lock_guard const lock(mutex_);
    moved(at, [&] { windows_.eventComes(event); });
}

void Ledger::eventBegan(SimTime at, record::EventBegan what) {
    std::lock_guard const lock(mutex_);
    SimTime const now = moved(at, [&] { windows_.eventBegins(what.event); });
    evidence_.eventSpans.push_back({what.event, now});
    emit(now, std::move(what), true);
}

void Ledger::eventGoes(SimTime at, std::uint32_t event) {
    std::lock_guard const lock(mutex_);
    moved(at, [&] { windows_.eventGoes(event); });
}

void Ledger::eventEnded(SimTime at, std::uint32_t event) {
    std::lock_guard const lock(mutex_);
    SimTime const now = moved(at, [&] { windows_.eventEnds(event); });
    for (auto& span : evidence_.eventSpans)
        if (span.event == event && span.end == SimTime::never())
            span.end = now;
    emit(now, record::EventEnded{event}, true);
}

void Ledger::replicaChanged(SimTime at, record::ReplicaChanged what) {
    std::lock_guard const lock(mutex_);
    emit(advanced(at), what, true);
}

void Ledger::tick(SimTime at) {
    std::lock_guard const lock(mutex_);
    SimTime const now = advanced(at);
    record::Interval interval;
    for (std::size_t i = 0; i < interval_.size(); ++i) {
        auto row = std::exchange(interval_[i], {});
        row.p50 = intervalLatency_[i].quantile(0.5);
        row.p95 = intervalLatency_[i].quantile(0.95);
        row.p99 = intervalLatency_[i].quantile(0.99);
        intervalLatency_[i].clear();
        interval.loads.push_back(row);
    }
    interval.services.resize(roster_.names.services.size());
    for (std::size_t c = 0; c < evidence_.calls.size(); ++c) {
        auto const since = difference(evidence_.calls[c], intervalCalls_[c]);
        record::CallInterval row;
        row.requests = static_cast<std::uint32_t>(since.requests);
        row.attempts = static_cast<std::uint32_t>(since.attempts);
        row.timeouts = static_cast<std::uint32_t>(since.timeouts);
        row.failures = static_cast<std::uint32_t>(since.errors);
        row.waiting = static_cast<std::uint32_t>(since.pending);
        interval.calls.push_back(row);
    }
    intervalCalls_ = evidence_.calls;
    emit(now, std::move(interval), false);
}

// With every window closed.
verdict::Evidence Ledger::closed(SimTime at) const {
    verdict::Evidence evidence = evidence_;
    SimTime const now = std::max(now_, at);
    forEachBit(windows_.mask(), [&](std::size_t w) { closeSpan(evidence, w, now); });
    for (auto const& meter : seconds_)
        evidence.seconds.push_back(meter.tallies());
    evidence.liveAtEnd = live_;
    evidence.ended = now;
    evidence.events = events_;
    return evidence;
}

verdict::Evidence Ledger::soFar(SimTime at) const {
    std::lock_guard const lock(mutex_);
    return closed(at);
}

verdict::Evidence Ledger::recent(SimTime at) const {
    std::lock_guard const lock(mutex_);
    verdict::Evidence evidence = closed(at);
    Duration const length = std::min(evidence.ended.sinceStart(), Duration::seconds(recentSeconds));
    evidence.windows[0].length = length;
    for (auto& load : evidence.loads)
        load.windows[0] = {};
    for (auto& subject : evidence.subjects)
        subject.windows[0] = {};
    for (auto const& second : recent_) {
        if (SimTime::at(Duration::seconds(second.second + 1)) + Duration::seconds(recentSeconds)
            <= evidence.ended)
            continue;
        for (std::size_t i = 0; i < second.loads.size(); ++i) {
            evidence.loads[i].windows[0].merge(second.loads[i]);
            for (auto const subject : evident_[i].outcomes)
                evidence.subjects[subject].windows[0].merge(second.loads[i]);
        }
    }
    return evidence;
}

verdict::Evidence Ledger::finish(SimTime at, record::EndReason reason) {
    std::lock_guard const lock(mutex_);
    SimTime const now = advanced(at);
    evidence_ = closed(now);
    windows_.close();
    evidence_.reason = reason;
    sink_.take({now, record::RunEnded{reason, evidence_.events, evidence_.digest}});
    return std::move(evidence_);
}

} // namespace shakedown::conduct
