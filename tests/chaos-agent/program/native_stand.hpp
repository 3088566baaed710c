#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "tests/chaos-agent/faults/service_process.hpp"
#include "tests/chaos-agent/program/agent.hpp"

namespace shakedown::tests {

// The program shakedown-agent with its native API on a Unix socket, and a service "orders" on
// loopback that it may disturb in every way, its connections by a proxy in front of it that callers
// address, or by a redirect.
class NativeStand {
public:
    enum class Proxies { Addressed, Redirected };
    explicit NativeStand(Proxies proxies = Proxies::Addressed);
    ~NativeStand();
    NativeStand(NativeStand const&) = delete;
    NativeStand& operator=(NativeStand const&) = delete;

    // A request on a connection of its own, as our own user; the status and the body.
    struct Answer {
        int status = 0;
        nlohmann::json body;
    };
    Answer ask(std::string const& method, std::string const& path,
               nlohmann::json const& body = nullptr) const;
    // A fault of the kind on "orders" for a minute; its id.
    std::string start(std::string const& kind, int leaseMs, nlohmann::json more = {}) const;
    std::string stateOf(std::string const& id) const;

    ServiceProcess& service() { return service_; }
    Agent& agent() { return *agent_; }
    // The agent's only child; 0 if there is none.
    pid_t watchdog() const;
    // Agent and watchdog die together, with SIGKILL.
    void killBoth();
    // As after a crash: with the same configuration and state.
    void startAgent();
    // Where the proxy in front of the service listens.
    std::string const& proxy() const { return proxy_; }
    std::filesystem::path const& folder() const { return folder_; }
    std::string socket() const { return (folder_ / "agent.sock").string(); }
    std::string state() const { return (folder_ / "state").string(); }

private:
    std::filesystem::path folder_;
    ServiceProcess service_;
    std::string proxy_;
    std::unique_ptr<Agent> agent_;
};

} // namespace shakedown::tests
