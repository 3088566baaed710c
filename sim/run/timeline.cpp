#include "sim/run/timeline.hpp"

#include <algorithm>

#include "scenarios/chance/elementary.hpp"
#include "sim/run/reach.hpp"

namespace shakedown::run {

Timeline::Timeline(model::Scenario const& scenario, verdict::Demand const& demand,
                   std::vector<world::Plan> revisions, world::World& world)
    : scenario_(scenario), demand_(demand), revisions_(std::move(revisions)), world_(world) {
    auto const count =
        static_cast<std::uint32_t>(scenario.faults.size() + scenario.operations.size());
    undo_.resize(count);
    occurrences_.resize(count);
    for (std::uint32_t event = 0; event < count; ++event)
        streams_.emplace_back(world.options().seed, world.options().replication,
                              "event/" + nameOf(event));
    world_.setTimeline([this](std::uint32_t entry) { happen(entry); });

    schedule(SimTime::at(scenario.run.warmup), EntryKind::WindowOpens, 0);
    for (std::uint32_t w = 1; w < demand.windows.size(); ++w)
        if (auto const* span = std::get_if<model::FromTo>(&demand.windows[w])) {
            schedule(SimTime::at(span->from), EntryKind::WindowOpens, w);
            schedule(SimTime::at(span->to), EntryKind::WindowCloses, w);
        }
    for (std::uint32_t r = 0; r < scenario.revisions.size(); ++r)
        schedule(SimTime::at(scenario.revisions[r].at), EntryKind::Revises, r);
    if (auto const& hosting = world.plan().hosting)
        for (std::uint32_t c = 0; c < hosting->changes.size(); ++c)
            schedule(SimTime::at(hosting->changes[c].at), EntryKind::MachineChanges, c);
    for (std::uint32_t event = 0; event < count; ++event)
        scheduleFirst(event);
}

model::Timing const& Timeline::timingOf(std::uint32_t event) const {
    if (isFault(event))
        return scenario_.faults[event].when;
    return scenario_.operations[event - scenario_.faults.size()].when;
}

std::string const& Timeline::nameOf(std::uint32_t event) const {
    if (isFault(event))
        return scenario_.faults[event].name;
    return scenario_.operations[event - scenario_.faults.size()].name;
}

// Things done at one stroke are over at once; whatever else has no end lasts to the end of the run.
bool Timeline::endsAtOnce(std::uint32_t event) const {
    if (!timingOf(event).lasts.isNone() || timingOf(event).mttr)
        return false;
    if (!isFault(event))
        return true;
    auto const& what = scenario_.faults[event].what;
    return std::holds_alternative<model::Kill>(what)
           || std::holds_alternative<model::Restart>(what);
}

void Timeline::schedule(SimTime at, EntryKind kind, std::uint32_t index) {
    if (at > SimTime::at(world_.options().lasts))
        return;
    entries_.push_back({kind, index});
    world_.scheduleTimeline(std::max(at, world_.now()),
                            static_cast<std::uint32_t>(entries_.size() - 1));
}

Duration Timeline::drawn(std::uint32_t event, Duration mean, std::uint64_t what) const {
    double const u = streams_[event].uniform(occurrences_[event], what);
    return Duration::fromSeconds(-mean.inSeconds() * chance::logarithm(u));
}

void Timeline::scheduleFirst(std::uint32_t event) {
    auto const& when = timingOf(event);
    if (when.mtbf) {
        schedule(SimTime::at(when.at.value_or(Duration())) + drawn(event, *when.mtbf, 1),
                 EntryKind::EventBegins, event);
        return;
    }
    schedule(SimTime::at(when.at.value_or(Duration())), EntryKind::EventBegins, event);
}

void Timeline::happen(std::uint32_t index) {
    Entry const entry = entries_[index];
    switch (entry.kind) {
    case EntryKind::EventBegins:
        return begin(entry.index);
    case EntryKind::EventEnds:
        return end(entry.index);
    case EntryKind::WindowOpens:
        return entry.index == 0 ? warmUpEnds() : world_.openWindow(entry.index);
    case EntryKind::WindowCloses:
        return world_.closeWindow(entry.index);
    case EntryKind::MachineChanges:
        return world_.change(world_.plan().hosting->changes[entry.index]);
    case EntryKind::Revises:
        return world_.adopt(revisions_[entry.index]);
    }
}

void Timeline::begin(std::uint32_t event) {
    auto const& when = timingOf(event);
    auto const events = static_cast<std::uint32_t>(undo_.size());
    // `after X` lasts until the next fault.
    if (isFault(event))
        for (std::uint32_t other = 0; other < events; ++other)
            closeWindows<model::AfterEvent>(other);
    closeWindows<model::BeforeEvent>(event);
    ++occurrences_[event];
    bool const hasEnd = !when.lasts.isNone() || when.mttr.has_value();
    faults::Occurrence const occurrence{event + 1, streams_[event], 16 + occurrences_[event],
                                        hasEnd};
    record::EventBegan began =
        isFault(event) ? reachOf(world_, scenario_.faults[event].what, occurrence)
                       : reachOf(world_, scenario_.operations[event - scenario_.faults.size()].what,
                                 occurrence);
    began.event = event;
    world_.eventBegan(std::move(began));
    openWindows<model::DuringEvent>(event);
    undo_[event] =
        isFault(event)
            ? faults::inject(world_, scenario_.faults[event], occurrence)
            : operations::begin(world_, scenario_.operations[event - scenario_.faults.size()],
                                occurrence);
    SimTime const now = world_.now();
    if (endsAtOnce(event)) {
        undo_[event] = {};
        end(event);
    } else if (when.mttr) {
        schedule(now + drawn(event, *when.mttr, 2), EntryKind::EventEnds, event);
    } else if (!when.lasts.isNone()) {
        schedule(now + when.lasts, EntryKind::EventEnds, event);
    }
    if (when.every && !when.mtbf)
        schedule(now + *when.every, EntryKind::EventBegins, event);
}

void Timeline::end(std::uint32_t event) {
    if (undo_[event])
        std::exchange(undo_[event], {})(world_);
    world_.eventEnded(event);
    closeWindows<model::DuringEvent>(event);
    openWindows<model::AfterEvent>(event);
    auto const& when = timingOf(event);
    if (when.mtbf)
        schedule(world_.now() + drawn(event, *when.mtbf, 1), EntryKind::EventBegins, event);
}

void Timeline::warmUpEnds() {
    world_.openWindow(0);
    for (std::uint32_t event = 0; event < occurrences_.size(); ++event)
        if (occurrences_[event] == 0)
            openWindows<model::BeforeEvent>(event);
}

template <class Part>
void Timeline::openWindows(std::uint32_t event) {
    for (std::uint32_t w = 1; w < demand_.windows.size(); ++w)
        if (auto const* part = std::get_if<Part>(&demand_.windows[w]);
            part != nullptr && part->name == nameOf(event))
            world_.openWindow(w);
}

template <class Part>
void Timeline::closeWindows(std::uint32_t event) {
    for (std::uint32_t w = 1; w < demand_.windows.size(); ++w)
        if (auto const* part = std::get_if<Part>(&demand_.windows[w]);
            part != nullptr && part->name == nameOf(event))
            world_.closeWindow(w);
}

} // namespace shakedown::run
