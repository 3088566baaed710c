#include "chaos-agent/faults/disturb.hpp"

namespace shakedown::injectors {

system::Failed applyDisturb(Disturb const& disturb, Tools const& tools) {
    if (tools.connections == nullptr)
        return system::Failure{"there are no proxies here"};
    return tools.connections->disturb(disturb.proxy, disturb.name, disturb.what, disturb.way);
}

system::Failed revertDisturb(Disturb const& disturb, Tools const& tools) {
    if (tools.connections == nullptr)
        return {};
    return tools.connections->calm(disturb.proxy, disturb.name);
}

Verdict isDisturbApplied(Disturb const& disturb, Tools const& tools) {
    if (tools.connections == nullptr
        || !tools.connections->isDisturbed(disturb.proxy, disturb.name))
        return {Verdict::Is::NotSo, "proxy " + disturb.proxy + " is not disturbed"};
    return {};
}

Verdict isDisturbReverted(Disturb const& disturb, Tools const& tools) {
    if (tools.connections != nullptr && tools.connections->isDisturbed(disturb.proxy, disturb.name))
        return {Verdict::Is::NotSo, "proxy " + disturb.proxy + " is still disturbed"};
    return {};
}

protocol::PlannedStep wordsOfDisturb(Disturb const& disturb) {
    std::string const what = disturb.name + " on the connections of proxy " + disturb.proxy;
    return {"set " + what, "take away " + what};
}

} // namespace shakedown::injectors
