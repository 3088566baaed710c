#include <csignal>
#include <iostream>
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "chaos-agent/protocol/fault_json.hpp"
#include "cli/agent_audit.hpp"
#include "cli/agent_client.hpp"
#include "cli/agent_fault.hpp"
#include "reports/render/plain_text.hpp"

namespace shakedown::cli {

namespace {

using protocol::Client;
using protocol::ClientError;
using protocol::FaultReport;
using protocol::FaultState;
using render::cleaned;

struct Orders {
    AgentPlace place;
    AskedFault fault;
    std::string id;
    std::string reason;
    std::string stateDirectory = "/var/lib/shakedown-agent";
    std::size_t count = 20;
    bool dryRun = false;
    bool verify = false;
};

bool isOver(FaultState state) {
    return state == FaultState::Reverted || state == FaultState::Failed;
}

std::string lineOf(FaultReport const& report) {
    std::string line = fmt::format("{}  {:<10} {:<12} {:<16} of {}", report.id,
                                   nameOf(report.state), nameOf(report.request.what),
                                   cleaned(report.request.target), cleaned(report.owner));
    if (report.state == FaultState::Applied || report.state == FaultState::Applying)
        line += fmt::format(", {:.1f} s left", report.durationLeft.inSeconds());
    else
        line += fmt::format(", {}", nameOf(report.reason));
    if (!report.detail.empty())
        line += ": " + cleaned(report.detail);
    return line;
}

Exit exitOf(FaultReport const& report) {
    if (report.state == FaultState::Stuck)
        return Exit::RevertFailed;
    return report.state == FaultState::Failed ? Exit::Agent : Exit::Ok;
}

// Calls the agent and tells what came of it, or why nothing did.
template <class Call, class Tell>
Exit ask(Orders const& orders, Call const& call, Tell const& tell) {
    auto const client = clientOf(orders.place);
    if (auto const* error = std::get_if<ClientError>(&client))
        return tellError(*error);
    auto const answer = call(std::get<Client>(client));
    if (auto const* error = std::get_if<ClientError>(&answer))
        return tellError(*error);
    return tell(std::get<0>(answer));
}

Exit status(Orders const& orders, Common const& common) {
    auto const client = clientOf(orders.place);
    if (auto const* error = std::get_if<ClientError>(&client))
        return tellError(*error);
    auto const& agent = std::get<Client>(client);
    auto const halt = agent.halted();
    if (auto const* error = std::get_if<ClientError>(&halt))
        return tellError(*error);
    auto const faults = agent.list();
    if (auto const* error = std::get_if<ClientError>(&faults))
        return tellError(*error);
    auto const& lever = std::get<protocol::Halt>(halt);
    auto const& list = std::get<std::vector<FaultReport>>(faults);
    Exit exit = Exit::Ok;
    auto json = nlohmann::json::array();
    std::string text =
        lever.on ? "halted by " + cleaned(lever.by) + ": " + cleaned(lever.reason) + "\n" : "";
    for (auto const& fault : list) {
        if (fault.state == FaultState::Stuck)
            exit = Exit::RevertFailed;
        json.push_back(protocol::toJson(fault));
        text += lineOf(fault) + "\n";
    }
    if (common.json)
        std::cout << nlohmann::json{{"halt", protocol::toJson(lever)}, {"faults", json}}.dump(2)
                  << "\n";
    else
        std::cout << (text.empty() ? "no fault, now or earlier\n" : text);
    return exit;
}

Exit dryRun(Orders const& orders, protocol::FaultRequest const& request, Common const& common) {
    return ask(
        orders, [&](Client const& agent) { return agent.plan(request); },
        [&](protocol::PlanReport const& plan) {
            if (common.json) {
                std::cout << protocol::toJson(plan).dump(2) << "\n";
                return Exit::Ok;
            }
            std::cout << "plan " << plan.hash << "\n";
            for (auto const& step : plan.steps)
                std::cout << "\ndoes:\n"
                          << step.apply << "\n\ntaken back by:\n"
                          << step.revert << "\n";
            if (plan.irreversible)
                std::cout << "\nThis cannot be taken back whole.\n";
            return Exit::Ok;
        });
}

// Holds a fault until it is over, renewing its lease; a signal takes it back.
Exit hold(Client const& agent, FaultReport report, Common const& common) {
    constexpr std::chrono::milliseconds look{200};
    watchSignals();
    bool interrupted = false;
    auto renewAt = std::chrono::steady_clock::now();
    while (!isOver(report.state) && report.state != FaultState::Stuck) {
        std::this_thread::sleep_for(look);
        protocol::OrError<FaultReport> next = report;
        if (stopRequested() && !interrupted) {
            interrupted = true;
            next = agent.stop(report.id);
        } else if (!interrupted && std::chrono::steady_clock::now() >= renewAt) {
            renewAt = std::chrono::steady_clock::now()
                      + std::chrono::nanoseconds(report.request.lease.count() / 3);
            next = agent.renew(report.id);
            if (std::holds_alternative<ClientError>(next))
                next = agent.get(report.id); // over already
        } else {
            next = agent.get(report.id);
        }
        if (auto const* error = std::get_if<ClientError>(&next)) {
            std::cerr << "shakedown: the agent takes the fault back when its lease is over\n";
            return tellError(*error);
        }
        report = std::get<FaultReport>(std::move(next));
    }
    if (common.json)
        std::cout << protocol::toJson(report).dump(2) << "\n";
    else if (!common.quiet)
        std::cout << lineOf(report) << "\n";
    Exit const exit = exitOf(report);
    return exit == Exit::Ok && interrupted ? Exit::Interrupted : exit;
}

Exit start(Orders const& orders, Common const& common) {
    auto const request = requestOf(orders.fault);
    if (auto const* why = std::get_if<std::string>(&request)) {
        std::cerr << "shakedown: " << cleaned(*why) << "\n";
        return Exit::Usage;
    }
    auto const& wanted = std::get<protocol::FaultRequest>(request);
    if (orders.dryRun)
        return dryRun(orders, wanted, common);
    auto const client = clientOf(orders.place);
    if (auto const* error = std::get_if<ClientError>(&client))
        return tellError(*error);
    auto const& agent = std::get<Client>(client);
    auto const started = agent.start(wanted, "");
    if (auto const* error = std::get_if<ClientError>(&started))
        return tellError(*error);
    auto const& report = std::get<FaultReport>(started);
    if (!common.json && !common.quiet)
        std::cout << lineOf(report) << "\n" << std::flush;
    return hold(agent, report, common);
}

Exit tellHalt(protocol::Halt const& halt, Common const& common) {
    if (common.json)
        std::cout << protocol::toJson(halt).dump(2) << "\n";
    else if (halt.on)
        std::cout << "halted by " << cleaned(halt.by) << ": " << cleaned(halt.reason)
                  << "\nEverything is taken back, and nothing starts until: shakedown agent"
                     " release\n";
    else
        std::cout << "released\n";
    return Exit::Ok;
}

void addStart(CLI::App& agent, Common& common, Exit& exit, std::shared_ptr<Orders> const& orders) {
    auto* command = agent.add_subcommand(
        "start", "do a fault, hold it until its time is over, and see it taken back");
    auto& fault = orders->fault;
    command->add_option("KIND", fault.kind, "loss, hang, latency ... (shakedown doctor)")
        ->required();
    command->add_option("TARGET", fault.target, "a name of the agent's configuration")->required();
    command->add_option("SETTINGS", fault.settings,
                        "of the kind: share=10% delay=100ms status=503 path=/orders/*");
    command->add_option("--for", fault.duration, "how long, such as 30s")->required();
    command->add_option("--lease", fault.lease, "how long it outlives us; 10s unless told");
    command->add_option("--way", fault.way, "in, out or both");
    command->add_option("--peer", fault.peers, "a packet fault: only between it and these targets");
    command->add_option("--reason", fault.reason, "for the audit log");
    command->add_flag("--dry-run", orders->dryRun,
                      "print what would be done, and what takes it back");
    command->callback([&common, &exit, orders] { exit = start(*orders, common); });
}

void addLever(CLI::App& agent, Common& common, Exit& exit, std::shared_ptr<Orders> const& orders) {
    auto* halt = agent.add_subcommand("halt", "take everything back and refuse what is new");
    halt->add_option("REASON", orders->reason, "kept, and told to who is refused")->required();
    halt->callback([&common, &exit, orders] {
        exit = ask(
            *orders, [&](Client const& client) { return client.halt(orders->reason); },
            [&](protocol::Halt const& lever) { return tellHalt(lever, common); });
    });
    auto* release = agent.add_subcommand("release", "let faults start again");
    release->callback([&common, &exit, orders] {
        exit = ask(
            *orders, [](Client const& client) { return client.release(); },
            [&](protocol::Halt const& lever) { return tellHalt(lever, common); });
    });
}

void addAudit(CLI::App& agent, Common& common, Exit& exit, std::shared_ptr<Orders> const& orders) {
    auto* audit = agent.add_subcommand("audit", "the newest lines of the audit log, or its check");
    audit->add_option("--count", orders->count, "how many lines, 1 to 1000")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    audit->add_flag("--verify", orders->verify, "follow the chain of the files, without the agent");
    audit->add_option("--state-directory", orders->stateDirectory, "of the agent, for --verify")
        ->capture_default_str();
    audit->callback([&common, &exit, orders] {
        if (orders->verify) {
            exit = verifyAudit(orders->stateDirectory, common);
            return;
        }
        exit = ask(
            *orders, [&](Client const& client) { return client.audit(orders->count); },
            [](std::vector<std::string> const& lines) {
                for (auto const& line : lines)
                    std::cout << cleaned(line) << "\n";
                return Exit::Ok;
            });
    });
}

} // namespace

void addAgent(CLI::App& app, Common& common, Exit& exit) {
    auto* agent = app.add_subcommand("agent", "talk to an agent: status, start, stop, halt, audit");
    agent->require_subcommand(1);
    auto const orders = std::make_shared<Orders>();
    addAgentPlace(*agent, orders->place);
    auto* look = agent->add_subcommand("status", "what is at work, and what was");
    look->callback([&common, &exit, orders] { exit = status(*orders, common); });
    addStart(*agent, common, exit, orders);
    auto* stop = agent->add_subcommand("stop", "take a fault back");
    stop->add_option("ID", orders->id, "of the fault, as status tells it")->required();
    stop->callback([&common, &exit, orders] {
        exit = ask(
            *orders, [&](Client const& client) { return client.stop(orders->id); },
            [&](FaultReport const& report) {
                if (common.json)
                    std::cout << protocol::toJson(report).dump(2) << "\n";
                else
                    std::cout << lineOf(report) << "\n";
                return exitOf(report);
            });
    });
    addLever(*agent, common, exit, orders);
    addAudit(*agent, common, exit, orders);
}

} // namespace shakedown::cli
