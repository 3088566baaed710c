#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace shakedown::protocol {

/// Where an agent listens.
struct AgentAddress {
    enum class Via { Unix, Http, Https };

    Via via = Via::Unix;
    std::string path; // of the Unix socket
    std::string host; // a name or an address, without brackets
    std::uint16_t port = 0;
};

/// Reads "unix:/run/agent.socket", "http://127.0.0.1:8475" or "https://host:8476", or says why the
/// text is none of them. In the clear only this host is spoken to: a token would be seen.
std::variant<AgentAddress, std::string> parseAgentAddress(std::string_view text);

} // namespace shakedown::protocol
