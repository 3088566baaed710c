#include "chaos-agent/faults/end_container.hpp"

#include "chaos-agent/faults/container_life.hpp"

namespace shakedown::injectors {

namespace {

using containers::Engine;
using containers::Sight;
using system::Failure;

// Whether the life that a fault found is over, goes on, or is about to end: who was told to stop
// may take his time, and whoever told him may be gone.
enum class Fate { Ended, Ends, LivesOn };

system::Got<Fate> fateOf(Sight const& sight, EndContainer const& end) {
    if (!sight.isRunning || sight.life != end.container.life)
        return Fate::Ended;
    auto const told = Engine(end.container.socket).wasSignalled(end.container.life.id);
    if (auto const* failure = std::get_if<Failure>(&told))
        return *failure;
    return std::get<bool>(told) ? Fate::Ends : Fate::LivesOn;
}

} // namespace

system::Failed applyEnd(EndContainer const& end) {
    Engine const engine(end.container.socket);
    return end.grace ? engine.stop(end.container.life.id, *end.grace)
                     : engine.kill(end.container.life.id);
}

system::Failed revertEnd(EndContainer const& end) {
    if (!end.comesBack)
        return {};
    auto const found = lookAt(end.container);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    auto const* sight = std::get_if<Sight>(&found);
    if (sight == nullptr)
        return Failure{removed(end.container) + ", so it cannot be started again"};
    auto const fate = fateOf(*sight, end);
    if (auto const* failure = std::get_if<Failure>(&fate))
        return *failure;
    Engine const engine(end.container.socket);
    switch (std::get<Fate>(fate)) {
    case Fate::LivesOn:
        return {};
    case Fate::Ends: // at once rather than some time later
        return engine.restart(end.container.life.id, Duration());
    case Fate::Ended:
        break;
    }
    return sight->isRunning ? system::Failed{} : engine.start(end.container.life.id);
}

Verdict isEndApplied(EndContainer const& end) {
    auto const found = lookAt(end.container);
    if (auto const* failure = std::get_if<Failure>(&found))
        return {Verdict::Is::NotYet, failure->why};
    auto const* sight = std::get_if<Sight>(&found);
    if (sight != nullptr && sight->isRunning && sight->life == end.container.life)
        return {Verdict::Is::NotYet, wordsOf(end.container) + " has not ended"};
    return {};
}

Verdict isEndReverted(EndContainer const& end) {
    if (!end.comesBack)
        return {};
    auto const found = lookAt(end.container);
    if (auto const* failure = std::get_if<Failure>(&found))
        return {Verdict::Is::NotYet, failure->why};
    auto const* sight = std::get_if<Sight>(&found);
    if (sight == nullptr)
        return {Verdict::Is::NotSo, removed(end.container)};
    auto const fate = fateOf(*sight, end);
    if (auto const* failure = std::get_if<Failure>(&fate))
        return {Verdict::Is::NotYet, failure->why};
    if (std::get<Fate>(fate) == Fate::Ends)
        return {Verdict::Is::NotYet, wordsOf(end.container) + " is about to end"};
    return doesServe(*sight, end.address);
}

protocol::PlannedStep wordsOfEnd(EndContainer const& end) {
    auto const whom = wordsOf(end.container);
    std::string const ending = end.grace
                                   ? "stop " + whom + ", SIGKILL after "
                                         + std::to_string(end.grace->count() / 1'000'000'000) + " s"
                                   : "SIGKILL to " + whom;
    return {ending, end.comesBack ? "start " + whom + ", unless it runs again by then"
                                  : "nothing takes this back"};
}

} // namespace shakedown::injectors
