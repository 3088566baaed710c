#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "sim/faults/fault.hpp"
#include "sim/operations/operation.hpp"

namespace shakedown::run {

/// Plays a scenario's faults, operations, revisions and measuring windows into a world, each at its
/// instant: first what ends, then revisions, then what begins.
class Timeline {
public:
    /// `revisions` are the compiled plans of scenario.revisions. Scenario and world outlive it.
    Timeline(model::Scenario const& scenario, verdict::Demand const& demand,
             std::vector<world::Plan> revisions, world::World& world);
    Timeline(Timeline const&) = delete;
    Timeline& operator=(Timeline const&) = delete;

private:
    enum class EntryKind : std::uint8_t {
        EventEnds,
        WindowCloses,
        MachineChanges,
        Revises,
        WindowOpens,
        EventBegins
    };
    struct Entry {
        EntryKind kind;
        std::uint32_t index;
    };

    model::Timing const& timingOf(std::uint32_t event) const;
    std::string const& nameOf(std::uint32_t event) const;
    bool isFault(std::uint32_t event) const { return event < scenario_.faults.size(); }
    bool endsAtOnce(std::uint32_t event) const;

    void schedule(SimTime at, EntryKind kind, std::uint32_t index);
    void scheduleFirst(std::uint32_t event);
    void happen(std::uint32_t entry);
    void begin(std::uint32_t event);
    void end(std::uint32_t event);
    Duration drawn(std::uint32_t event, Duration mean, std::uint64_t what) const;
    // Of the windows that are such a part of an event's story: before it, during or after it.
    template <class Part>
    void openWindows(std::uint32_t event);
    template <class Part>
    void closeWindows(std::uint32_t event);
    void warmUpEnds();

    model::Scenario const& scenario_;
    verdict::Demand const& demand_;
    std::vector<world::Plan> revisions_;
    world::World& world_;
    std::vector<Entry> entries_;
    std::vector<faults::Undo> undo_;
    std::vector<std::uint64_t> occurrences_;
    std::vector<chance::Stream> streams_;
};

} // namespace shakedown::run
