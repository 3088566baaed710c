#include "cli/agent_client.hpp"

#include "reports/render/plain_text.hpp"

namespace shakedown::cli {

void addAgentPlace(CLI::App& command, AgentPlace& place) {
    command
        .add_option("--agent", place.address,
                    "where it listens: unix:PATH, http://127.0.0.1:PORT or https://HOST:PORT")
        ->envname("SHAKEDOWN_AGENT")
        ->capture_default_str();
    addAgentIdentity(command, place);
}

void addAgentIdentity(CLI::App& command, AgentPlace& place) {
    command.add_option("--token-file", place.tokenFile,
                       "a file with the token; else SHAKEDOWN_AGENT_TOKEN");
    command.add_option("--ca", place.authority,
                       "the authority that signed the agent's certificate");
    command.add_option("--certificate", place.certificate, "our certificate, for https");
    command.add_option("--key", place.key, "and its key");
}

protocol::OrError<protocol::Client> clientOf(AgentPlace const& place) {
    protocol::ClientSettings settings;
    settings.address = place.address;
    settings.tokenFile = place.tokenFile;
    settings.tls.authority = place.authority;
    settings.tls.certificate = place.certificate;
    settings.tls.key = place.key;
    return protocol::Client::make(settings);
}

Exit tellError(protocol::ClientError const& error) {
    std::cerr << "shakedown: " << render::cleaned(error.message) << "\n";
    return error.kind == protocol::ClientError::Kind::Settings ? Exit::Usage : Exit::Agent;
}

} // namespace shakedown::cli
