#include <iostream>

#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "chaos-agent/faults/host_capabilities.hpp"
#include "chaos-agent/protocol/fault_json.hpp"
#include "cli/command.hpp"

namespace shakedown::cli {

namespace {

std::string json(std::vector<protocol::Capability> const& capabilities) {
    auto list = nlohmann::json::array();
    for (auto const& capability : capabilities)
        list.push_back(protocol::toJson(capability));
    return nlohmann::json{{"capabilities", std::move(list)}}.dump(2) + "\n";
}

std::string moreOf(protocol::Capability const& capability) {
    if (capability.reach.empty() || capability.why.empty())
        return capability.reach + capability.why;
    return capability.reach + "; " + capability.why;
}

std::string text(std::vector<protocol::Capability> const& capabilities) {
    std::string out = "What this user could do to this host, as an agent:\n\n";
    for (auto const& capability : capabilities)
        out += fmt::format("  {:<16} {:<4} {}\n", capability.kind,
                           capability.possible ? "yes" : "no", moreOf(capability));
    return out
           + "\nAn agent does it only to targets that its configuration allows, and takes it"
             " back.\n";
}

} // namespace

void addDoctor(CLI::App& app, Common& common, Exit&) {
    auto* command = app.add_subcommand("doctor", "say which faults this host can do, and why not");
    command->callback([&common] {
        auto const capabilities = injectors::hostCapabilities();
        std::cout << (common.json ? json(capabilities) : text(capabilities));
    });
}

} // namespace shakedown::cli
