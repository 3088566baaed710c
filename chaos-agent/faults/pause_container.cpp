#include "chaos-agent/faults/pause_container.hpp"

#include "chaos-agent/faults/container_life.hpp"

namespace shakedown::injectors {

namespace {

using containers::Sight;

// As this fault found it, and not in a later life.
bool isThatLife(Sight const& sight, PauseContainer const& pause) {
    return sight.isRunning && sight.life == pause.container.life;
}

} // namespace

system::Failed applyPause(PauseContainer const& pause) {
    return containers::Engine(pause.container.socket).pause(pause.container.life.id);
}

system::Failed revertPause(PauseContainer const& pause) {
    auto const found = lookAt(pause.container);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return *failure;
    auto const* sight = std::get_if<Sight>(&found);
    if (sight == nullptr || !isThatLife(*sight, pause) || !sight->isPaused)
        return {}; // somebody else thawed or ended it
    return containers::Engine(pause.container.socket).unpause(pause.container.life.id);
}

Verdict isPauseApplied(PauseContainer const& pause) {
    auto const found = lookAt(pause.container);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return {Verdict::Is::NotYet, failure->why};
    auto const* sight = std::get_if<Sight>(&found);
    if (sight == nullptr)
        return {Verdict::Is::NotSo, removed(pause.container)};
    if (!isThatLife(*sight, pause))
        return {Verdict::Is::NotSo, wordsOf(pause.container) + " has ended"};
    if (!sight->isPaused)
        return {Verdict::Is::NotYet, wordsOf(pause.container) + " still runs"};
    return {};
}

Verdict isPauseReverted(PauseContainer const& pause) {
    auto const found = lookAt(pause.container);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return {Verdict::Is::NotYet, failure->why};
    auto const* sight = std::get_if<Sight>(&found);
    if (sight != nullptr && isThatLife(*sight, pause) && sight->isPaused)
        return {Verdict::Is::NotYet, wordsOf(pause.container) + " is still paused"};
    return {};
}

protocol::PlannedStep wordsOfPause(PauseContainer const& pause) {
    auto const whom = wordsOf(pause.container);
    return {"pause " + whom, "unpause " + whom};
}

} // namespace shakedown::injectors
