#include "reports/formats/attempt_times.hpp"

#include <algorithm>

namespace shakedown::formats {

AttemptTimes timesOf(record::Span const& span, SimTime written) {
    auto const known = [](SimTime t) { return t != SimTime::never(); };
    AttemptTimes times;
    times.sent = sane(known(span.sent) ? span.sent : written);
    times.answered = std::max(times.sent, sane(known(span.answered) ? span.answered : written));
    times.hasArrived = known(span.arrived);
    if (!times.hasArrived) {
        return times;
    }
    times.arrived = sane(span.arrived);
    times.hasEnded = known(span.ended);
    // A callee that died under its work says nothing; its caller is told, or waits.
    times.ended = std::max(times.arrived, times.hasEnded ? sane(span.ended) : times.answered);
    times.hasStarted = known(span.started);
    if (times.hasStarted) {
        times.started = std::clamp(sane(span.started), times.arrived, times.ended);
    }
    return times;
}

} // namespace shakedown::formats
