#pragma once

#include <iostream>
#include <string>

#include "chaos-agent/protocol/client.hpp"
#include "cli/command.hpp"

namespace shakedown::cli {

/// Where `agent ...` finds its agent.
struct AgentPlace {
    std::string address = "unix:/run/shakedown-agent/agent.sock";
    std::string tokenFile;
    std::string authority;
    std::string certificate;
    std::string key;
};
void addAgentPlace(CLI::App& command, AgentPlace& place);
/// Only who we are: where the agent is stands elsewhere.
void addAgentIdentity(CLI::App& command, AgentPlace& place);

protocol::OrError<protocol::Client> clientOf(AgentPlace const& place);

/// Says why a call did not do it; the exit code for that.
Exit tellError(protocol::ClientError const& error);

} // namespace shakedown::cli
