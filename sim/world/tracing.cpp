#include "sim/world/world.hpp"

namespace shakedown::world {

// At level sampled every request is followed and forgotten again when it went well, so that a
// failure is recorded from its beginning; once enough failures are recorded only the samples are.
void World::beginTrace(Request& request, std::uint64_t number) {
    bool const sampled = isSampled(number);
    if (!sampled && !mayRecordFailure())
        return;
    if (freeTraces_.empty()) {
        freeTraces_.push_back(static_cast<std::uint32_t>(traces_.size()));
        traces_.emplace_back();
    }
    request.isTraced = true;
    traceIndices_.put(request.index) = freeTraces_.back();
    freeTraces_.pop_back();
    record::Request& trace = traceOf(request);
    trace.load = request.load;
    trace.number = number;
    trace.intended = request.intended;
    trace.ended = SimTime::never();
    trace.spans.clear();
}

// A tenth of the failures at any time, the others in step with the run, so that a late cascade is
// recorded as well as an early one.
bool World::mayRecordFailure() const {
    double const most = options_.failuresRecorded;
    double const passed = kernel_.now().inSeconds() / options_.lasts.inSeconds();
    return failuresRecorded_ < most * (0.1 + 0.9 * passed);
}

// One more attempt, if its request is traced.
void World::addSpan(Call const& call, std::uint32_t replica) {
    Request const& request = requests_[call.request];
    if (!request.isTraced)
        return;
    constexpr std::size_t mostSpans = 5'000;
    CallSpans& own = callSpans_[call.index];
    auto& spans = traceOf(request).spans;
    own.current = nothing;
    if (spans.size() >= mostSpans)
        return;
    Site const& site = plan_.sites[call.site];
    record::Span& span = spans.emplace_back();
    span.parent = own.parent;
    span.call = plan_.edges[site.edge].call;
    span.endpoint = site.endpoint;
    span.replica = replica;
    span.attempt = call.attempts;
    span.sent = kernel_.now();
    own.current = static_cast<std::uint32_t>(spans.size() - 1);
}

record::Span* World::tracedSpan(std::uint32_t request, std::uint32_t span) {
    Request const& traced = requests_[request];
    return span == nothing || !traced.isTraced ? nullptr : &traceOf(traced).spans[span];
}

void World::endTrace(Request& request) {
    record::Request& trace = traceOf(request);
    trace.outcome = request.outcome;
    trace.cause = request.cause;
    bool const sampled = isSampled(trace.number);
    bool const wentWell = request.ended && request.outcome == measure::Outcome::Ok
                          && trace.ended - trace.intended <= plan_.loads[request.load].inTime;
    bool const asFailure = !sampled && !wentWell && mayRecordFailure();
    if (asFailure)
        ++failuresRecorded_;
    if (sampled || asFailure)
        emit(trace);
    freeTraces_.push_back(traceIndices_[request.index]);
    request.isTraced = false;
}

} // namespace shakedown::world
