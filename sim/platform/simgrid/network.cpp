#include <algorithm>

#include <simgrid/plugins/energy.h>

#include "sim/platform/simgrid/engine.hpp"

namespace shakedown::platform {

namespace s4u = simgrid::s4u;
using kernel::Event;
using kernel::EventClass;

// A message without a size is not a flow: it is at its goal after the latency of its way.
void SimgridPlatform::Engine::send(Message const& what, Event arrival, Event loss) {
    auto const [from, to, size, atMost] = what;
    if (from == to) {
        kernel_.schedule(kernel_.now(), EventClass::Completion,
                         machines_[from].on ? arrival : loss);
        return;
    }
    Route const& route = routeBetween(from, to);
    if (size.count() > 0) {
        std::uint32_t const index = add(ActivityKind::Message, arrival);
        Activity& message = activities_[index];
        message.loss = loss;
        message.from = from;
        message.to = to;
        message.amount = static_cast<double>(size.count());
        message.atMost = atMost.bitsPerSecond() / 8;
        message.route = &route;
        return;
    }
    Duration latency;
    bool isOpen = machines_[from].on && machines_[to].on;
    for (LinkId const link : route) {
        latency = latency + links_[link].latency;
        isOpen = isOpen && links_[link].on;
    }
    kernel_.schedule(kernel_.now() + latency, EventClass::Completion, isOpen ? arrival : loss);
}

SimgridPlatform::Engine::Route const& SimgridPlatform::Engine::routeBetween(MachineId from,
                                                                            MachineId to) {
    auto const [found, isNew] = routes_.try_emplace({from, to});
    if (!isNew)
        return found->second;
    std::vector<s4u::Link*> way;
    machines_[from].host->route_to(machines_[to].host, way, nullptr);
    for (auto const* link : way)
        if (auto const known = linkNumbers_.find(link); known != linkNumbers_.end())
            found->second.push_back(known->second);
    return found->second;
}

bool SimgridPlatform::Engine::isOnWay(MachineId from, MachineId to, LinkId link) {
    if (from == to)
        return false;
    Route const& route = routeBetween(from, to);
    return std::find(route.begin(), route.end(), link) != route.end();
}

bool SimgridPlatform::Engine::isOpen(Activity const& message) const {
    return machines_[message.from].on && machines_[message.to].on
           && std::all_of(message.route->begin(), message.route->end(),
                          [&](LinkId link) { return links_[link].on; });
}

void SimgridPlatform::Engine::lose(std::uint32_t index) {
    kernel_.schedule(kernel_.now(), EventClass::Completion, activities_[index].loss);
    drop(index);
}

void SimgridPlatform::Engine::turnMachine(MachineId machine, Power power) {
    machines_[machine].on = power == Power::On;
    if (power == Power::Off)
        for (std::uint32_t i = 0; i < activities_.size(); ++i) {
            Activity const& activity = activities_[i];
            if (!activity.live)
                continue;
            bool const isMessage = activity.kind == ActivityKind::Message;
            bool const concerned = isMessage ? activity.from == machine || activity.to == machine
                                             : processes_[activity.process].machine == machine;
            if (!concerned)
                continue;
            if (isMessage)
                kernel_.schedule(kernel_.now(), EventClass::Completion, activity.loss);
            cancel(i);
        }
    tell(Command::Kind::TurnMachine, machine, power == Power::On ? 1 : 0);
}

void SimgridPlatform::Engine::turnLink(LinkId link, Power power) {
    settleCapacity(links_[link]);
    links_[link].on = power == Power::On;
    tell(Command::Kind::TurnLink, link, power == Power::On ? 1 : 0);
}

void SimgridPlatform::Engine::setBandwidth(LinkId link, Bandwidth bandwidth) {
    settleCapacity(links_[link]);
    links_[link].bytesPerSecond = bandwidth.bitsPerSecond() / 8;
    tell(Command::Kind::Bandwidth, link, links_[link].bytesPerSecond);
}

void SimgridPlatform::Engine::setLatency(LinkId link, Duration latency) {
    links_[link].latency = latency;
    tell(Command::Kind::Latency, link, latency.inSeconds());
}

// --- Measures.

void SimgridPlatform::Engine::settleCapacity(Link& link) {
    double const passed = (kernel_.now() - link.since).inSeconds();
    link.since = kernel_.now();
    if (link.on)
        link.capacity += passed * link.bytesPerSecond * static_cast<double>(link.directions.size());
}

void SimgridPlatform::Engine::credit(Activity& message, double sent) {
    for (LinkId const link : *message.route)
        links_[link].carried += sent - message.credited;
    message.credited = sent;
}

// The kernel runs ahead of SimGrid only while nothing changes there, so rates hold until now.
double SimgridPlatform::Engine::ahead() const {
    return toSeconds(kernel_.now()) - s4u::Engine::get_clock();
}

Traffic SimgridPlatform::Engine::trafficOf(LinkId id) {
    if (credited_ != kernel_.now()) {
        credited_ = kernel_.now();
        for (auto& activity : activities_)
            if (activity.live && activity.kind == ActivityKind::Message && activity.running)
                credit(activity, activity.amount - activity.running->get_remaining());
    }
    settleCapacity(links_[id]);
    double carried = links_[id].carried;
    for (auto const* direction : links_[id].directions)
        carried += direction->get_usage() * ahead();
    return {carried, links_[id].capacity};
}

double SimgridPlatform::Engine::energyOf(MachineId machine) {
    auto* const host = machines_[machine].host;
    bool const isMeasured = measuresEnergy_ && host->get_property("wattage_per_state") != nullptr;
    if (!isMeasured)
        return 0;
    return sg_host_get_consumed_energy(host) + sg_host_get_current_consumption(host) * ahead();
}

} // namespace shakedown::platform
