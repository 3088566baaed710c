#include "chaos-agent/faults/plan_container.hpp"

#include "chaos-agent/faults/victim.hpp"

namespace shakedown::injectors {

namespace {

using containers::Sight;
using system::Failure;
using system::Got;

// What a fault finds, and holds.
struct Finding {
    Sight sight;
    ContainerLife life;
    std::vector<std::string> claims;
};

Got<Finding> findingOf(Target const& target, Protected const& spared) {
    auto const found = containerOf(target);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    auto const& sight = std::get<Sight>(found);
    Finding finding{sight,
                    {target.container->socket, sight.name, sight.life},
                    {"container " + sight.name + " (" + containers::shortId(sight.life.id) + ")"}};
    auto const process = system::statOf(sight.process);
    if (auto const* failure = std::get_if<Failure>(&process))
        return *failure;
    if (auto const* stat = std::get_if<system::ProcessStat>(&process)) {
        if (isSpared(stat->id, spared))
            return Failure{"container " + sight.name + " of '" + target.name + "' is protected"};
        finding.claims.push_back(claimOf(stat->id));
    }
    return finding;
}

Failure isRemoved(Target const& target, Sight const& sight, std::string const& kind) {
    return Failure{"container " + sight.name + " of '" + target.name
                   + "' is removed when it ends, so it could not come back from a " + kind
                   + "; a fault 'kill' is for good"};
}

Planned planEnd(Target const& target, Protected const& spared, std::string const& kind,
                std::optional<Duration> grace) {
    auto got = findingOf(target, spared);
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto& finding = std::get<Finding>(got);
    bool const comesBack = kind != "kill";
    if (comesBack && finding.sight.isRemovedAtEnd)
        return isRemoved(target, finding.sight, kind);
    return Plan{{EndContainer{finding.life, grace, comesBack, target.address}},
                std::move(finding.claims),
                true};
}

} // namespace

Planned planPause(Target const& target, Protected const& spared) {
    auto got = findingOf(target, spared);
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto& finding = std::get<Finding>(got);
    if (finding.sight.isPaused)
        return Failure{"container " + finding.sight.name + " of '" + target.name
                       + "' is paused already, and not by us"};
    return Plan{{PauseContainer{finding.life}}, std::move(finding.claims), false};
}

Planned planContainerCrash(Target const& target, Protected const& spared) {
    return planEnd(target, spared, "crash", {});
}

Planned planContainerKill(Target const& target, Protected const& spared) {
    return planEnd(target, spared, "kill", {});
}

Planned planStop(protocol::Stop const& stop, Target const& target, Protected const& spared) {
    if (!target.container)
        return Failure{
            "'" + target.name
            + "' is no container; a process is stopped for a time by 'hang', and ended by"
              " 'crash' or 'kill'"};
    return planEnd(target, spared, "stop", stop.grace);
}

Planned planContainerRestart(Target const& target, Protected const& spared) {
    auto got = findingOf(target, spared);
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto& finding = std::get<Finding>(got);
    if (finding.sight.isRemovedAtEnd)
        return isRemoved(target, finding.sight, "restart");
    return Plan{{RestartContainer{finding.life, target.address}}, std::move(finding.claims), true};
}

} // namespace shakedown::injectors
