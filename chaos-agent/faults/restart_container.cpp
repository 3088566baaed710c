#include "chaos-agent/faults/restart_container.hpp"

#include "chaos-agent/faults/container_life.hpp"

namespace shakedown::injectors {

namespace {

using containers::Sight;

constexpr Duration grace = Duration::seconds(10); // Docker's own

} // namespace

system::Failed applyRestart(RestartContainer const& restart) {
    return containers::Engine(restart.container.socket).restart(restart.container.life.id, grace);
}

system::Failed revertRestart(RestartContainer const& restart) {
    auto const found = lookAt(restart.container);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return *failure;
    auto const* sight = std::get_if<Sight>(&found);
    if (sight == nullptr)
        return system::Failure{removed(restart.container) + ", so it cannot be started again"};
    if (sight->isRunning)
        return {};
    return containers::Engine(restart.container.socket).start(restart.container.life.id);
}

Verdict isRestartApplied(RestartContainer const& restart) {
    auto const found = lookAt(restart.container);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return {Verdict::Is::NotYet, failure->why};
    auto const* sight = std::get_if<Sight>(&found);
    if (sight == nullptr)
        return {Verdict::Is::NotSo, removed(restart.container)};
    if (sight->life == restart.container.life)
        return {Verdict::Is::NotYet, wordsOf(restart.container) + " was not started anew"};
    return doesServe(*sight, restart.address);
}

Verdict isRestartReverted(RestartContainer const& restart) {
    auto const found = lookAt(restart.container);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return {Verdict::Is::NotYet, failure->why};
    auto const* sight = std::get_if<Sight>(&found);
    if (sight == nullptr)
        return {Verdict::Is::NotSo, removed(restart.container)};
    return doesServe(*sight, restart.address);
}

protocol::PlannedStep wordsOfRestart(RestartContainer const& restart) {
    auto const whom = wordsOf(restart.container);
    return {"restart " + whom, "start " + whom + " if it does not run"};
}

} // namespace shakedown::injectors
