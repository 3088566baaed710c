#include "sim/platform/simgrid/building.hpp"

#include <array>
#include <csignal>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <simgrid/plugins/energy.h>
#include <simgrid/s4u.hpp>

namespace shakedown::platform {

namespace s4u = simgrid::s4u;

namespace {

using simgrid::kernel::routing::NetPoint;

// Links carry what is written: without the factors by which SimGrid's default model corrects for
// headers and slow start, and without a share taken by acknowledgements.
std::vector<std::string> const settings{
    "shakedown",
    "--cfg=network/model:CM02",
    "--cfg=network/crosstraffic:no",
    "--cfg=surf/precision:1e-10",  // seconds: a tenth of what the kernel's clock can tell
    "--cfg=debug/verbose-exit:no", // no handler of its own for Ctrl-C
    "--log=root.thres:critical",
};

// What joins a machine without a link of its own to its zone: too fast to be noticed. Not a link
// that nobody shares, though: SimGrid solves those in time quadratic in the number of flows.
constexpr double portBytesPerSecond = 1e15;

std::string wattsOf(MachineSpec const& machine) {
    std::string const idle = std::to_string(machine.idleWatts);
    return idle + ":" + idle + ":" + std::to_string(machine.busyWatts);
}

// All netpoints stand in one zone of shortest ways; a zone of the scenario is a router in it.
class Builder {
public:
    explicit Builder(Blueprint const& blueprint)
        : blueprint_(blueprint), root_(s4u::create_dijkstra_zone("platform", true)) {}

    Built build() {
        for (auto const& machine : blueprint_.machines)
            addMachine(machine);
        for (auto const& link : blueprint_.links)
            addLink(link);
        for (auto const& machine : blueprint_.machines)
            if (!machine.zone.empty() && !isJoined_.contains(machine.name))
                addPort(machine);
        root_->seal();
        return std::move(built_);
    }

private:
    void addMachine(MachineSpec const& machine) {
        auto* const host = root_->create_host(machine.name, machine.speed * flopsAtSpeedOne);
        host->set_core_count(machine.cores);
        host->set_property("wattage_per_state", wattsOf(machine));
        host->set_property("wattage_off", "0");
        host->seal();
        built_.hosts.push_back(host);
        points_[machine.name] = host->get_netpoint();
        if (!machine.zone.empty() && !points_.contains(machine.zone))
            points_[machine.zone] = root_->create_router("zone " + machine.zone);
    }

    void addLink(LinkSpec const& link) {
        double const bytesPerSecond = link.bandwidth.bitsPerSecond() / 8;
        auto const direction = s4u::LinkInRoute::Direction::UP;
        if (link.sharing == Sharing::EachDirection) {
            auto* const made = root_->create_split_duplex_link(link.name, bytesPerSecond);
            made->set_latency(link.latency.inSeconds());
            made->seal();
            built_.links.push_back({made->get_link_up(), made->get_link_down()});
            join(link.ends, s4u::LinkInRoute(made, direction));
            return;
        }
        auto* const made = root_->create_link(link.name, bytesPerSecond);
        made->set_latency(link.latency.inSeconds())->seal();
        built_.links.push_back({made});
        join(link.ends, s4u::LinkInRoute(made));
    }

    void join(std::vector<std::string> const& ends, s4u::LinkInRoute const& link) {
        for (std::size_t a = 0; a < ends.size(); ++a) {
            isJoined_.insert(ends[a]);
            for (std::size_t b = a + 1; b < ends.size(); ++b)
                addRoute(ends[a], ends[b], link);
        }
    }

    void addRoute(std::string const& a, std::string const& b, s4u::LinkInRoute const& link) {
        bool const isNew = a != b && routes_.insert(std::minmax(a, b)).second;
        if (isNew)
            root_->add_route(points_.at(a), points_.at(b), nullptr, nullptr, {link}, true);
    }

    void addPort(MachineSpec const& machine) {
        auto* const port = root_->create_link("port of " + machine.name, portBytesPerSecond);
        port->seal();
        addRoute(machine.name, machine.zone, s4u::LinkInRoute(port));
    }

    Blueprint const& blueprint_;
    s4u::NetZone* root_;
    Built built_;
    std::map<std::string, NetPoint*> points_;
    std::set<std::string> isJoined_;
    std::set<std::pair<std::string, std::string>> routes_;
};

Built load(Blueprint const& blueprint) {
    auto* const engine = s4u::Engine::get_instance();
    engine->load_platform(blueprint.file);
    Built built;
    for (auto const& machine : blueprint.machines)
        built.hosts.push_back(engine->host_by_name(machine.name));
    for (auto const& link : blueprint.links)
        built.links.push_back({engine->link_by_name(link.name)});
    return built;
}

// The engine takes signals for itself when it starts: it would end the process at Ctrl-C, before
// the run has told what it found.
class KeptSignals {
public:
    KeptSignals() {
        for (std::size_t i = 0; i < numbers.size(); ++i)
            sigaction(numbers[i], nullptr, &actions_[i]);
    }
    ~KeptSignals() {
        for (std::size_t i = 0; i < numbers.size(); ++i)
            sigaction(numbers[i], &actions_[i], nullptr);
    }
    KeptSignals(KeptSignals const&) = delete;
    KeptSignals& operator=(KeptSignals const&) = delete;

private:
    static constexpr std::array numbers{SIGINT, SIGTERM, SIGSEGV, SIGABRT};
    std::array<struct sigaction, numbers.size()> actions_{};
};

} // namespace

std::unique_ptr<s4u::Engine> startEngine() {
    KeptSignals const kept;
    std::vector<std::string> arguments = settings;
    std::vector<char*> argv;
    for (auto& argument : arguments)
        argv.push_back(argument.data());
    argv.push_back(nullptr);
    int argc = static_cast<int>(arguments.size());
    return std::make_unique<s4u::Engine>(&argc, argv.data());
}

Built build(Blueprint const& blueprint) {
    if (blueprint.measuresEnergy)
        sg_host_energy_plugin_init();
    return blueprint.file.empty() ? Builder(blueprint).build() : load(blueprint);
}

} // namespace shakedown::platform
