#include "chaos-agent/faults/plan_queue.hpp"

#include "chaos-agent/faults/divert.hpp"
#include "chaos-agent/faults/filter_table.hpp"
#include "chaos-agent/packets/copier.hpp"
#include "chaos-agent/system/capabilities.hpp"
#include "chaos-agent/system/queue_rule.hpp"

namespace shakedown::injectors {

namespace {

using system::Failure;
using system::Privilege;

std::string jumpTo(char const* chain) {
    return std::string("goto ") + chain;
}

// Others mostly count from 0, so ours are in the upper half; and even, for the one after it.
std::uint16_t queueOf(FilterTable const& table) {
    constexpr unsigned long upperHalf = 0x8000;
    constexpr unsigned long even = 0xfffe;
    auto const digits = table.table.substr(std::string(tablePrefix).size(), 4);
    return static_cast<std::uint16_t>((upperHalf | std::stoul(digits, nullptr, 16)) & even);
}

TableRules queueRules() {
    TableRules rules;
    rules.sparedMark = packets::copyMark;
    rules.emptyChains = {heldChain, sentChain};
    return rules;
}

} // namespace

TableRules sampleQueueRules() {
    auto rules = queueRules();
    rules.chains = {{ChainRules::Hook::Input, End{"127.0.0.1", 8080}, {}, {jumpTo(heldChain)}}};
    return rules;
}

Planned planQueue(protocol::FaultKind const& what, PacketScope const& scope) {
    auto const made = packetTableFor(scope, {scope.request.way,
                                             PacketDeed::Reach::Namespace,
                                             {jumpTo(heldChain)},
                                             {jumpTo(sentChain)},
                                             queueRules()});
    if (auto const* failure = std::get_if<Failure>(&made))
        return *failure;
    auto const& [place, table, claim] = std::get<PacketTable>(made);
    if (auto const refused = system::checkQueueRule(place.there))
        return Failure{"packets cannot be queued here: " + refused->why};
    if (std::holds_alternative<protocol::Duplicate>(what) && !has(Privilege::NetRaw))
        return Failure{std::string("copies of packets need ") + nameOf(Privilege::NetRaw)};
    auto const queue = queueOf(table);
    Plan plan;
    plan.steps = {table,
                  OpenQueue{table.place, queue, scope.target.name + "/" + nameOf(what), what},
                  Divert{table.place, table.table, queue}};
    plan.claims.push_back(claim);
    return plan;
}

} // namespace shakedown::injectors
