#include "reports/html/history.hpp"

#include <algorithm>
#include <variant>

namespace shakedown::html {

namespace {

using record::BreakerState;
using record::ReplicaState;

// The length of a step: so many intervals, 1-2-5, that the steps fit.
Duration stepFor(Duration lasts, Duration interval) {
    std::int64_t const length = std::max<std::int64_t>(1, interval.count());
    std::int64_t const intervals = std::max<std::int64_t>(0, lasts.count() - 1) / length + 1;
    std::int64_t times = 1;
    for (std::int64_t power = 1; (intervals - 1) / times >= History::mostSteps; power *= 10) {
        for (std::int64_t const digit : {1, 2, 5}) {
            times = digit * power;
            if ((intervals - 1) / times < History::mostSteps) {
                break;
            }
        }
    }
    return Duration::nanoseconds(length * times);
}

int severityOf(BreakerState state) {
    switch (state) {
    case BreakerState::Closed:
    case BreakerState::Disabled:
        return 0;
    case BreakerState::HalfOpen:
        return 1;
    case BreakerState::Open:
        return 2;
    case BreakerState::ForcedOpen:
        return 3;
    }
    return 0;
}

bool isOpen(BreakerState state) {
    return severityOf(state) >= 2;
}

void add(LoadStep& step, record::LoadInterval const& i) {
    step.offered += i.offered;
    step.ok += i.ok;
    step.degraded += i.degraded;
    step.failed += i.failed;
    step.rejected += i.rejected;
    step.timedOut += i.timedOut;
    step.good += i.good;
    double const answered = static_cast<double>(i.ok) + i.degraded;
    step.p50Weighted += i.p50.inSeconds() * answered;
    step.p95Weighted += i.p95.inSeconds() * answered;
    step.p99 = std::max(step.p99, i.p99.inSeconds());
}

void add(ServiceStep& step, record::ServiceInterval const& i) {
    step.queue = std::max(step.queue, i.queue);
    step.utilisationSum += i.utilisation;
    ++step.intervals;
}

void add(CallStep& step, record::CallInterval const& i) {
    step.requests += i.requests;
    step.attempts += i.attempts;
    step.retries += i.retries;
    step.timeouts += i.timeouts;
    step.failures += i.failures;
}

template <class Step, class Intervals>
void addAll(std::vector<std::vector<Step>>& steps, std::size_t at, Intervals const& intervals) {
    for (std::size_t i = 0; i < std::min(steps.size(), intervals.size()); ++i) {
        add(steps[i][at], intervals[i]);
    }
}

} // namespace

double CallStep::trouble() const {
    std::uint64_t const bad = timeouts + failures;
    // What fails now may have been sent in an earlier step.
    std::uint64_t const of = std::max(attempts, bad);
    return of == 0 ? 0 : static_cast<double>(bad) / static_cast<double>(of);
}

void History::begin(record::Header const& header) {
    header_ = header;
    step_ = stepFor(header.lasts, header.interval);
    room_ = static_cast<std::size_t>(std::max<std::int64_t>(0, header.lasts.count() - 1)
                                     / step_.count())
            + 1;
    if (header.level == record::Level::Summary) {
        room_ = 1; // without intervals nothing is shown
    }
    loads_.assign(header.names.loads.size(), std::vector<LoadStep>(room_));
    services_.assign(header.names.services.size(), std::vector<ServiceStep>(room_));
    calls_.assign(header.names.calls.size(), std::vector<CallStep>(room_));
}

void History::take(record::Moment const& moment) {
    std::visit(
        [&](auto const& what) {
            if constexpr (requires { follow(moment.at, what); }) {
                follow(moment.at, what);
            }
        },
        moment.what);
}

std::size_t History::stepUpTo(SimTime at) const {
    std::int64_t const step = std::max<std::int64_t>(0, at.count() - 1) / step_.count();
    return std::min(static_cast<std::size_t>(step), room_ - 1);
}

std::size_t History::stepFrom(SimTime at) const {
    std::int64_t const step = std::max<std::int64_t>(0, at.count()) / step_.count();
    return std::min(static_cast<std::size_t>(step), room_ - 1);
}

void History::follow(SimTime at, record::EventBegan const& began) {
    if (events_.size() >= mostEvents) {
        ++eventsLeftOut_;
        return;
    }
    events_.push_back({began.event, at, SimTime::never()});
}

void History::follow(SimTime at, record::EventEnded const& ended) {
    for (auto& span : events_) {
        if (span.event == ended.event && span.end == SimTime::never()) {
            span.end = at;
            return;
        }
    }
}

void History::follow(SimTime at, record::ReplicaChanged const& changed) {
    if (changed.service >= services_.size()) {
        return;
    }
    markReplicas(stepUpTo(at)); // as it was until now
    if (changed.to == ReplicaState::Down || changed.to == ReplicaState::Hung) {
        gone_[{changed.service, changed.replica}] = changed.to;
    } else {
        gone_.erase({changed.service, changed.replica});
    }
    markReplicas(stepFrom(at));
}

void History::follow(SimTime at, record::BreakerChanged const& changed) {
    if (changed.call >= calls_.size()) {
        return;
    }
    markBreakers(stepUpTo(at));
    if (severityOf(changed.to) > 0) {
        notClosed_[{changed.call, changed.caller}] = changed.to;
    } else {
        notClosed_.erase({changed.call, changed.caller});
    }
    markBreakers(stepFrom(at));
}

void History::follow(SimTime at, record::Interval const& interval) {
    std::size_t const step = stepUpTo(at);
    steps_ = std::max(steps_, step + 1);
    addAll(loads_, step, interval.loads);
    addAll(services_, step, interval.services);
    addAll(calls_, step, interval.calls);
    markReplicas(step);
    markBreakers(step);
}

void History::markReplicas(std::size_t step) {
    for (auto it = gone_.begin(); it != gone_.end();) {
        std::uint32_t const service = it->first.first;
        std::uint32_t count = 0;
        for (; it != gone_.end() && it->first.first == service; ++it) {
            ++count;
        }
        auto& most = services_[service][step].gone;
        most = std::max(most, count);
    }
}

void History::markBreakers(std::size_t step) {
    for (auto it = notClosed_.begin(); it != notClosed_.end();) {
        std::uint32_t const call = it->first.first;
        CallStep& s = calls_[call][step];
        std::uint32_t open = 0;
        for (; it != notClosed_.end() && it->first.first == call; ++it) {
            open += isOpen(it->second) ? 1 : 0;
            s.worst = severityOf(it->second) > severityOf(s.worst) ? it->second : s.worst;
        }
        s.open = std::max(s.open, open);
    }
}

} // namespace shakedown::html
