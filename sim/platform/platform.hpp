#pragma once

#include <cstdint>
#include <span>

#include "scenarios/vocabulary/time.hpp"
#include "sim/kernel/event.hpp"

namespace shakedown::platform {

using HostId = std::uint32_t;

/// Names a piece of work under way; stale once it was completed or cancelled.
struct WorkHandle {
    kernel::Handle handle;
    bool valid() const { return handle.valid(); }
};

/// Where work is done: the port behind which the ideal machine and SimGrid stand. Completion is
/// told by the event that was given with the work, in the completion class, at the exact instant.
class Platform {
public:
    Platform() = default;
    Platform(Platform const&) = delete;
    Platform& operator=(Platform const&) = delete;
    virtual ~Platform() = default;

    /// A host on which at most `cores` pieces of work run at full speed; more share them equally
    /// (processor sharing). `cores` 0: no piece ever waits for another.
    virtual HostId addHost(int cores) = 0;
    /// Starts `amount` (time at full speed on a core of its own) on `host`.
    virtual WorkHandle startWork(HostId host, Duration amount, kernel::Event completion) = 0;
    /// Whether work on `host` is, for now, nothing but a delay. Its owner may then schedule the
    /// completion itself, and name the work by that event.
    virtual bool isDelay(HostId host) const = 0;
    /// Takes work back; nothing happens if it was completed.
    virtual void cancelWork(HostId host, WorkHandle work) = 0;
    /// From now on the host runs at `speed` (1: full, 0: frozen). `running` are the handles of all
    /// work under way there; they are renewed in place.
    virtual void setSpeed(HostId host, double speed, std::span<WorkHandle*> running) = 0;
    /// For events of `platformKind`: the platform's own.
    virtual void handle(kernel::Event const& event) = 0;

    static constexpr std::uint16_t platformKind = 0xfffe;
};

} // namespace shakedown::platform
