#include "chaos-agent/faults/filter_table.hpp"

#include <algorithm>

#include "chaos-agent/system/packet_filter.hpp"

namespace shakedown::injectors {

namespace {

using system::NetworkNamespace;

// The kernel keeps whole milliseconds; never nothing, which would be for ever.
std::string elements(Duration lease) {
    auto const ms = std::to_string(std::max<std::int64_t>(1, lease.count() / 1'000'000)) + "ms";
    return " lease { ipv4 timeout " + ms + ", ipv6 timeout " + ms + " }\n";
}

system::Failure goneOf(FilterTable const& table) {
    return {textOf(table.place) + " is gone"};
}

// Where it is, or why it is not found; that it is gone is a failure too.
system::Got<NetworkNamespace> placeOf(FilterTable const& table) {
    auto found = NetworkNamespace::find(table.place);
    if (auto* failure = std::get_if<system::Failure>(&found))
        return std::move(*failure);
    if (std::holds_alternative<system::Gone>(found))
        return goneOf(table);
    return std::get<NetworkNamespace>(std::move(found));
}

} // namespace

system::Failed applyTable(FilterTable const& table, Duration lease) {
    auto const place = placeOf(table);
    if (auto const* failure = std::get_if<system::Failure>(&place))
        return *failure;
    return system::applyRules(std::get<NetworkNamespace>(place),
                              table.rules + "add element inet " + table.table + elements(lease));
}

system::Failed renewTable(FilterTable const& table, Duration lease) {
    auto const place = placeOf(table);
    if (auto const* failure = std::get_if<system::Failure>(&place))
        return *failure;
    // An element that is there keeps its time when it is added, so it goes first; and one that is
    // not there cannot be deleted, so it comes before that. One transaction: no packet slips by.
    std::string const set = " element inet " + table.table;
    return system::applyRules(std::get<NetworkNamespace>(place),
                              "add" + set + " lease { ipv4, ipv6 }\ndelete" + set
                                  + " lease { ipv4, ipv6 }\nadd" + set + elements(lease));
}

system::Failed revertTable(FilterTable const& table) {
    auto const found = NetworkNamespace::find(table.place);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return *failure;
    auto const* place = std::get_if<NetworkNamespace>(&found);
    if (place == nullptr)
        return {}; // with all that was in it
    // Added first, so that there is something to delete in any case.
    return system::applyRules(*place, "add table inet " + table.table + "\ndelete table inet "
                                          + table.table + "\n");
}

Verdict isTableApplied(FilterTable const& table) {
    auto const place = placeOf(table);
    if (auto const* failure = std::get_if<system::Failure>(&place))
        return {Verdict::Is::NotSo, failure->why};
    auto const listed = system::listTable(std::get<NetworkNamespace>(place), table.table);
    if (auto const* failure = std::get_if<system::Failure>(&listed))
        return {Verdict::Is::NotSo, failure->why};
    if (std::get<std::string>(listed).empty())
        return {Verdict::Is::NotSo, "table " + table.table + " is not there"};
    return {};
}

Verdict isTableReverted(FilterTable const& table) {
    auto const found = NetworkNamespace::find(table.place);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return {Verdict::Is::NotSo, failure->why};
    auto const* place = std::get_if<NetworkNamespace>(&found);
    if (place == nullptr)
        return {};
    auto const listed = system::listTable(*place, table.table);
    if (auto const* failure = std::get_if<system::Failure>(&listed))
        return {Verdict::Is::NotSo, failure->why};
    if (!std::get<std::string>(listed).empty())
        return {Verdict::Is::NotSo, "table " + table.table + " is still there"};
    return {};
}

protocol::PlannedStep wordsOfTable(FilterTable const& table) {
    return {"nft -f - in " + textOf(table.place) + ":\n" + table.rules + "add element inet "
                + table.table + " lease { ipv4 timeout LEASE, ipv6 timeout LEASE }",
            "nft delete table inet " + table.table + " in " + textOf(table.place)
                + "; the kernel lets go when the lease is over"};
}

} // namespace shakedown::injectors
