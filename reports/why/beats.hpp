#pragma once

#include <optional>
#include <vector>

#include "reports/why/course.hpp"

namespace shakedown::why {

inline constexpr Duration beat = Duration::seconds(1);

/// Share of the requests that were bad in each beat, a second or an interval long.
struct Beat {
    SimTime begin;
    SimTime end;
    double ended = 0;
    double bad = 0;
    double share() const { return ended > 0 ? bad / ended : 0; }
};
/// Of one load, or of all.
std::vector<Beat> beatsOf(Course const& course, std::optional<std::uint32_t> load);

/// The share that was bad between the warm-up and the first event; 0 if there was no such time.
double ordinaryShare(std::vector<Beat> const& beats, Course const& course);

} // namespace shakedown::why
