#include "sim/platform/simgrid/simgrid_platform.hpp"

#include "scenarios/vocabulary/require.hpp"
#include "sim/platform/simgrid/engine.hpp"

namespace shakedown::platform {

SimgridPlatform::SimgridPlatform(kernel::Kernel& kernel, Blueprint const& blueprint)
    : engine_(std::make_unique<Engine>(kernel, blueprint)) {}
SimgridPlatform::~SimgridPlatform() = default;

HostId SimgridPlatform::addHost(int, MachineId machine) {
    return engine_->addProcess(machine);
}
WorkHandle SimgridPlatform::startWork(HostId host, Duration amount, kernel::Event completion) {
    return engine_->startWork(host, amount, completion);
}
void SimgridPlatform::cancelWork(HostId, WorkHandle work) {
    engine_->cancelWork(work);
}
void SimgridPlatform::setSpeed(HostId host, double speed, std::span<WorkHandle*>) {
    engine_->setProcessSpeed(host, speed);
}
void SimgridPlatform::handle(kernel::Event const&) {
    require(false, "SimGrid has no events on the calendar");
}
bool SimgridPlatform::drive(SimTime limit, EventHandler const& handle) {
    return engine_->drive(limit, handle);
}

void SimgridPlatform::send(Message const& message, kernel::Event arrival, kernel::Event loss) {
    engine_->send(message, arrival, loss);
}
bool SimgridPlatform::isOnWay(MachineId from, MachineId to, LinkId link) {
    return engine_->isOnWay(from, to, link);
}
void SimgridPlatform::turnMachine(MachineId machine, Power power) {
    engine_->turnMachine(machine, power);
}
void SimgridPlatform::setMachineSpeed(MachineId machine, double factor) {
    engine_->setMachineSpeed(machine, factor);
}
void SimgridPlatform::turnLink(LinkId link, Power power) {
    engine_->turnLink(link, power);
}
void SimgridPlatform::setBandwidth(LinkId link, Bandwidth bandwidth) {
    engine_->setBandwidth(link, bandwidth);
}
void SimgridPlatform::setLatency(LinkId link, Duration latency) {
    engine_->setLatency(link, latency);
}
Use SimgridPlatform::useBy(HostId process) const {
    return engine_->useBy(process);
}
Use SimgridPlatform::useOf(MachineId machine) const {
    return engine_->useOf(machine);
}
Traffic SimgridPlatform::trafficOf(LinkId link) {
    return engine_->trafficOf(link);
}
double SimgridPlatform::energyOf(MachineId machine) {
    return engine_->energyOf(machine);
}

} // namespace shakedown::platform
