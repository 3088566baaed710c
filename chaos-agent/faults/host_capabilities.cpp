#include "chaos-agent/faults/host_capabilities.hpp"

#include "chaos-agent/faults/packet_rules.hpp"
#include "chaos-agent/system/capabilities.hpp"
#include "chaos-agent/system/packet_filter.hpp"
#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::injectors {

namespace {

using namespace protocol;
using system::Privilege;

enum class Family { Packets, Process, Connections };

Family familyOf(FaultKind const& kind) {
    return std::visit(Overloaded{
                          [](Loss const&) { return Family::Packets; },
                          [](Partition const&) { return Family::Packets; },
                          [](Reject const&) { return Family::Packets; },
                          [](BlackHole const&) { return Family::Packets; },
                          [](Hang const&) { return Family::Process; },
                          [](Crash const&) { return Family::Process; },
                          [](Kill const&) { return Family::Process; },
                          [](Restart const&) { return Family::Process; },
                          [](Latency const&) { return Family::Connections; },
                          [](BandwidthLimit const&) { return Family::Connections; },
                          [](Reset const&) { return Family::Connections; },
                          [](SlowClose const&) { return Family::Connections; },
                          [](Slice const&) { return Family::Connections; },
                          [](LimitData const&) { return Family::Connections; },
                          [](Slow const&) { return Family::Connections; },
                          [](Errors const&) { return Family::Connections; },
                          [](Http const&) { return Family::Connections; },
                      },
                      kind);
}

// Rules with everything that packet faults use.
std::string sampleRules() {
    TableRules rules;
    rules.sparedPorts = {22};
    rules.loopback = TableRules::Loopback::Spared;
    std::vector<std::string> const verdicts{"numgen random mod 100 < 10 drop",
                                            "meta l4proto tcp reject with tcp reset",
                                            "reject with icmpx type port-unreachable"};
    rules.chains = {{ChainRules::Hook::Input, End{"127.0.0.1", 8080}, {}, verdicts},
                    {ChainRules::Hook::Output, {}, {End{"127.0.0.1", 0}}, {"drop"}}};
    return textOf(rules, "shakedown_doctor")
           + "add element inet shakedown_doctor lease { ipv4 timeout 1000ms }\n";
}

struct Finding {
    bool possible = true;
    std::string why;
};

Finding packets() {
    if (system::packetFilterProgram().empty())
        return {false, "there is no nft on this host (package nftables)"};
    if (!has(Privilege::NetAdmin))
        return {false, std::string("needs ") + nameOf(Privilege::NetAdmin)};
    auto const own = system::NetworkNamespace::own();
    if (auto const* failure = std::get_if<system::Failure>(&own))
        return {false, failure->why};
    if (auto const failed =
            system::checkRules(std::get<system::NetworkNamespace>(own), sampleRules()))
        return {false, failed->why};
    if (!has(Privilege::SysAdmin))
        return {true, std::string("in this network namespace only; others need ")
                          + nameOf(Privilege::SysAdmin)};
    return {};
}

Finding processes() {
    if (!has(Privilege::Kill))
        return {true,
                std::string("for processes of this user; others need ") + nameOf(Privilege::Kill)};
    return {};
}

template <class... Kinds>
std::vector<FaultKind> allOf(std::variant<Kinds...> const*) {
    return {FaultKind(Kinds{})...};
}

} // namespace

std::vector<Capability> hostCapabilities() {
    Finding const ofPackets = packets();
    Finding const ofProcesses = processes();
    std::vector<Capability> capabilities;
    for (auto const& kind : allOf(static_cast<FaultKind const*>(nullptr))) {
        Finding finding;
        switch (familyOf(kind)) {
        case Family::Packets:
            finding = ofPackets;
            break;
        case Family::Process:
            finding = ofProcesses;
            break;
        case Family::Connections:
            break;
        }
        capabilities.push_back({nameOf(kind), "", finding.possible, finding.why});
    }
    return capabilities;
}

} // namespace shakedown::injectors
