#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "chaos-agent/faults/stress_program.hpp"

namespace shakedown::tests {

// Whether faults of the kind, that need control groups, can be done here; warns if not.
inline bool hasGroupsFor(std::string const& kind) {
    std::map<std::string, std::vector<std::string>> const needed{
        {"cpu", {"cpu", "pids"}}, {"memory", {"memory", "pids"}}, {"io", {"pids"}},
        {"cpu_quota", {"cpu"}},   {"processes", {"pids"}},
    };
    auto const found = needed.find(kind);
    if (found == needed.end()) {
        return true;
    }
    bool const isLoad = kind == "cpu" || kind == "memory" || kind == "io";
    std::string why = isLoad && injectors::stressProgram().empty() ? "no stress-ng" : "";
    for (auto const& controller : found->second) {
        auto const room = injectors::roomFor(controller);
        if (auto const* failure = std::get_if<system::Failure>(&room)) {
            why = failure->why;
        }
    }
    if (!why.empty()) {
        WARN("skipped: " << kind << ": " << why);
    }
    return why.empty();
}

// The control groups that are there of faults on the target, and how many processes are in each.
inline std::map<std::string, std::size_t> ownGroupsOf(injectors::Target const& target) {
    std::map<std::string, std::size_t> groups;
    for (auto const& kind : protocol::faultNames()) {
        for (auto const* controller : {"cpu", "memory", "pids"}) {
            auto const room = injectors::roomFor(controller);
            auto const* place = std::get_if<system::GroupPlace>(&room);
            if (place == nullptr) {
                continue;
            }
            std::string const directory =
                place->directory + "/" + injectors::ownNameOf(kind, target);
            if (std::filesystem::exists(directory)) {
                auto const count = system::countIn({{directory, {}}});
                groups[directory] = std::get<std::size_t>(count);
            }
        }
    }
    return groups;
}

inline std::string ownGroupsState(injectors::Target const& target) {
    std::string text;
    for (auto const& [directory, count] : ownGroupsOf(target)) {
        text += " " + directory + " " + std::to_string(count);
    }
    return text;
}

// How many processes are in them.
inline std::size_t ownGroupsLoad(injectors::Target const& target) {
    std::size_t most = 0;
    for (auto const& [directory, count] : ownGroupsOf(target)) {
        most = std::max(most, count);
    }
    return most;
}

} // namespace shakedown::tests
