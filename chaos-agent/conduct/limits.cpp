#include "chaos-agent/conduct/limits.hpp"

#include <algorithm>
#include <set>

#include "chaos-agent/conduct/codes.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::conduct {

namespace {

struct AtOnce {
    std::size_t faults = 0;
    std::size_t targets = 0;
};

// The most at any instant: at the begin of one of them.
AtOnce mostAtOnce(Programme const& programme) {
    AtOnce most;
    for (auto const& one : programme.occurrences) {
        std::size_t faults = 0;
        std::set<std::string> targets;
        for (auto const& other : programme.occurrences) {
            bool const isUnderWay =
                other.begin <= one.begin && (one.begin < other.end || other.begin == one.begin);
            if (!isUnderWay)
                continue;
            for (auto const& fault : programme.events[other.event].faults) {
                ++faults;
                targets.insert(fault.request.target);
            }
        }
        most = {std::max(most.faults, faults), std::max(most.targets, targets.size())};
    }
    return most;
}

Diagnostic broken(Place const& place, std::string message) {
    return {Severity::Error, codes::limitBroken, std::move(message),
            "change the scenario, or the limits of its section `live`", place};
}

} // namespace

Diagnostics brokenLimits(model::Scenario const& scenario, Programme const& programme) {
    Diagnostics findings;
    auto const& limits = scenario.live->limits;
    Place const& place = scenario.live->place;
    auto const most = mostAtOnce(programme);
    if (limits.maxFaults && most.faults > static_cast<std::size_t>(*limits.maxFaults))
        findings.push_back(broken(place, std::to_string(most.faults)
                                             + " faults would be at work at once; max_faults is "
                                             + std::to_string(*limits.maxFaults)));
    if (limits.maxTargets && most.targets > static_cast<std::size_t>(*limits.maxTargets))
        findings.push_back(broken(place, std::to_string(most.targets)
                                             + " targets would be hit at once; max_targets is "
                                             + std::to_string(*limits.maxTargets)));
    if (!limits.maxDuration)
        return findings;
    std::set<std::uint32_t> told;
    for (auto const& one : programme.occurrences) {
        auto const& event = programme.events[one.event];
        if (event.faults.empty() || one.end - one.begin <= *limits.maxDuration
            || !told.insert(one.event).second)
            continue;
        findings.push_back(broken(scenario.faults[event.event].place,
                                  "'" + event.name + "' would last " + toText(one.end - one.begin)
                                      + "; max_duration is " + toText(*limits.maxDuration)));
    }
    return findings;
}

} // namespace shakedown::conduct
