#pragma once

#include <memory>

#include "sim/kernel/kernel.hpp"
#include "sim/platform/blueprint.hpp"
#include "sim/platform/machines.hpp"

namespace shakedown::platform {

/// The platform of `SimgridModule`: the port on one side, the engine on the other.
class SimgridPlatform final : public Platform, public Machines {
public:
    /// Machine and link numbers are those of the blueprint's lists.
    SimgridPlatform(kernel::Kernel& kernel, Blueprint const& blueprint);
    ~SimgridPlatform() override;

    HostId addHost(int cores, MachineId machine) override;
    WorkHandle startWork(HostId host, Duration amount, kernel::Event completion) override;
    bool isDelay(HostId) const override { return false; }
    void cancelWork(HostId host, WorkHandle work) override;
    void setSpeed(HostId host, double speed, std::span<WorkHandle*> running) override;
    void handle(kernel::Event const& event) override;
    bool drive(SimTime limit, EventHandler const& handle) override;
    Machines* machines() override { return this; }

    void send(Message const& message, kernel::Event arrival, kernel::Event loss) override;
    bool isOnWay(MachineId from, MachineId to, LinkId link) override;
    void turnMachine(MachineId machine, Power power) override;
    void setMachineSpeed(MachineId machine, double factor) override;
    void turnLink(LinkId link, Power power) override;
    void setBandwidth(LinkId link, Bandwidth bandwidth) override;
    void setLatency(LinkId link, Duration latency) override;
    Use useBy(HostId process) const override;
    Use useOf(MachineId machine) const override;
    Traffic trafficOf(LinkId link) override;
    double energyOf(MachineId machine) override;

private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

} // namespace shakedown::platform
