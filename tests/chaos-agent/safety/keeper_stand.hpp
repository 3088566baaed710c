#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>

#include "chaos-agent/safety/host_keeper.hpp"

namespace shakedown::tests {

// Proxies that only remember what was asked of them, and fail when told to.
class FakeConnections final : public injectors::Connections {
public:
    system::Failed disturb(std::string const& proxy, std::string const& name,
                           protocol::FaultKind const&, protocol::Way) override {
        if (failsToDisturb) {
            return system::Failure{"the proxy is on strike"};
        }
        disturbed.insert(proxy + "/" + name);
        return {};
    }
    system::Failed calm(std::string const& proxy, std::string const& name) override {
        asked.push_back("calm " + proxy);
        if (failsToCalm) {
            return system::Failure{"the proxy does not listen"};
        }
        if (proxy == throwsFor) {
            throw std::runtime_error("out of threads");
        }
        disturbed.erase(proxy + "/" + name);
        return {};
    }
    bool isDisturbed(std::string const& proxy, std::string const& name) override {
        asked.push_back("look at " + proxy);
        return disturbed.contains(proxy + "/" + name);
    }

    system::Failed open(std::string const& proxy, system::NetworkNamespace const&,
                        proxy::Address const&) override {
        opened.insert(proxy);
        return {};
    }
    system::Failed retire(std::string const& proxy) override {
        opened.erase(proxy);
        return {};
    }
    std::optional<std::uint16_t> portOf(std::string const& proxy) override {
        constexpr std::uint16_t nobodyThere = 9;
        return opened.contains(proxy) ? std::optional(nobodyThere) : std::nullopt;
    }

    std::set<std::string> disturbed;
    std::set<std::string> opened;
    bool failsToDisturb = false;
    bool failsToCalm = false;
    std::string throwsFor;          // a proxy
    std::vector<std::string> asked; // to calm, and to look
};

// A keeper with its files in a folder of its own, which goes with it, and time that is stepped.
class KeeperStand {
public:
    KeeperStand();
    ~KeeperStand();
    KeeperStand(KeeperStand const&) = delete;
    KeeperStand& operator=(KeeperStand const&) = delete;

    // Opens it, again if it was open: as after a restart of the agent.
    safety::HostKeeper& open();
    safety::HostKeeper& keeper() { return *keeper_; }
    // As if the agent had died: nothing is told to anybody.
    void lose() { keeper_.reset(); }
    void pass(Duration span);
    // Changes the journal behind everybody's back, in SQL.
    void tamper(std::string const& sql) const;
    // What the journal holds as not over.
    std::size_t writtenAsLive() const;

    protocol::FaultReport started(protocol::FaultRequest const& request,
                                  std::string const& key = "");
    safety::Refusal refused(protocol::FaultRequest const& request, std::string const& key = "");
    protocol::FaultReport now(std::string const& id);

    std::filesystem::path folder;
    safety::KeeperSettings settings;
    FakeConnections connections;
    safety::Caller caller{"token ci", safety::Role::Inject};
    safety::Caller admin{"uid 0", safety::Role::Admin};
    safety::Caller stranger{"token other", safety::Role::Inject};

private:
    std::unique_ptr<safety::HostKeeper> keeper_;
    Duration time_ = Duration::seconds(1000);
};

// A latency of 100 ms on "orders" for 60 s, with a lease of 10 s.
protocol::FaultRequest latencyOn(std::string const& target = "orders");

} // namespace shakedown::tests
