#include "chaos-agent/faults/open_proxy.hpp"

#include "chaos-agent/faults/transparent_sockets.hpp"

namespace shakedown::injectors {

system::Failed applyOpen(OpenProxy const& open, Tools const& tools) {
    if (tools.connections == nullptr)
        return system::Failure{"there are no proxies here"};
    auto const found = system::NetworkNamespace::find(open.place);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return *failure;
    auto const* place = std::get_if<system::NetworkNamespace>(&found);
    if (place == nullptr)
        return system::Failure{textOf(open.place) + " is gone"};
    return tools.connections->open(open.proxy, *place, open.service);
}

system::Failed revertOpen(OpenProxy const& open, Tools const& tools) {
    if (tools.connections == nullptr)
        return {};
    return tools.connections->retire(open.proxy);
}

Verdict isOpenApplied(OpenProxy const& open, Tools const& tools) {
    if (tools.connections == nullptr || !tools.connections->portOf(open.proxy))
        return {Verdict::Is::NotSo, "proxy " + open.proxy + " does not listen"};
    return {};
}

Verdict isOpenReverted(OpenProxy const& open, Tools const& tools) {
    if (tools.connections != nullptr && tools.connections->portOf(open.proxy))
        return {Verdict::Is::NotSo, "proxy " + open.proxy + " is still open"};
    return {};
}

protocol::PlannedStep wordsOfOpen(OpenProxy const& open) {
    return {"open proxy " + open.proxy + " in " + textOf(open.place) + " on a free port of "
                + open.service.host + ", connecting to " + open.service.text() + " with mark "
                + std::to_string(ourMark) + "; the service sees our address as its client's",
            "retire proxy " + open.proxy
                + ": connections that go through it go on undisturbed until they end, or the agent"
                  " does"};
}

} // namespace shakedown::injectors
