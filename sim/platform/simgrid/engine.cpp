#include "sim/platform/simgrid/engine.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <simgrid/kernel/ProfileBuilder.hpp>

#include "sim/platform/simgrid/building.hpp"

namespace shakedown::platform {

namespace s4u = simgrid::s4u;
namespace profile = simgrid::kernel::profile;
using kernel::Event;
using kernel::EventClass;
using simgrid::kernel::resource::Model;

namespace {

// SimGrid keeps every name it was given for as long as the process lives.
std::string newName(std::string const& what) {
    static std::uint64_t count = 0;
    return what + " " + std::to_string(++count);
}

} // namespace

class SimgridPlatform::Engine::Calendar final : public Model {
public:
    explicit Calendar(Engine& engine) : Model(newName("calendar")), engine_(&engine) {}
    void retire() { engine_ = nullptr; }
    double next_occurring_event(double now) override {
        return engine_ != nullptr ? engine_->nextStep(now) : -1;
    }
    void update_actions_state(double, double) override {}

private:
    Engine* engine_;
};

SimgridPlatform::Engine* SimgridPlatform::Engine::current = nullptr;

SimgridPlatform::Engine::Engine(kernel::Kernel& kernel, Blueprint const& blueprint)
    : kernel_(kernel), engine_(startEngine()), measuresEnergy_(blueprint.measuresEnergy) {
    require(current == nullptr, "a process runs one SimGrid platform at a time");
    Built const built = build(blueprint);
    engine_->seal_platform();
    for (auto* const host : built.hosts)
        machines_.push_back({host, SharingMeter(host->get_core_count())});
    for (std::size_t i = 0; i < built.links.size(); ++i) {
        auto const& spec = blueprint.links[i];
        links_.push_back(
            {built.links[i], spec.bandwidth.bitsPerSecond() / 8, spec.latency, true, 0, 0, {}});
        for (auto const* direction : built.links[i])
            linkNumbers_[direction] = static_cast<LinkId>(i);
    }
    for (auto* const model : engine_->get_all_models())
        if (model->is_update_lazy())
            others_.push_back(model);
    base_ = s4u::Engine::get_clock() - kernel_.now().inSeconds();
    calendar_ = std::make_shared<Calendar>(*this);
    engine_->add_model(calendar_);
    current = this;
    static bool isListening = false;
    if (!std::exchange(isListening, true))
        s4u::Activity::on_completion_cb([](s4u::Activity const& activity) {
            if (current != nullptr)
                current->take(activity);
        });
}

// SimGrid does not survive activities that are under way at its end.
SimgridPlatform::Engine::~Engine() {
    current = nullptr;
    calendar_->retire();
    commands_.clear();
    for (auto& activity : activities_)
        if (activity.live && activity.running)
            activity.running->cancel();
    engine_->run_until(s4u::Engine::get_clock());
    dying_.clear();
    activities_.clear();
    engine_.reset();
}

SimTime SimgridPlatform::Engine::toTime(double seconds) const {
    return SimTime::atNanoseconds(std::llround((seconds - base_) * 1e9));
}

// --- The loop.

// Stops within 10 microseconds of where it was told to, so it is told again.
bool SimgridPlatform::Engine::drive(SimTime limit, EventHandler const& handle) {
    limit_ = limit;
    handle_ = &handle;
    stopped_ = false;
    double const end = toSeconds(limit);
    while (!stopped_ && kernel_.now() < limit)
        engine_->run_until(end);
    while (!stopped_ && s4u::Engine::get_clock() < end)
        engine_->run_until(end);
    handle_ = nullptr;
    return !stopped_;
}

double SimgridPlatform::Engine::nextStep(double now) {
    if (handle_ == nullptr || stopped_)
        return -1;
    dying_.clear();
    deliver(now);
    for (;;) {
        if (!commands_.empty()) {
            if (kernel_.now() > toTime(now))
                return toSeconds(kernel_.now()) - now;
            if (!flush())
                return 0;
        }
        double const next = nextCompletion(now);
        // What ends later may end too late for nanoseconds to count.
        bool const isLater = next < 0 || now + next >= toSeconds(limit_);
        SimTime const ends = isLater ? limit_ : toTime(now + next);
        SimTime const bound = std::max(kernel_.now(), ends);
        bool const reached = kernel_.runUntil(bound, [&](Event const& event) {
            stopped_ = !(*handle_)(event);
            return !stopped_ && (commands_.empty() || kernel_.nextTime() == kernel_.now());
        });
        // The other models answered before they heard of the commands.
        if (stopped_ || (reached && commands_.empty()))
            return next;
    }
}

// Seconds from now; negative if nothing is under way.
double SimgridPlatform::Engine::nextCompletion(double now) const {
    double first = -1;
    for (auto* const model : others_) {
        double const next = model->next_occurring_event(now);
        if (next >= 0 && (first < 0 || next < first))
            first = next;
    }
    return first;
}

// Of what ends at one instant the first that was started comes first.
void SimgridPlatform::Engine::deliver(double now) {
    std::sort(completed_.begin(), completed_.end(),
              [](Completion const& a, Completion const& b) { return a.order < b.order; });
    SimTime const at = std::max(kernel_.now(), toTime(now));
    for (auto const& [order, index, arrived] : completed_) {
        Activity& activity = activities_[index];
        kernel_.schedule(at, EventClass::Completion, arrived ? activity.completion : activity.loss);
        if (activity.kind == ActivityKind::Message && arrived)
            credit(activity, activity.amount);
        drop(index);
    }
    completed_.clear();
}

void SimgridPlatform::Engine::take(s4u::Activity const& ended) {
    auto const number = reinterpret_cast<std::uintptr_t>(ended.get_data<void>());
    if (number == 0)
        return;
    auto const index = static_cast<std::uint32_t>(number - 1);
    completed_.push_back(
        {activities_[index].order, index, ended.get_state() == s4u::Activity::State::FINISHED});
    // Told once: SimGrid tells of what was cancelled twice.
    activities_[index].running->set_data(nullptr);
}

// False if SimGrid must take a step at this instant before more can be done.
bool SimgridPlatform::Engine::flush() {
    while (!commands_.empty()) {
        if (mustWait(commands_.front()))
            break;
        Command const command = std::move(commands_.front());
        commands_.pop_front();
        obey(command);
    }
    return !std::exchange(mustStep_, false) && commands_.empty();
}

// A host that is turned off must find nothing under way that is about to be buried.
bool SimgridPlatform::Engine::mustWait(Command const& command) const {
    return command.kind == Command::Kind::TurnMachine && !dying_.empty();
}

void SimgridPlatform::Engine::obey(Command const& command) {
    using Kind = Command::Kind;
    auto const target = command.target;
    switch (command.kind) {
    case Kind::Start:
        if (isCurrent(target, command.generation))
            begin(target);
        return;
    case Kind::Cancel:
        command.activity->set_data(nullptr);
        command.activity->cancel();
        dying_.push_back(command.activity);
        mustStep_ = true;
        return;
    case Kind::Suspend:
    case Kind::Resume:
        if (!isCurrent(target, command.generation) || !activities_[target].running)
            return;
        if (command.kind == Kind::Suspend)
            activities_[target].running->suspend();
        else
            activities_[target].running->resume();
        return;
    case Kind::TurnMachine:
        if (command.value > 0)
            machines_[target].host->turn_on();
        else
            machines_[target].host->turn_off();
        return;
    case Kind::TurnLink:
        for (auto* const direction : links_[target].directions)
            command.value > 0 ? direction->turn_on() : direction->turn_off();
        mustStep_ = true;
        return;
    case Kind::Speed: {
        // SimGrid knows a speed that changes only as a profile: this one has a single entry.
        double const at = s4u::Engine::get_clock();
        auto* const change = profile::ProfileBuilder::from_callback(
            newName("speed"),
            [at, value = command.value](std::vector<profile::DatedValue>& values) {
                if (values.empty())
                    values.emplace_back(at, value);
            },
            -1);
        machines_[target].host->set_speed_profile(change);
        mustStep_ = true;
        return;
    }
    case Kind::Bandwidth:
        for (auto* const direction : links_[target].directions)
            direction->set_bandwidth(command.value);
        return;
    case Kind::Latency:
        for (auto* const direction : links_[target].directions)
            direction->set_latency(command.value);
        return;
    }
}

void SimgridPlatform::Engine::begin(std::uint32_t index) {
    Activity& activity = activities_[index];
    if (activity.kind == ActivityKind::Message) {
        if (!isOpen(activity))
            return lose(index);
        auto message =
            s4u::Comm::sendto_init(machines_[activity.from].host, machines_[activity.to].host);
        message->set_payload_size(static_cast<std::uint64_t>(activity.amount));
        if (activity.atMost > 0)
            message->set_rate(activity.atMost);
        activity.running = message;
    } else {
        Machine const& machine = machines_[processes_[activity.process].machine];
        // The engine is late (or early) by less than a nanosecond, which must not add up.
        double const late = s4u::Engine::get_clock() - toSeconds(kernel_.now());
        double const lost = late * machine.host->get_speed() * machine.factor;
        auto work = s4u::Exec::init();
        work->set_flops_amount(std::max(activity.amount - lost, 0.1));
        work->set_host(machine.host);
        activity.running = work;
    }
    activity.running->set_data(reinterpret_cast<void*>(std::uintptr_t{index} + 1));
    activity.running->start();
    if (activity.kind == ActivityKind::Work && isFrozen(activity.process))
        activity.running->suspend();
}

void SimgridPlatform::Engine::tell(Command::Kind kind, std::uint32_t target, double value) {
    commands_.push_back({kind, target, 0, value, nullptr});
}

} // namespace shakedown::platform
