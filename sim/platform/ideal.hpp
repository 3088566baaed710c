#pragma once

#include <vector>

#include "sim/kernel/kernel.hpp"
#include "sim/platform/platform.hpp"

namespace shakedown::platform {

/// Machines without contention but for the cores of one host: completion is an event on the
/// calendar. Hosts with cores are processor sharing in virtual time: all pieces progress at
/// speed x min(1, cores / n); a piece of amount w that starts at virtual time v ends at v + w.
class IdealPlatform final : public Platform {
public:
    explicit IdealPlatform(kernel::Kernel& kernel) : kernel_(kernel) {}

    HostId addHost(int cores, MachineId machine) override;
    WorkHandle startWork(HostId host, Duration amount, kernel::Event completion) override;
    bool isDelay(HostId host) const override {
        return hosts_[host].cores == 0 && hosts_[host].speed == 1;
    }
    void cancelWork(HostId host, WorkHandle work) override;
    void setSpeed(HostId host, double speed, std::span<WorkHandle*> running) override;
    void handle(kernel::Event const& event) override;
    bool drive(SimTime limit, EventHandler const& handle) override {
        return kernel_.runUntil(limit, handle);
    }

private:
    struct Job {
        double endsAtVirtual = 0; // seconds
        std::uint64_t order = 0;  // of starting; names the piece
        kernel::Event completion;
    };
    struct Host {
        int cores = 0;
        double speed = 1;
        // Processor sharing only.
        double virtualNow = 0; // seconds of work a lone piece would have done
        SimTime updated;
        std::vector<Job> jobs; // a heap: the piece that ends first on top
        std::uint64_t nextOrder = 0;
        kernel::Handle next;
    };

    struct Frozen {
        kernel::Handle handle;
        Duration left; // at full speed
    };

    static bool endsLater(Job const& a, Job const& b);
    static double rateOf(Host const& host);
    void progress(Host& host) const;
    void planNext(HostId id, Host& host);
    kernel::Handle scheduleLone(double speed, Duration left, kernel::Event const& completion);
    Duration leftOfLone(Host const& host, kernel::Handle handle);

    kernel::Kernel& kernel_;
    std::vector<Host> hosts_;
    std::vector<Frozen> frozen_; // lone pieces on hosts of speed 0
};

} // namespace shakedown::platform
