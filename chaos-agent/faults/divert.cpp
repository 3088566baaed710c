#include "chaos-agent/faults/divert.hpp"

#include "chaos-agent/system/packet_filter.hpp"
#include "chaos-agent/system/queue_rule.hpp"

namespace shakedown::injectors {

namespace {

using system::Failure;
using system::NetworkNamespace;

enum class Diverts { Yes, InPart, No, PlaceIsGone };

std::variant<Diverts, Failure> stateOf(Divert const& divert) {
    auto const found = NetworkNamespace::find(divert.place);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    auto const* place = std::get_if<NetworkNamespace>(&found);
    if (place == nullptr)
        return Diverts::PlaceIsGone; // with all that was in it
    int having = 0;
    for (auto const* chain : {heldChain, sentChain}) {
        auto const has = system::hasRules(*place, divert.table, chain);
        if (auto const* failure = std::get_if<Failure>(&has))
            return *failure;
        having += std::get<bool>(has) ? 1 : 0;
    }
    return having == 0 ? Diverts::No : having == 2 ? Diverts::Yes : Diverts::InPart;
}

std::string flushOf(Divert const& divert) {
    std::string text;
    for (auto const* chain : {heldChain, sentChain})
        text += "flush chain inet " + divert.table + " " + chain + "\n";
    return text;
}

} // namespace

system::Failed applyDivert(Divert const& divert) {
    auto const found = NetworkNamespace::find(divert.place);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    auto const* place = std::get_if<NetworkNamespace>(&found);
    if (place == nullptr)
        return Failure{textOf(divert.place) + " is gone"};
    if (auto failed = system::addQueueRule(*place, divert.table, heldChain, divert.queue))
        return failed;
    return system::addQueueRule(*place, divert.table, sentChain, sentQueueOf(divert.queue));
}

system::Failed revertDivert(Divert const& divert) {
    auto const state = stateOf(divert);
    if (auto const* failure = std::get_if<Failure>(&state))
        return *failure;
    auto const diverts = std::get<Diverts>(state);
    if (diverts == Diverts::No || diverts == Diverts::PlaceIsGone)
        return {};
    auto const found = NetworkNamespace::find(divert.place);
    if (auto const* place = std::get_if<NetworkNamespace>(&found))
        return system::applyRules(*place, flushOf(divert));
    return Failure{textOf(divert.place) + " cannot be looked at"};
}

Verdict isDivertApplied(Divert const& divert) {
    auto const state = stateOf(divert);
    if (auto const* failure = std::get_if<Failure>(&state))
        return {Verdict::Is::NotSo, failure->why};
    if (std::get<Diverts>(state) != Diverts::Yes)
        return {Verdict::Is::NotSo, "table " + divert.table + " hands no packets to a queue"};
    return {};
}

Verdict isDivertReverted(Divert const& divert) {
    auto const state = stateOf(divert);
    if (auto const* failure = std::get_if<Failure>(&state))
        return {Verdict::Is::NotSo, failure->why};
    auto const diverts = std::get<Diverts>(state);
    if (diverts == Diverts::Yes || diverts == Diverts::InPart)
        return {Verdict::Is::NotSo, "table " + divert.table + " still hands packets to a queue"};
    return {};
}

protocol::PlannedStep wordsOfDivert(Divert const& divert) {
    std::string const place = textOf(divert.place);
    auto const target = [](char const* chain, std::uint16_t queue) {
        return std::string("\n") + chain + ": NFQUEUE --queue-num " + std::to_string(queue)
               + " --queue-bypass";
    };
    return {"add to chains of table inet " + divert.table + " in " + place
                + " the targets that hand packets to queues" + target(heldChain, divert.queue)
                + target(sentChain, sentQueueOf(divert.queue)),
            "nft -f - in " + place + ":\n" + flushOf(divert)};
}

} // namespace shakedown::injectors
