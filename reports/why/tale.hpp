#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/why/account.hpp"
#include "reports/why/course.hpp"

namespace shakedown::why {

struct TaleLine {
    SimTime at;
    std::string text;
};

/// How it went, as a person would tell it: what was done, what broke first and what then, who
/// noticed, and how it ended.
struct Tale {
    std::vector<TaleLine> lines;       // in order of time
    std::optional<Duration> toDetect;  // from the first event to the first bad outcomes
    std::optional<Duration> toSpread;  // from these to the last one that was drawn in
    std::optional<Duration> toRecover; // from the end of the last event to all being well
    std::optional<SimTime> hurtFrom;   // none: no load suffered
    SimTime hurtUntil;                 // the end of the record if it did not heal
    bool healed = true;
    bool isMetastable = false; // every event was over long before the end, and still
};

Tale tell(Course const& course);

} // namespace shakedown::why
