#include "sim/platform/simgrid/engine.hpp"

namespace shakedown::platform {

using kernel::Event;

// --- Activities.

std::uint32_t SimgridPlatform::Engine::add(ActivityKind kind, Event completion) {
    if (freeActivities_.empty()) {
        freeActivities_.push_back(static_cast<std::uint32_t>(activities_.size()));
        activities_.emplace_back();
    }
    std::uint32_t const index = freeActivities_.back();
    freeActivities_.pop_back();
    Activity& activity = activities_[index];
    std::uint32_t const generation = activity.generation;
    activity = Activity{};
    activity.kind = kind;
    activity.live = true;
    activity.generation = generation;
    activity.order = ++started_;
    activity.completion = completion;
    commands_.push_back({Command::Kind::Start, index, generation, 0, nullptr});
    return index;
}

void SimgridPlatform::Engine::drop(std::uint32_t index) {
    Activity& activity = activities_[index];
    count(activity, false);
    activity.live = false;
    ++activity.generation;
    activity.running.reset();
    freeActivities_.push_back(index);
}

void SimgridPlatform::Engine::cancel(std::uint32_t index) {
    if (activities_[index].running) {
        std::erase_if(completed_, [&](Completion const& c) { return c.index == index; });
        commands_.push_back({Command::Kind::Cancel, index, 0, 0, activities_[index].running});
    }
    drop(index);
}

bool SimgridPlatform::Engine::isCurrent(std::uint32_t index, std::uint32_t generation) const {
    return index < activities_.size() && activities_[index].live
           && activities_[index].generation == generation;
}

HostId SimgridPlatform::Engine::addProcess(MachineId machine) {
    require(machine < machines_.size(), "a process stands on a machine");
    processes_.push_back({machine, machines_[machine].meter.addProcess(), false});
    return static_cast<HostId>(processes_.size() - 1);
}

WorkHandle SimgridPlatform::Engine::startWork(HostId process, Duration amount, Event completion) {
    std::uint32_t const index = add(ActivityKind::Work, completion);
    activities_[index].process = process;
    activities_[index].amount = static_cast<double>(amount.count());
    count(activities_[index], !isFrozen(process));
    return {{index, activities_[index].generation}};
}

void SimgridPlatform::Engine::cancelWork(WorkHandle work) {
    if (work.valid() && isCurrent(work.handle.slot, work.handle.generation))
        cancel(work.handle.slot);
}

bool SimgridPlatform::Engine::isFrozen(HostId process) const {
    return processes_[process].isFrozen || machines_[processes_[process].machine].factor <= 0;
}

void SimgridPlatform::Engine::count(Activity& activity, bool counts) {
    if (activity.kind != ActivityKind::Work || activity.isCounted == counts)
        return;
    activity.isCounted = counts;
    Process const& process = processes_[activity.process];
    machines_[process.machine].meter.change(process.number, counts ? 1 : -1, kernel_.now());
}

// Brings the work of a process in line with whether it is frozen now.
void SimgridPlatform::Engine::freeze(HostId process) {
    bool const frozen = isFrozen(process);
    auto const kind = frozen ? Command::Kind::Suspend : Command::Kind::Resume;
    for (std::uint32_t i = 0; i < activities_.size(); ++i) {
        Activity& activity = activities_[i];
        bool const concerned = activity.live && activity.kind == ActivityKind::Work
                               && activity.process == process && activity.isCounted == frozen;
        if (!concerned)
            continue;
        count(activity, !frozen);
        commands_.push_back({kind, i, activity.generation, 0, nullptr});
    }
}

void SimgridPlatform::Engine::setProcessSpeed(HostId process, double speed) {
    require(speed == 0 || speed == 1, "only a machine runs at a part of its speed");
    processes_[process].isFrozen = speed == 0;
    freeze(process);
}

void SimgridPlatform::Engine::setMachineSpeed(MachineId machine, double factor) {
    machines_[machine].factor = factor;
    if (factor > 0)
        tell(Command::Kind::Speed, machine, factor);
    for (HostId process = 0; process < processes_.size(); ++process)
        if (processes_[process].machine == machine)
            freeze(process);
}

Use SimgridPlatform::Engine::useBy(HostId process) const {
    Process const& where = processes_[process];
    return machines_[where.machine].meter.useBy(where.number, kernel_.now());
}

Use SimgridPlatform::Engine::useOf(MachineId machine) const {
    return machines_[machine].meter.use(kernel_.now());
}

} // namespace shakedown::platform
