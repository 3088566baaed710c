#pragma once

#include "reports/record/moments.hpp"

namespace shakedown::formats {

/// The times of one attempt, all known and in order: nothing before the start of the run, no end
/// before its beginning, whatever the record says.
struct AttemptTimes {
    SimTime sent;
    SimTime answered; // seen by the caller, or until when it waited
    bool hasArrived = false;
    bool hasStarted = false; // got a worker
    bool hasEnded = false;   // at the callee, before the record of the request did
    SimTime arrived;
    SimTime started;
    SimTime ended;
};

/// `written` is when the request was written: for what has not ended by then, its end.
AttemptTimes timesOf(record::Span const& span, SimTime written);

/// Not before the start of the run.
inline SimTime sane(SimTime t) {
    return t < SimTime() ? SimTime() : t;
}

} // namespace shakedown::formats
