#include "chaos-agent/faults/redirect_rules.hpp"

#include <algorithm>
#include <cmath>

#include "chaos-agent/faults/lease_set.hpp"
#include "chaos-agent/faults/transparent_sockets.hpp"

namespace shakedown::injectors {

namespace {

// The same connections for every packet of theirs: chosen by who calls, not by chance.
std::string shareOf(std::string const& family, double share) {
    constexpr int outOf = 1'000'000;
    auto const chosen = static_cast<int>(std::lround(share * outOf));
    if (chosen >= outOf)
        return "";
    return "jhash " + family + " saddr . tcp sport mod " + std::to_string(outOf) + " seed 0x1 < "
           + std::to_string(std::max(1, chosen)) + " ";
}

} // namespace

std::string textOf(RedirectRules const& rules, std::string const& table) {
    bool const isV6 = rules.service.host.find(':') != std::string::npos;
    std::string const family = isV6 ? "ip6" : "ip";
    std::string const there = isV6 ? "[" + rules.service.host + "]" : rules.service.host;
    std::string const match = "\t\t" + family + " daddr " + rules.service.host + " tcp dport "
                              + std::to_string(rules.service.port) + " ";
    std::string text = "table inet " + table + " {\n" + leaseSet;
    text += "\tchain prerouting {\n\t\ttype filter hook prerouting priority mangle; policy"
            " accept;\n";
    text += unlessLeased;
    text += "\t\tmeta mark " + std::to_string(ourMark) + " return\n";
    text += match + "tproxy " + family + " to " + there + ":$listener accept\n";
    // A SYN is of a new connection; to a reset nobody answers with a reset.
    if (rules.resets)
        text += match + "tcp flags & (syn | rst) == 0 " + shareOf(family, *rules.resets)
                + "reject with tcp reset\n";
    return text + "\t}\n}\n";
}

std::string withListener(std::string const& rules, std::uint16_t port) {
    return "define listener = " + std::to_string(port) + "\n" + rules;
}

} // namespace shakedown::injectors
