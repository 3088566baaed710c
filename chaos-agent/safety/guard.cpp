#include "chaos-agent/safety/guard.hpp"

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::safety {

namespace {

std::string secondsText(Duration span) {
    std::string text = std::to_string(span.inSeconds());
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    return text + " s";
}

std::string unknown(std::string const& what, std::string const& name,
                    injectors::Targets const& targets) {
    if (targets.empty())
        return "the agent's configuration allows no target, so nothing runs";
    std::vector<std::string> names;
    for (auto const& [known, target] : targets)
        names.push_back(known);
    std::string text = what + " '" + name + "' is not in the agent's configuration";
    if (auto const near = nearestWord(name, names))
        text += "; did you mean '" + *near + "'?";
    return text;
}

} // namespace

std::optional<std::string> denial(protocol::FaultRequest const& request,
                                  injectors::Targets const& targets, Caps const& caps,
                                  AtWork const& atWork) {
    auto const found = targets.find(request.target);
    if (found == targets.end())
        return unknown("target", request.target, targets);
    std::string const kind = nameOf(request.what);
    if (!allows(found->second, kind))
        return "'" + kind + "' is not among the faults that '" + request.target + "' allows";
    for (auto const& peer : request.peers)
        if (!targets.contains(peer))
            return unknown("peer", peer, targets);
    if (request.duration > caps.duration)
        return "a fault may last " + secondsText(caps.duration) + " here at most, not "
               + secondsText(request.duration);
    if (atWork.faults >= caps.faults)
        return std::to_string(caps.faults) + " faults are at work, and no more may be at once";
    auto after = atWork.targets;
    after.insert(request.target);
    if (after.size() > caps.targets)
        return "no more than " + std::to_string(caps.targets)
               + " targets may be in a fault at once";
    if (static_cast<double>(after.size()) > caps.share * static_cast<double>(targets.size()))
        return "no more than " + std::to_string(static_cast<int>(caps.share * 100))
               + " % of the targets may be in a fault at once";
    return {};
}

} // namespace shakedown::safety
