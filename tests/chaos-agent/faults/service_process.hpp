#pragma once

#include <filesystem>
#include <string>

#include "chaos-agent/faults/target.hpp"
#include "chaos-agent/system/network_namespace.hpp"

namespace shakedown::tests {

// The program test-service on an address, with a pid file; ended with its owner, by number.
class ServiceProcess {
public:
    // Waits until it answers. Without a place it runs in ours; with an upstream it asks that.
    explicit ServiceProcess(std::string const& address,
                            system::NetworkNamespace const* place = nullptr,
                            std::string const& upstream = "");
    ~ServiceProcess();
    ServiceProcess(ServiceProcess const&) = delete;
    ServiceProcess& operator=(ServiceProcess const&) = delete;

    // By pid file, with the action `start`.
    injectors::Target target(std::string const& name) const;
    system::Words words() const;
    // The process that runs now, if one does.
    std::optional<system::Process> process() const;
    // It can open less than it needs to serve many.
    bool hasFewDescriptors() const;
    // A request on a connection of its own is answered with 200, within 300 ms.
    bool answers() const;
    std::string const& address() const { return address_; }

private:
    std::string address_;
    std::string upstream_;
    std::filesystem::path pidFile_;
    std::optional<system::NetworkNamespace> place_;
};

// A loopback address with a port that was free a moment ago.
std::string freeAddress(std::string const& host = "127.0.0.1");

} // namespace shakedown::tests
