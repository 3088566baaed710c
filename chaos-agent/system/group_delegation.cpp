#include "chaos-agent/system/group_delegation.hpp"

#include <cerrno>
#include <charconv>

#include <sys/stat.h>
#include <unistd.h>

#include "chaos-agent/system/file_text.hpp"
#include "chaos-agent/system/group_places.hpp"
#include "chaos-agent/system/group_value.hpp"

namespace shakedown::system {

namespace {

constexpr int lateToGo = -900; // of -1000, never, to 1000 (proc_pid_oom_score_adj(5))

bool isAloneIn(std::string const& directory) {
    auto const read = readFile(directory + "/cgroup.procs");
    auto const* text = std::get_if<std::string>(&read);
    return text != nullptr && *text == std::to_string(getpid()) + "\n";
}

} // namespace

Failed settleInGroup(std::vector<std::string> const& controllers) {
    auto const own = groupOf(getpid(), controllers.front());
    if (auto const* failure = std::get_if<Failure>(&own))
        return *failure;
    auto const& place = std::get<GroupPlace>(own);
    if (place.version == GroupVersion::One || place.path == "/"
        || handsOut(place, controllers.front()))
        return {};
    std::string const leaf = std::string("/") + agentGroup;
    if (!place.path.ends_with(leaf)) {
        if (!isAloneIn(place.directory))
            return Failure{"the control group " + place.directory
                           + " holds other processes than the agent"};
        std::string const below = place.directory + leaf;
        if (::mkdir(below.c_str(), 0755) != 0 && errno != EEXIST)
            return failureOf(below, errno);
        if (auto failed = writeValue(below + "/cgroup.procs", std::to_string(getpid())))
            return failed;
    }
    auto const above = place.path.ends_with(leaf)
                           ? place.directory.substr(0, place.directory.size() - leaf.size())
                           : place.directory;
    Failed first;
    for (auto const& controller : controllers)
        if (auto failed = writeValue(above + "/cgroup.subtree_control", "+" + controller);
            failed && !first)
            first = std::move(failed);
    return first;
}

void beLastToGo() {
    auto const read = readFile("/proc/self/oom_score_adj");
    auto const* text = std::get_if<std::string>(&read);
    int now = 0;
    if (text != nullptr)
        std::from_chars(text->data(), text->data() + text->size(), now);
    if (now > lateToGo)
        (void)writeValue("/proc/self/oom_score_adj", std::to_string(lateToGo));
}

} // namespace shakedown::system
