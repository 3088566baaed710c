#include "chaos-agent/faults/group_room.hpp"

#include <algorithm>

#include <fcntl.h>
#include <unistd.h>

#include "chaos-agent/system/sha256.hpp"

namespace shakedown::injectors {

namespace {

using system::Failure;
using system::Got;
using system::GroupPlace;
using system::GroupVersion;

constexpr std::size_t digitsOfGroup = 12;

// With version 2 a group that holds processes hands out no controllers. The agent moves into a
// group of its own at its start, so the one above is where there is room.
Got<GroupPlace> handingOut(GroupPlace place, std::string const& controller) {
    if (system::handsOut(place, controller))
        return place;
    auto const cut = [](std::string const& path) { return path.substr(0, path.rfind('/')); };
    std::string const leaf = std::string("/") + system::agentGroup;
    if (place.path.ends_with(leaf)) {
        place = {place.version, cut(place.directory), cut(place.path)};
        if (system::handsOut(place, controller))
            return place;
    }
    return Failure{"the control group " + place.directory + " does not hand out the controller '"
                   + controller + "' (under the unit shipped, see load.conf)"};
}

} // namespace

Got<GroupPlace> roomFor(std::string const& controller) {
    auto const own = system::groupOf(getpid(), controller);
    if (auto const* failure = std::get_if<Failure>(&own))
        return *failure;
    auto place = handingOut(std::get<GroupPlace>(own), controller);
    auto const* found = std::get_if<GroupPlace>(&place);
    if (found != nullptr && faccessat(AT_FDCWD, found->directory.c_str(), W_OK, AT_EACCESS) != 0)
        return Failure{system::failureOf(found->directory, errno).why
                       + "; control groups are made there (under the unit shipped, see"
                         " load.conf)"};
    return place;
}

std::string ownNameOf(std::string const& kind, Target const& target) {
    std::string const who = kind + '\n' + target.name + '\n' + target.pidFile + '\n' + target.unit
                            + '\n' + (target.address ? target.address->text() : "") + '\n'
                            + (target.disk ? target.disk->directory : "");
    return system::ownGroupPrefix + system::sha256(who).substr(0, digitsOfGroup);
}

Got<std::vector<system::OwnGroup>> planGroups(std::string const& name, GroupLimits const& limits) {
    std::vector<system::OwnGroup> groups;
    for (auto const& [controller, some] : limits) {
        auto const room = roomFor(controller);
        if (auto const* failure = std::get_if<Failure>(&room))
            return *failure;
        std::string const directory = std::get<GroupPlace>(room).directory + "/" + name;
        auto group = std::find_if(groups.begin(), groups.end(),
                                  [&](auto const& one) { return one.directory == directory; });
        if (group == groups.end())
            group = groups.insert(groups.end(), {directory, {}});
        group->limits.insert(group->limits.end(), some.begin(), some.end());
    }
    auto const there = system::isAnyThere(groups);
    if (auto const* failure = std::get_if<Failure>(&there))
        return *failure;
    if (std::get<bool>(there))
        return Failure{"control group " + name + " is there already"};
    return groups;
}

} // namespace shakedown::injectors
