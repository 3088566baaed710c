#include "chaos-agent/system/packet_filter.hpp"

#include <sstream>

#include <unistd.h>

#include "chaos-agent/system/program.hpp"

namespace shakedown::system {

namespace {

constexpr Duration patience = Duration::seconds(2);

Got<Finished> speak(NetworkNamespace const& place, Words arguments, std::string const& input) {
    std::string const program = packetFilterProgram();
    if (program.empty())
        return Failure{"there is no nft on this host (package nftables)"};
    arguments.insert(arguments.begin(), program);
    return run(arguments, input, patience, &place);
}

std::string firstLine(std::string const& text) {
    return text.substr(0, text.find('\n'));
}

Failed hand(NetworkNamespace const& place, Words arguments, std::string const& rules) {
    auto const got = speak(place, std::move(arguments), rules);
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const& finished = std::get<Finished>(got);
    if (finished.status == 0)
        return {};
    return Failure{"nft in " + textOf(place.id()) + ": " + firstLine(finished.errors)};
}

} // namespace

std::string packetFilterProgram() {
    for (auto const* path : {"/usr/sbin/nft", "/sbin/nft", "/usr/bin/nft"})
        if (access(path, X_OK) == 0)
            return path;
    return "";
}

Failed applyRules(NetworkNamespace const& place, std::string const& rules) {
    return hand(place, {"-f", "-"}, rules);
}

Failed checkRules(NetworkNamespace const& place, std::string const& rules) {
    return hand(place, {"--check", "-f", "-"}, rules);
}

Got<std::vector<std::string>> tablesLike(NetworkNamespace const& place, std::string const& prefix) {
    auto const got = speak(place, {"list", "tables", "inet"}, "");
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const& finished = std::get<Finished>(got);
    if (finished.status != 0)
        return Failure{"nft in " + textOf(place.id()) + ": " + firstLine(finished.errors)};
    std::vector<std::string> tables;
    std::istringstream lines(finished.output);
    std::string table, family, name;
    while (lines >> table >> family >> name)
        if (name.starts_with(prefix))
            tables.push_back(name);
    return tables;
}

Got<std::string> listTable(NetworkNamespace const& place, std::string const& table) {
    auto const tables = tablesLike(place, table);
    if (auto const* failure = std::get_if<Failure>(&tables))
        return *failure;
    bool found = false;
    for (auto const& name : std::get<std::vector<std::string>>(tables))
        found = found || name == table;
    if (!found)
        return std::string();
    auto const got = speak(place, {"-s", "-t", "list", "table", "inet", table}, "");
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const& finished = std::get<Finished>(got);
    if (finished.status != 0)
        return Failure{"nft in " + textOf(place.id()) + ": " + firstLine(finished.errors)};
    return finished.output;
}

} // namespace shakedown::system
