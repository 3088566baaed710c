#include "sim/world/world.hpp"

namespace shakedown::world {

// At level sampled every request is followed and forgotten again when it went well, so that a
// failure is recorded from its beginning; once enough failures are recorded only the samples are.
void World::beginTrace(Request& request) {
    bool const sampled =
        options_.level == record::Level::Full || request.number % options_.sampleEvery == 0;
    if (!sampled && failuresRecorded_ >= options_.failuresRecorded)
        return;
    if (freeTraces_.empty()) {
        freeTraces_.push_back(static_cast<std::uint32_t>(traces_.size()));
        traces_.emplace_back();
    }
    request.trace = freeTraces_.back();
    freeTraces_.pop_back();
    record::Request& trace = traces_[request.trace];
    trace.load = request.load;
    trace.number = request.number;
    trace.intended = request.intended;
    trace.ended = SimTime::never();
    trace.spans.clear();
}

std::uint32_t World::addSpan(Call const& call, std::uint32_t replica) {
    constexpr std::size_t mostSpans = 5'000;
    auto& spans = traces_[requests_[call.request].trace].spans;
    if (spans.size() >= mostSpans)
        return nothing;
    Site const& site = plan_.sites[call.site];
    record::Span span;
    span.parent = call.parentSpan;
    span.call = plan_.edges[site.edge].call;
    span.endpoint = site.endpoint;
    span.replica = replica;
    span.attempt = call.attempts;
    span.sent = kernel_.now();
    spans.push_back(span);
    return static_cast<std::uint32_t>(spans.size() - 1);
}

record::Span* World::tracedSpan(std::uint32_t request, std::uint32_t span) {
    std::uint32_t const trace = requests_[request].trace;
    return trace == nothing ? nullptr : &traces_[trace].spans[span];
}

void World::endTrace(Request& request) {
    record::Request& trace = traces_[request.trace];
    trace.outcome = request.outcome;
    trace.cause = request.cause;
    bool const sampled =
        options_.level == record::Level::Full || request.number % options_.sampleEvery == 0;
    bool const wentWell = request.ended && request.outcome == measure::Outcome::Ok;
    bool const asFailure = !sampled && !wentWell && failuresRecorded_ < options_.failuresRecorded;
    if (asFailure)
        ++failuresRecorded_;
    if (sampled || asFailure)
        emit(trace);
    freeTraces_.push_back(request.trace);
    request.trace = nothing;
}

} // namespace shakedown::world
