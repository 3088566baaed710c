#include "chaos-agent/faults/host_capabilities.hpp"

#include <unistd.h>

#include "chaos-agent/containers/engine.hpp"
#include "chaos-agent/faults/fault_family.hpp"
#include "chaos-agent/faults/group_room.hpp"
#include "chaos-agent/faults/packet_rules.hpp"
#include "chaos-agent/faults/plan_queue.hpp"
#include "chaos-agent/faults/redirect_rules.hpp"
#include "chaos-agent/faults/stress_program.hpp"
#include "chaos-agent/system/capabilities.hpp"
#include "chaos-agent/system/packet_filter.hpp"
#include "chaos-agent/system/queue_rule.hpp"

namespace shakedown::injectors {

namespace {

using namespace protocol;
using system::Privilege;

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

// A redirect with everything that faults of connections use.
std::string sampleRedirect() {
    return withListener(textOf(RedirectRules{{"127.0.0.1", 8080}, 0.5}, "shakedown_doctor"), 8081);
}

struct Finding {
    bool possible = true;
    std::string why;
    std::string reach{};
};

Finding filtered(std::string const& rules) {
    if (system::packetFilterProgram().empty())
        return {false, "there is no nft on this host (package nftables)"};
    if (!has(Privilege::NetAdmin))
        return {false, std::string("needs ") + nameOf(Privilege::NetAdmin)};
    auto const own = system::NetworkNamespace::own();
    if (auto const* failure = std::get_if<system::Failure>(&own))
        return {false, failure->why};
    if (auto const failed = system::checkRules(std::get<system::NetworkNamespace>(own), rules))
        return {false, failed->why};
    if (!has(Privilege::SysAdmin))
        return {true, std::string("in this network namespace only; others need ")
                          + nameOf(Privilege::SysAdmin)};
    return {};
}

Finding queues() {
    auto finding = filtered(textOf(sampleQueueRules(), "shakedown_doctor"));
    if (!finding.possible)
        return finding;
    auto const own = system::NetworkNamespace::own();
    if (auto const* failure = std::get_if<system::Failure>(&own))
        return {false, failure->why};
    if (auto const failed = system::checkQueueRule(std::get<system::NetworkNamespace>(own)))
        return {false, failed->why};
    return finding;
}

// A copy is sent by a socket of its own.
Finding withCopies(Finding finding) {
    if (finding.possible && !has(Privilege::NetRaw))
        return {false, std::string("copies of packets need ") + nameOf(Privilege::NetRaw)};
    return finding;
}

// An addressed proxy needs nothing of the host.
Finding connections() {
    auto const redirect = filtered(sampleRedirect());
    if (!redirect.possible)
        return {true, "no redirect: " + redirect.why, "addressed"};
    return {true, redirect.why.empty() ? "" : "a redirect " + redirect.why,
            "addressed or redirect"};
}

Finding processes() {
    if (!has(Privilege::Kill))
        return {true,
                std::string("for processes of this user; others need ") + nameOf(Privilege::Kill)};
    return {};
}

// Targets may name another socket.
Finding containersHere() {
    if (auto const failed = containers::Engine(containers::usualSocket).ping())
        return {false, failed->why};
    return {};
}

// Where files may be made is a matter of each target.
Finding disks() {
    return {true, "in directories that the configuration names and this user may write"};
}

// Below the agent's own control group: who asks in a shell may have another than the agent.
Finding load(std::string const& kind) {
    if (stressProgram().empty())
        return {false, "there is no stress-ng on this host (package stress-ng)"};
    std::vector<std::string> controllers{"pids"};
    if (kind != "io")
        controllers.push_back(kind); // "cpu", "memory"
    for (auto const& controller : controllers) {
        auto const room = roomFor(controller);
        if (auto const* failure = std::get_if<system::Failure>(&room))
            return {false, failure->why};
    }
    if (kind == "io")
        return {true, "in directories that the configuration names and this user may write"};
    return {};
}

Finding quota(std::string const& kind) {
    auto const own = system::groupOf(getpid(), kind == "processes" ? "pids" : "cpu");
    if (auto const* failure = std::get_if<system::Failure>(&own))
        return {false, failure->why};
    return {true, "for processes in a control group of their own, which this user may change"};
}

Finding descriptors() {
    if (has(Privilege::SysResource) && has(Privilege::Ptrace))
        return {};
    return {true, std::string("for processes of this user; others need ")
                      + nameOf(Privilege::SysResource) + " and " + nameOf(Privilege::Ptrace)};
}

template <class... Kinds>
std::vector<FaultKind> allOf(std::variant<Kinds...> const*) {
    return {FaultKind(Kinds{})...};
}

} // namespace

std::vector<Capability> hostCapabilities() {
    Finding const ofPackets = filtered(sampleRules());
    Finding const ofQueues = queues();
    Finding const ofProcesses = processes();
    Finding const ofConnections = connections();
    Finding const ofContainers = containersHere();
    std::vector<Capability> capabilities;
    for (auto const& kind : allOf(static_cast<FaultKind const*>(nullptr))) {
        Finding finding;
        switch (familyOf(kind)) {
        case Family::Packets:
            finding = ofPackets;
            break;
        case Family::QueuedPackets:
            finding = std::holds_alternative<Duplicate>(kind) ? withCopies(ofQueues) : ofQueues;
            break;
        case Family::Process:
            finding = ofProcesses;
            break;
        case Family::Container:
            finding = ofContainers;
            break;
        case Family::Connections:
            finding = ofConnections;
            break;
        case Family::Disk:
            finding = disks();
            break;
        case Family::Load:
            finding = load(nameOf(kind));
            break;
        case Family::Quota:
            finding = quota(nameOf(kind));
            break;
        case Family::Descriptors:
            finding = descriptors();
            break;
        }
        capabilities.push_back({nameOf(kind), "", finding.possible, finding.why, finding.reach});
    }
    return capabilities;
}

} // namespace shakedown::injectors
