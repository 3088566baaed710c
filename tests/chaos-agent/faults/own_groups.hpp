#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

#include "chaos-agent/faults/group_room.hpp"

namespace shakedown::tests {

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
