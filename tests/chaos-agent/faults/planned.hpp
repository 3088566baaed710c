#pragma once

#include <string>

#include <catch2/catch.hpp>

#include "chaos-agent/faults/planner.hpp"

// Faults of one target, planned as an agent would that knows no other.
namespace shakedown::tests {

inline injectors::Planned plannedFor(protocol::FaultKind const& what,
                                     injectors::Target const& target,
                                     injectors::Protected const& spared = {}) {
    protocol::FaultRequest request;
    request.what = what;
    request.target = target.name;
    request.duration = Duration::seconds(10);
    return planOf(request, {{target.name, target}}, spared);
}

inline injectors::Plan planFor(protocol::FaultKind const& what, injectors::Target const& target,
                               injectors::Protected const& spared = {}) {
    auto got = plannedFor(what, target, spared);
    if (auto const* failure = std::get_if<system::Failure>(&got)) {
        FAIL(failure->why);
    }
    return std::get<injectors::Plan>(std::move(got));
}

inline std::string refusalOf(protocol::FaultKind const& what, injectors::Target const& target,
                             injectors::Protected const& spared = {}) {
    auto const got = plannedFor(what, target, spared);
    REQUIRE(std::holds_alternative<system::Failure>(got));
    return std::get<system::Failure>(got).why;
}

} // namespace shakedown::tests
