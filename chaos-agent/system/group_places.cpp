#include "chaos-agent/system/group_places.hpp"

#include <optional>
#include <sstream>
#include <vector>

#include "chaos-agent/system/file_text.hpp"

namespace shakedown::system {

namespace {

struct Mount {
    GroupVersion version = GroupVersion::Two;
    std::string root; // what of the hierarchy is mounted
    std::string point;
    std::string controllers; // of version 1, "rw,cpu,cpuacct"
};

bool listHas(std::string const& list, std::string const& word, char between) {
    std::istringstream words(list);
    for (std::string one; std::getline(words, one, between);)
        if (one == word)
            return true;
    return false;
}

// A line of proc_pid_mountinfo(5): fields, a dash, and the kind, source and options of the
// filesystem. Names with spaces are escaped there, and no hierarchy has one.
std::optional<Mount> mountOf(std::string const& line) {
    auto const dash = line.find(" - ");
    if (dash == std::string::npos)
        return {};
    std::istringstream before(line.substr(0, dash));
    std::istringstream after(line.substr(dash + 3));
    std::string skipped;
    std::string kind;
    Mount mount;
    before >> skipped >> skipped >> skipped >> mount.root >> mount.point;
    after >> kind >> skipped >> mount.controllers;
    if (kind != "cgroup" && kind != "cgroup2")
        return {};
    mount.version = kind == "cgroup" ? GroupVersion::One : GroupVersion::Two;
    return mount;
}

std::vector<Mount> mountsIn(std::string const& text) {
    std::vector<Mount> mounts;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (auto const mount = mountOf(line))
            mounts.push_back(*mount);
    return mounts;
}

// Lines are "number:controllers:path"; version 2 has no controllers there.
std::optional<std::string> pathIn(std::string const& groups, std::string const& controller) {
    std::istringstream lines(groups);
    for (std::string line; std::getline(lines, line);) {
        auto const first = line.find(':');
        auto const second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos)
            continue;
        std::string const names = line.substr(first + 1, second - first - 1);
        if (controller.empty() ? names.empty() : listHas(names, controller, ','))
            return line.substr(second + 1);
    }
    return {};
}

std::optional<GroupPlace> placeIn(Mount const& mount, std::string const& path) {
    std::string const root = mount.root == "/" ? "" : mount.root;
    if (!isWithin(path, mount.root) || path.find("/..") != std::string::npos)
        return {};
    std::string const below = path.substr(root.size());
    return GroupPlace{mount.version, mount.point + (below == "/" ? "" : below), path};
}

} // namespace

bool isWithin(std::string const& path, std::string const& above) {
    std::string const stem = above == "/" ? "" : above;
    return path.starts_with(stem) && (path.size() == stem.size() || path[stem.size()] == '/');
}

Got<GroupPlace> groupIn(std::string const& mounts, std::string const& groups,
                        std::string const& controller) {
    auto const all = mountsIn(mounts);
    for (auto const version : {GroupVersion::One, GroupVersion::Two}) {
        bool const isOne = version == GroupVersion::One;
        auto const path = pathIn(groups, isOne ? controller : "");
        for (auto const& mount : all) {
            if (!path || mount.version != version
                || (isOne && !listHas(mount.controllers, controller, ',')))
                continue;
            if (auto place = placeIn(mount, *path))
                return *place;
        }
    }
    return Failure{"this host shows no control groups with the controller '" + controller + "'"};
}

Got<GroupPlace> groupOf(pid_t process, std::string const& controller) {
    auto const mounts = readFile("/proc/self/mountinfo", 1024UL * 1024);
    if (auto const* failure = std::get_if<Failure>(&mounts))
        return *failure;
    auto const groups = readFile("/proc/" + std::to_string(process) + "/cgroup");
    if (auto const* failure = std::get_if<Failure>(&groups))
        return *failure;
    auto place = groupIn(std::get<std::string>(mounts), std::get<std::string>(groups), controller);
    auto const* found = std::get_if<GroupPlace>(&place);
    if (found == nullptr || found->version == GroupVersion::One)
        return place;
    auto const controllers = readFile(found->directory + "/cgroup.controllers");
    auto const* names = std::get_if<std::string>(&controllers);
    if (names == nullptr || !listHas(names->substr(0, names->find('\n')), controller, ' '))
        return Failure{"the control group " + found->directory + " has no controller '" + controller
                       + "'"};
    return place;
}

bool handsOut(GroupPlace const& place, std::string const& controller) {
    if (place.version == GroupVersion::One)
        return true;
    auto const given = readFile(place.directory + "/cgroup.subtree_control");
    auto const* names = std::get_if<std::string>(&given);
    return names != nullptr && listHas(names->substr(0, names->find('\n')), controller, ' ');
}

} // namespace shakedown::system
