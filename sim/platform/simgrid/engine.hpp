#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

#include <simgrid/kernel/resource/Model.hpp>
#include <simgrid/s4u.hpp>

#include "sim/platform/simgrid/sharing_meter.hpp"
#include "sim/platform/simgrid/simgrid_platform.hpp"

namespace shakedown::platform {

/// SimGrid's engine runs the loop. The kernel is one more of its models (the last), so both have
/// one clock: asked for its next event, the kernel runs ahead up to the next completion of any
/// other model, as long as its events want nothing of SimGrid; what they want is kept as commands
/// until the engine stands at their instant. So SimGrid takes a step for an activity, not for an
/// event.
class SimgridPlatform::Engine {
public:
    Engine(kernel::Kernel& kernel, Blueprint const& blueprint);
    ~Engine();
    Engine(Engine const&) = delete;
    Engine& operator=(Engine const&) = delete;

    // engine.cpp
    bool drive(SimTime limit, EventHandler const& handle);

    // work.cpp
    HostId addProcess(MachineId machine);
    WorkHandle startWork(HostId process, Duration amount, kernel::Event completion);
    void cancelWork(WorkHandle work);
    void setProcessSpeed(HostId process, double speed);
    void setMachineSpeed(MachineId machine, double factor);
    Use useBy(HostId process) const;
    Use useOf(MachineId machine) const;

    // network.cpp
    void send(Message const& message, kernel::Event arrival, kernel::Event loss);
    bool isOnWay(MachineId from, MachineId to, LinkId link);
    void turnMachine(MachineId machine, Power power);
    void turnLink(LinkId link, Power power);
    void setBandwidth(LinkId link, Bandwidth bandwidth);
    void setLatency(LinkId link, Duration latency);
    Traffic trafficOf(LinkId link);
    double energyOf(MachineId machine);

private:
    class Calendar;
    using Route = std::vector<LinkId>;
    enum class ActivityKind : std::uint8_t { Work, Message };
    /// A piece of work or a message under way.
    struct Activity {
        ActivityKind kind = ActivityKind::Work;
        bool live = false;
        bool isCounted = false; // in its machine's meter
        std::uint32_t generation = 0;
        std::uint64_t order = 0; // of starting
        kernel::Event completion;
        kernel::Event loss;
        HostId process = 0;
        MachineId from = nowhere;
        MachineId to = nowhere;
        double amount = 0;   // nanoseconds of work, or bytes
        double atMost = 0;   // bytes a second; 0: no limit
        double credited = 0; // bytes its links have been credited with
        Route const* route = nullptr;
        simgrid::s4u::ActivityPtr running; // once SimGrid has it
    };
    struct Process {
        MachineId machine = 0;
        std::size_t number = 0; // in the machine's meter
        bool isFrozen = false;
    };
    struct Machine {
        simgrid::s4u::Host* host = nullptr;
        SharingMeter meter{1};
        bool on = true;
        double factor = 1;
    };
    struct Link {
        std::vector<simgrid::s4u::Link*> directions;
        double bytesPerSecond = 0; // of one direction
        Duration latency;
        bool on = true;
        double carried = 0;
        double capacity = 0; // up to `since`
        SimTime since;
    };
    /// What an event wants of SimGrid.
    struct Command {
        enum class Kind : std::uint8_t {
            Start,
            Cancel,
            Suspend,
            Resume,
            TurnMachine,
            TurnLink,
            Speed,
            Bandwidth,
            Latency
        };
        Kind kind = Kind::Start;
        std::uint32_t target = 0;     // activity, machine or link
        std::uint32_t generation = 0; // of the activity
        double value = 0;
        simgrid::s4u::ActivityPtr activity; // to cancel
    };
    struct Completion {
        std::uint64_t order = 0;
        std::uint32_t index = 0;
        bool arrived = true;
    };

    double toSeconds(SimTime at) const { return base_ + static_cast<double>(at.count()) / 1e9; }
    SimTime toTime(double seconds) const;

    // The loop.
    double nextStep(double now);
    double nextCompletion(double now) const;
    void deliver(double now);
    void take(simgrid::s4u::Activity const& activity);
    bool flush();
    bool mustWait(Command const& command) const;
    void obey(Command const& command);
    void begin(std::uint32_t index);
    void tell(Command::Kind kind, std::uint32_t target, double value = 0);

    // Activities.
    std::uint32_t add(ActivityKind kind, kernel::Event completion);
    void drop(std::uint32_t index);
    void cancel(std::uint32_t index);
    bool isCurrent(std::uint32_t index, std::uint32_t generation) const;
    bool isFrozen(HostId process) const;
    void freeze(HostId process);
    void count(Activity& activity, bool counts);

    // Messages.
    Route const& routeBetween(MachineId from, MachineId to);
    bool isOpen(Activity const& message) const;
    void lose(std::uint32_t index);
    void credit(Activity& message, double sent);
    void settleCapacity(Link& link);
    double ahead() const;

    kernel::Kernel& kernel_;
    std::unique_ptr<simgrid::s4u::Engine> engine_;
    std::shared_ptr<Calendar> calendar_;
    std::vector<simgrid::kernel::resource::Model*> others_;
    bool measuresEnergy_ = false;
    double base_ = 0; // the engine's clock at the kernel's zero

    std::vector<Machine> machines_;
    std::vector<Link> links_;
    std::vector<Process> processes_;
    std::unordered_map<simgrid::s4u::Link const*, LinkId> linkNumbers_;
    std::map<std::pair<MachineId, MachineId>, Route> routes_;
    SimTime credited_ = SimTime::never(); // when messages under way were last credited

    std::vector<Activity> activities_;
    std::vector<std::uint32_t> freeActivities_;
    std::uint64_t started_ = 0;
    std::deque<Command> commands_;
    std::vector<Completion> completed_;
    std::vector<simgrid::s4u::ActivityPtr> dying_; // cancelled, until SimGrid has buried them
    bool mustStep_ = false; // SimGrid has something to tell of at this very instant

    EventHandler const* handle_ = nullptr;
    SimTime limit_;
    bool stopped_ = false;

    static Engine* current; // SimGrid's signals belong to the process
};

} // namespace shakedown::platform
