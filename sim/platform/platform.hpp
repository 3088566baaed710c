#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "scenarios/vocabulary/time.hpp"
#include "sim/kernel/event.hpp"

namespace shakedown::platform {

using HostId = std::uint32_t;
using MachineId = std::uint32_t;
inline constexpr MachineId nowhere = ~MachineId{0};

class Machines;

/// Names a piece of work under way; stale once it was completed or cancelled.
struct WorkHandle {
    kernel::Handle handle;
    bool valid() const { return handle.valid(); }
};

/// Takes an event; false ends the run.
using EventHandler = std::function<bool(kernel::Event const&)>;

/// Where work is done: the port behind which the ideal machine and SimGrid stand. Completion is
/// told by the event that was given with the work, in the completion class, at the exact instant.
class Platform {
public:
    Platform() = default;
    Platform(Platform const&) = delete;
    Platform& operator=(Platform const&) = delete;
    virtual ~Platform() = default;

    /// A place for a process. Where there are no machines it has `cores` of its own: so many pieces
    /// of work run at full speed, more share them equally (processor sharing), and with 0 no piece
    /// ever waits for another. Where there are, it shares the cores of `machine` with all that
    /// stands there.
    virtual HostId addHost(int cores, MachineId machine) = 0;
    /// Starts `amount` (time at full speed on a core of its own) on `host`.
    virtual WorkHandle startWork(HostId host, Duration amount, kernel::Event completion) = 0;
    /// Whether work on `host` is, for now, nothing but a delay. Its owner may then schedule the
    /// completion itself, and name the work by that event.
    virtual bool isDelay(HostId host) const = 0;
    /// Takes work back; nothing happens if it was completed.
    virtual void cancelWork(HostId host, WorkHandle work) = 0;
    /// From now on the host runs at `speed` (1: full, 0: frozen; on a machine nothing between).
    /// `running` are the handles of all work under way there; they are renewed in place.
    virtual void setSpeed(HostId host, double speed, std::span<WorkHandle*> running) = 0;
    /// For events of `platformKind`: the platform's own.
    virtual void handle(kernel::Event const& event) = 0;
    /// Lets time pass: hands every event before `limit` to `handle`, in order. Returns false, with
    /// the clock at that event, when `handle` does.
    virtual bool drive(SimTime limit, EventHandler const& handle) = 0;
    /// The machines and links, where there are any; else null.
    virtual Machines* machines() { return nullptr; }

    static constexpr std::uint16_t platformKind = 0xfffe;
};

} // namespace shakedown::platform
