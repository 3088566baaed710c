#include "chaos-agent/faults/plan_disk.hpp"

#include <algorithm>

#include <unistd.h>

#include "chaos-agent/system/fill_file.hpp"
#include "chaos-agent/system/sha256.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::injectors {

namespace {

using system::Failed;
using system::Failure;

constexpr std::size_t digitsOfFill = 12;

// A protected directory that is not there needs no room.
bool isProtected(system::Folder const& folder, Protected const& spared) {
    return std::any_of(spared.directories.begin(), spared.directories.end(),
                       [&](std::string const& path) {
                           auto const found = system::lookAtFolder(path);
                           auto const* one = std::get_if<system::Folder>(&found);
                           return one != nullptr && one->device == folder.device;
                       });
}

Failed checkRoom(FillDisk const& fill) {
    auto const got = system::freeIn(fill.folder);
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const free = std::get<Bytes>(got);
    std::string const state = "of " + fill.folder.path + " " + toText(free) + " are free";
    if (free <= fill.leave)
        return Failure{state + ", and " + toText(fill.leave) + " are to be left: nothing to fill"};
    if (free.count() - fill.leave.count() > fill.most.count())
        return Failure{state + ", and the agent's configuration lets a file take "
                       + toText(fill.most) + " at most (max_bytes): more than " + toText(fill.leave)
                       + " would be left"};
    return {};
}

Failed checkName(FillDisk const& fill) {
    auto const room = system::roomOf({fill.folder, fill.file, fill.owner});
    if (auto const* failure = std::get_if<Failure>(&room))
        return *failure;
    if (std::holds_alternative<Bytes>(room))
        return Failure{fill.folder.path + "/" + fill.file + " is there already"};
    return {};
}

} // namespace

Bytes keptOn(system::Folder const& folder, Protected const& spared) {
    return isProtected(folder, spared) ? keptForTheHost : Bytes();
}

Planned planDisk(protocol::Disk const& disk, Target const& target, Protected const& spared) {
    if (!target.disk)
        return Failure{"the agent's configuration does not say which directory of '" + target.name
                       + "' may be filled (disk)"};
    auto const found = system::lookAtFolder(target.disk->directory);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    FillDisk fill;
    fill.folder = std::get<system::Folder>(found);
    fill.file = fillPrefix + system::sha256(fill.folder.path).substr(0, digitsOfFill);
    fill.owner = geteuid();
    fill.most = target.disk->most;
    fill.leave = std::max({disk.leave, target.disk->keep, keptOn(fill.folder, spared)});
    if (auto const failed = checkName(fill))
        return *failed;
    if (auto const failed = system::checkWritable(fill.folder))
        return Failure{failed->why
                       + "; the agent makes its file there (under the unit shipped, see"
                         " disk.conf)"};
    if (auto const failed = checkRoom(fill))
        return *failed;
    auto const claim = "filesystem " + system::deviceText(fill.folder.device);
    return Plan{{std::move(fill)}, {claim}, false};
}

} // namespace shakedown::injectors
