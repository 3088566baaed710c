#include "chaos-agent/faults/container_life.hpp"

#include "chaos-agent/faults/comeback.hpp"

namespace shakedown::injectors {

system::Found<containers::Sight> lookAt(ContainerLife const& container) {
    return containers::Engine(container.socket).look(container.life.id);
}

std::string wordsOf(ContainerLife const& container) {
    return "container " + container.name + " (" + containers::shortId(container.life.id) + ")";
}

std::string removed(ContainerLife const& container) {
    return wordsOf(container) + " was removed";
}

Verdict doesServe(containers::Sight const& sight, std::optional<proxy::Address> const& address) {
    if (!sight.isRunning || sight.isPaused)
        return {Verdict::Is::NotYet,
                "container " + sight.name + (sight.isPaused ? " is paused" : " does not run")};
    if (!address)
        return {};
    auto const place = system::NetworkNamespace::ofProcess(sight.process);
    auto const* found = std::get_if<system::NetworkNamespace>(&place);
    if (found == nullptr || !takesConnections(*address, *found))
        return {Verdict::Is::NotYet,
                address->text() + " of container " + sight.name + " takes no connection"};
    return {};
}

} // namespace shakedown::injectors
