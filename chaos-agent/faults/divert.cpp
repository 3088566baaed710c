#include "chaos-agent/faults/divert.hpp"

#include "chaos-agent/system/packet_filter.hpp"
#include "chaos-agent/system/queue_rule.hpp"

namespace shakedown::injectors {

namespace {

using system::Failure;
using system::NetworkNamespace;

enum class Diverts { Yes, No, PlaceIsGone };

std::variant<Diverts, Failure> stateOf(Divert const& divert) {
    auto const found = NetworkNamespace::find(divert.place);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    auto const* place = std::get_if<NetworkNamespace>(&found);
    if (place == nullptr)
        return Diverts::PlaceIsGone; // with all that was in it
    auto const has = system::hasRules(*place, divert.table, heldChain);
    if (auto const* failure = std::get_if<Failure>(&has))
        return *failure;
    return std::get<bool>(has) ? Diverts::Yes : Diverts::No;
}

std::string chainOf(Divert const& divert) {
    return "inet " + divert.table + " " + heldChain;
}

} // namespace

system::Failed applyDivert(Divert const& divert) {
    auto const found = NetworkNamespace::find(divert.place);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    auto const* place = std::get_if<NetworkNamespace>(&found);
    if (place == nullptr)
        return Failure{textOf(divert.place) + " is gone"};
    return system::addQueueRule(*place, divert.table, heldChain, divert.queue);
}

system::Failed revertDivert(Divert const& divert) {
    auto const state = stateOf(divert);
    if (auto const* failure = std::get_if<Failure>(&state))
        return *failure;
    if (std::get<Diverts>(state) != Diverts::Yes)
        return {};
    auto const found = NetworkNamespace::find(divert.place);
    if (auto const* place = std::get_if<NetworkNamespace>(&found))
        return system::applyRules(*place, "flush chain " + chainOf(divert) + "\n");
    return Failure{textOf(divert.place) + " cannot be looked at"};
}

Verdict isDivertApplied(Divert const& divert) {
    auto const state = stateOf(divert);
    if (auto const* failure = std::get_if<Failure>(&state))
        return {Verdict::Is::NotSo, failure->why};
    if (std::get<Diverts>(state) != Diverts::Yes)
        return {Verdict::Is::NotSo, "chain " + chainOf(divert) + " hands no packets to a queue"};
    return {};
}

Verdict isDivertReverted(Divert const& divert) {
    auto const state = stateOf(divert);
    if (auto const* failure = std::get_if<Failure>(&state))
        return {Verdict::Is::NotSo, failure->why};
    if (std::get<Diverts>(state) == Diverts::Yes)
        return {Verdict::Is::NotSo, "chain " + chainOf(divert) + " still hands packets to a queue"};
    return {};
}

protocol::PlannedStep wordsOfDivert(Divert const& divert) {
    std::string const where = " in " + textOf(divert.place);
    return {"add to chain " + chainOf(divert) + where + " the target NFQUEUE --queue-num "
                + std::to_string(divert.queue) + " --queue-bypass: packets that jump there go to"
                + " the queue, and on their way if nobody reads it",
            "nft flush chain " + chainOf(divert) + where};
}

} // namespace shakedown::injectors
