#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/chaos-agent/faults/service_process.hpp"
#include "tests/chaos-agent/system/small_disk.hpp"
#include "tests/chaos-agent/system/test_network.hpp"

namespace shakedown::tests {

// The life of an agent.
struct AgentLife {
    std::vector<std::string> points; // that it came to, by name
    int status = 0;
};
// A whole life of test-dying-agent, to its end or to the point at which it dies.
AgentLife lifeOf(system::Words const& words);
// What starts it: its state is in a folder, its target is told as dying_agent.cpp reads it.
system::Words dyingAgent(std::filesystem::path const& folder, std::string const& kind,
                         std::string const& target, long diesAt);
// The journal there holds nothing that is not over.
bool isCalmIn(std::filesystem::path const& folder);

// A service in a network namespace, and lives of test-dying-agent that disturb it, its connections
// by a redirect or by a proxy that nobody addresses, and its filesystem.
class DyingStand {
public:
    enum class Proxies { Redirected, Addressed };
    explicit DyingStand(Proxies proxies = Proxies::Redirected);
    ~DyingStand();
    DyingStand(DyingStand const&) = delete;
    DyingStand& operator=(DyingStand const&) = delete;
    // False where this host does not let us make networks; that was warned of.
    bool canRun() const { return network_ && disk_; }

    AgentLife live(std::string const& kind, long diesAt) const {
        return lifeOf(words(kind, diesAt));
    }
    system::Words words(std::string const& kind, long diesAt) const;

    // Rules of the namespace to the letter, how the process is, what is on the disk.
    std::string state() const;
    bool isCalm() const { return isCalmIn(folder_); }
    bool answers() const { return service_->answers(); }
    // From the other end of the wire, where packet faults are felt.
    bool isReached() const;
    // The status that the service answers there; 0 if it does not.
    int status() const;
    std::filesystem::path const& folder() const { return folder_; }

private:
    Proxies proxies_;
    std::filesystem::path folder_;
    std::unique_ptr<TestNetwork> network_;
    std::unique_ptr<SmallDisk> disk_;
    std::unique_ptr<ServiceProcess> service_;
};

} // namespace shakedown::tests
