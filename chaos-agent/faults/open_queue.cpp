#include "chaos-agent/faults/open_queue.hpp"

namespace shakedown::injectors {

namespace {

std::string textOf(OpenQueue const& open) {
    return "queue " + std::to_string(open.number) + " of packets in " + system::textOf(open.place);
}

} // namespace

system::Failed applyOpen(OpenQueue const& open, Tools const& tools) {
    if (tools.queues == nullptr)
        return system::Failure{"there are no queues here"};
    auto const found = system::NetworkNamespace::find(open.place);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return *failure;
    auto const* place = std::get_if<system::NetworkNamespace>(&found);
    if (place == nullptr)
        return system::Failure{system::textOf(open.place) + " is gone"};
    return tools.queues->open(*place, open.number, open.name, open.what);
}

system::Failed revertOpen(OpenQueue const& open, Tools const& tools) {
    if (tools.queues == nullptr)
        return {};
    return tools.queues->close(open.place, open.number);
}

Verdict isOpenApplied(OpenQueue const& open, Tools const& tools) {
    if (tools.queues == nullptr || !tools.queues->isOpen(open.place, open.number))
        return {Verdict::Is::NotSo, textOf(open) + " is not read"};
    return {};
}

Verdict isOpenReverted(OpenQueue const& open, Tools const& tools) {
    if (tools.queues != nullptr && tools.queues->isOpen(open.place, open.number))
        return {Verdict::Is::NotSo, textOf(open) + " is still read"};
    return {};
}

protocol::PlannedStep wordsOfOpen(OpenQueue const& open) {
    return {"read " + textOf(open) + ", for " + nameOf(open.what)
                + "; what it has no room for passes",
            "let go of what is held, and read it no more; if the agent is killed, what it holds is"
            " lost and the rest passes"};
}

} // namespace shakedown::injectors
