#pragma once

#include <string>
#include <vector>

#include "reports/verdict/evidence.hpp"

namespace shakedown::verdict {

/// One step of how it went wrong.
struct StoryItem {
    SimTime at;
    std::string subject; // a service or a call
    std::string what;    // "queue full"
    std::string because; // the call its workers wait for, or the events under way; may be empty
    std::string waitsFor = {}; // the service that call leads to, or empty
    std::size_t moment = 0;    // index into the evidence's turning points
};

/// The first turning points after the first fault or operation (from the start if there is none):
/// workers all busy for a second or longer, a queue full, a breaker open, a replica gone. In order
/// of time, the first of each subject and kind, at most `storyLimit`.
std::vector<StoryItem> whatBrokeFirst(Evidence const& evidence, record::Names const& names);
inline constexpr std::size_t storyLimit = 20;

/// Where most steps of a story come from: each is followed from the service it waits for to what
/// befell that one. Empty for an empty story.
std::string topCause(std::vector<StoryItem> const& story);

} // namespace shakedown::verdict
