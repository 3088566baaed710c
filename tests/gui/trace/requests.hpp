#pragma once

#include <catch2/catch.hpp>

#include "gui/trace/waterfall.hpp"

namespace shakedown::tests {

inline SimTime ms(double milliseconds) {
    return SimTime::at(Duration::fromSeconds(milliseconds / 1e3));
}

// A caller's attempt that was served at once and answered with `cause`.
inline record::Span span(std::uint32_t parent, std::uint32_t call, double sent, double answered,
                         record::Cause cause = record::Cause::None, std::uint32_t attempt = 1) {
    record::Span made;
    made.parent = parent;
    made.call = call;
    made.endpoint = call;
    made.replica = 0;
    made.attempt = attempt;
    made.sent = made.arrived = made.started = ms(sent);
    made.ended = made.answered = ms(answered);
    made.cause = cause;
    return made;
}

// visitors -> site, which calls autos twice: the first attempt times out after 300 ms, all of it in
// the queue, the second after 280 ms there and 20 ms in service.
inline record::Request timedOut() {
    using record::Cause;
    record::Request request;
    request.intended = ms(1000);
    request.ended = ms(1604);
    request.outcome = measure::Outcome::TimedOut;
    request.cause = Cause::Timeout;
    request.spans = {span(record::nobody, 0, 1000, 1604, Cause::ErrorReply),
                     span(0, 1, 1002, 1302, Cause::Timeout),
                     span(0, 1, 1304, 1604, Cause::Timeout, 2)};
    request.spans[1].started = request.spans[1].ended = SimTime::never();
    request.spans[2].started = ms(1584);
    request.spans[2].ended = ms(1640);
    return request;
}

inline record::Header header() {
    record::Header made;
    made.names.loads = {"visitors"};
    made.names.services = {"site", "autos"};
    made.names.endpoints = {"site/page", "autos/find"};
    made.names.calls = {"visitors -> site", "site -> autos"};
    return made;
}

} // namespace shakedown::tests
