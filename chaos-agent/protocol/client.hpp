#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "chaos-agent/protocol/fault.hpp"
#include "chaos-agent/protocol/http_exchange.hpp"

namespace shakedown::protocol {

/// The variable of the environment with the token, unless a file has it.
inline constexpr char const* tokenVariable = "SHAKEDOWN_AGENT_TOKEN";

struct ClientSettings {
    std::string address; // parseAgentAddress()
    /// The token, alone in a file that is not open to everybody. Empty: the environment may have
    /// it. Never an argument: those are seen by every user.
    std::string tokenFile;
    ClientTls tls;
    ExchangeLimits limits; // for each call
};

/// Why a call did not do what was asked.
struct ClientError {
    enum class Kind {
        Settings,    // an address, a token or a file that does not do
        Unreachable, // no agent answers there, or not in time
        Refused,     // by the agent: status, code and message are its own
        Unreadable   // what answers is no agent of ours
    };
    Kind kind;
    std::string message;
    unsigned status = 0;
    std::string code;
};
template <class T>
using OrError = std::variant<T, ClientError>;

/// The client of the native API: the command line and the desktop app use it and nothing else.
/// Each call is a connection of its own, blocks, and is bounded in time and in size.
class Client {
public:
    static OrError<Client> make(ClientSettings const& settings);

    OrError<PlanReport> plan(FaultRequest const& request) const;
    /// With the same key (not empty) the agent starts it once, however often it is asked.
    OrError<FaultReport> start(FaultRequest const& request, std::string const& key) const;
    OrError<FaultReport> renew(std::string const& id) const;
    OrError<FaultReport> stop(std::string const& id) const;
    OrError<FaultReport> get(std::string const& id) const;
    OrError<std::vector<FaultReport>> list() const;
    OrError<std::vector<std::string>> targets() const;
    OrError<std::vector<Capability>> capabilities() const;
    OrError<Halt> halted() const;
    OrError<Halt> halt(std::string const& reason) const;
    OrError<Halt> release() const;
    /// The newest lines of the audit log, oldest first; 1 to 1000.
    OrError<std::vector<std::string>> audit(std::size_t count) const;

    /// Tells of the events after that number as they happen (`after` 0: all that are kept), until
    /// `onEvent` ends it or the time is over; the number of the last one that was told.
    OrError<std::uint64_t> events(std::uint64_t after, std::chrono::milliseconds within,
                                  std::function<Follow(AgentEvent const&)> const& onEvent) const;

private:
    Client() = default;

    AgentAddress address_;
    std::string token_; // may be empty
    ClientTls tls_;
    ExchangeLimits limits_;

    HttpAsk ask(char const* method, std::string target) const;
};

} // namespace shakedown::protocol
