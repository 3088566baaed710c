#pragma once

#include <memory>
#include <string>

#include "tests/chaos-agent/faults/service_process.hpp"
#include "tests/chaos-agent/program/agent.hpp"
#include "tests/end_to_end/program.hpp"

namespace shakedown::tests {

// A front that asks orders through the proxy of an agent, which may disturb both: the smallest
// staging system there is.
class TwoServices {
public:
    TwoServices();
    ~TwoServices();
    TwoServices(TwoServices const&) = delete;
    TwoServices& operator=(TwoServices const&) = delete;

    // A scenario about it; `more` has faults and expectations.
    std::string scenario(std::string const& more, std::string const& runFor = "6s") const;
    // Runs `shakedown inject` to its end.
    Outcome inject(std::string const& file, Arguments more = {}) const;
    Arguments words(std::string const& file, Arguments const& more = {}) const;

    Scratch const& folder() const { return folder_; }
    ServiceProcess& orders() { return orders_; }
    ServiceProcess& front() { return *front_; }
    Agent& agent() { return *agent_; }
    void startAgent();
    // What `shakedown agent status` tells, in JSON.
    std::string status() const;
    // Faults that are at work.
    int atWork() const;

private:
    Scratch folder_;
    std::string proxy_;
    ServiceProcess orders_;
    std::unique_ptr<ServiceProcess> front_;
    std::unique_ptr<Agent> agent_;
};

} // namespace shakedown::tests
