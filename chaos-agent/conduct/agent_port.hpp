#pragma once

#include <string>
#include <vector>

#include "chaos-agent/protocol/client.hpp"

namespace shakedown::conduct {

/// What a conductor asks of an agent. Calls block, and may come from several threads at once.
class AgentPort {
public:
    AgentPort() = default;
    AgentPort(AgentPort const&) = delete;
    AgentPort& operator=(AgentPort const&) = delete;
    virtual ~AgentPort() = default;

    virtual protocol::OrError<std::vector<std::string>> targets() = 0;
    virtual protocol::OrError<protocol::Halt> halted() = 0;
    virtual protocol::OrError<protocol::PlanReport> plan(protocol::FaultRequest const& request) = 0;
    virtual protocol::OrError<protocol::FaultReport> start(protocol::FaultRequest const& request,
                                                           std::string const& key) = 0;
    virtual protocol::OrError<protocol::FaultReport> renew(std::string const& id) = 0;
    virtual protocol::OrError<protocol::FaultReport> stop(std::string const& id) = 0;
    virtual protocol::OrError<protocol::FaultReport> get(std::string const& id) = 0;
};

/// An agent that is reached by the client of the native API.
class ClientAgent final : public AgentPort {
public:
    explicit ClientAgent(protocol::Client client) : client_(std::move(client)) {}

    protocol::OrError<std::vector<std::string>> targets() override { return client_.targets(); }
    protocol::OrError<protocol::Halt> halted() override { return client_.halted(); }
    protocol::OrError<protocol::PlanReport> plan(protocol::FaultRequest const& request) override {
        return client_.plan(request);
    }
    protocol::OrError<protocol::FaultReport> start(protocol::FaultRequest const& request,
                                                   std::string const& key) override {
        return client_.start(request, key);
    }
    protocol::OrError<protocol::FaultReport> renew(std::string const& id) override {
        return client_.renew(id);
    }
    protocol::OrError<protocol::FaultReport> stop(std::string const& id) override {
        return client_.stop(id);
    }
    protocol::OrError<protocol::FaultReport> get(std::string const& id) override {
        return client_.get(id);
    }

private:
    protocol::Client client_;
};

} // namespace shakedown::conduct
