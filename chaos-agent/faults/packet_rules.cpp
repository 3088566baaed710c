#include "chaos-agent/faults/packet_rules.hpp"

#include "chaos-agent/faults/lease_set.hpp"

namespace shakedown::injectors {

namespace {

using Hook = ChainRules::Hook;

std::string portSet(std::set<std::uint16_t> const& ports) {
    std::string text;
    for (auto const port : ports)
        text += (text.empty() ? "{ " : ", ") + std::to_string(port);
    return text + " }";
}

char const* familyOf(End const& end) {
    return end.host.find(':') == std::string::npos ? "ip" : "ip6";
}

// `side` is "s" or "d".
std::string matchOf(End const& end, std::string const& side) {
    std::string text = std::string(familyOf(end)) + " " + side + "addr " + end.host + " ";
    if (end.port != 0)
        text += "meta l4proto { tcp, udp } th " + side + "port " + std::to_string(end.port) + " ";
    return text;
}

// A peer is met as a client too, from a port of its choice, so its own port says nothing where the
// target's does.
std::vector<std::string> matchesOf(ChainRules const& chain) {
    std::string const own = chain.hook == Hook::Input ? "d" : "s";
    std::string const peer = chain.hook == Hook::Input ? "s" : "d";
    std::string const ofTarget = chain.own ? matchOf(*chain.own, own) : "";
    if (chain.peers.empty())
        return {ofTarget};
    std::vector<std::string> matches;
    for (auto const& one : chain.peers)
        if (!chain.own || familyOf(one) == std::string(familyOf(*chain.own)))
            matches.push_back(ofTarget + matchOf({one.host, 0}, peer));
    return matches;
}

std::string textOf(ChainRules const& chain, TableRules const& rules) {
    bool const isInput = chain.hook == Hook::Input;
    std::string const hook = isInput ? "input" : "output";
    std::string text =
        "\tchain " + hook + " {\n\t\ttype filter hook " + hook + " priority -10; policy accept;\n";
    text += unlessLeased;
    if (rules.sparedMark)
        text += "\t\tmeta mark " + std::to_string(*rules.sparedMark) + " return\n";
    if (rules.loopback == TableRules::Loopback::Spared)
        text += std::string("\t\tmeta ") + (isInput ? "iifname" : "oifname") + " \"lo\" return\n";
    if (!rules.sparedPorts.empty())
        for (auto const* side : {"sport", "dport"})
            text += std::string("\t\ttcp ") + side + " " + portSet(rules.sparedPorts) + " return\n";
    // Neighbours must stay to be found, or nothing passes to anybody (RFC 4861).
    text += "\t\ticmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } return\n";
    for (auto const& match : matchesOf(chain))
        for (auto const& verdict : chain.verdicts)
            text += "\t\t" + match + verdict + "\n";
    return text + "\t}\n";
}

} // namespace

std::string textOf(TableRules const& rules, std::string const& table) {
    std::string text = "table inet " + table + " {\n" + leaseSet;
    for (auto const& chain : rules.emptyChains)
        text += "\tchain " + chain + " {\n\t}\n";
    for (auto const& chain : rules.chains)
        text += textOf(chain, rules);
    return text + "}\n";
}

} // namespace shakedown::injectors
