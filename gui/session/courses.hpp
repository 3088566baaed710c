#pragma once

#include <algorithm>
#include <cstdint>

#include "gui/session/snapshot.hpp"

/// How states are told from rows and changes; of this room alone.
namespace shakedown::gui {

inline double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

/// Of the breakers of all callers the one that most has to be seen.
inline int gravityOf(record::BreakerState state) {
    using record::BreakerState;
    switch (state) {
    case BreakerState::Closed:
    case BreakerState::Disabled:
        return 0;
    case BreakerState::HalfOpen:
        return 1;
    case BreakerState::Open:
        return 2;
    case BreakerState::ForcedOpen:
        break;
    }
    return 3;
}

inline int gravityOf(record::ReplicaState state) {
    using record::ReplicaState;
    switch (state) {
    case ReplicaState::Up:
        return 0;
    case ReplicaState::Draining:
        return 1;
    case ReplicaState::Starting:
        return 2;
    case ReplicaState::Hung:
        return 3;
    case ReplicaState::Down:
        break;
    }
    return 4;
}

inline bool isGone(record::ReplicaState state) {
    return gravityOf(state) >= gravityOf(record::ReplicaState::Starting);
}

/// The last change at or before an instant; null if there was none.
template <class Course>
auto const* lastOf(Course const& course, SimTime at) {
    auto const after =
        std::upper_bound(course.begin(), course.end(), at,
                         [](SimTime t, auto const& change) { return t < change.at; });
    return after == course.begin() ? nullptr : &*std::prev(after);
}

/// The gravest state of [from, to], which began as `first`.
template <class Course, class State>
State gravestOf(Course const& course, State first, SimTime from, SimTime to) {
    auto const* before = lastOf(course, from);
    State gravest = before == nullptr ? first : before->to;
    auto change = course.begin() + (before == nullptr ? 0 : before - course.data());
    for (; change != course.end() && change->at <= to; ++change)
        if (change->at >= from && gravityOf(change->to) > gravityOf(gravest))
            gravest = change->to;
    return gravest;
}

Health serviceHealthOf(double trouble, double utilisation);
Health loadHealthOf(double badShare, double strainedShare);

} // namespace shakedown::gui
