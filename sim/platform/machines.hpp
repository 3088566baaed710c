#pragma once

#include <cstdint>

#include "scenarios/vocabulary/quantities.hpp"
#include "sim/platform/platform.hpp"

namespace shakedown::platform {

using LinkId = std::uint32_t;

enum class Power : std::uint8_t { Off, On };

/// What processes do on a machine, as integrals over time in core-seconds. Pieces of work that had
/// to share got less than they wanted.
struct Use {
    double got = 0;
    double wanted = 0;
};
/// What a link carried and could have carried, in bytes.
struct Traffic {
    double carried = 0;
    double capacity = 0;
};

/// The machines and links of a platform that has them, as their faults and messages need them.
class Machines {
public:
    Machines() = default;
    Machines(Machines const&) = delete;
    Machines& operator=(Machines const&) = delete;
    virtual ~Machines() = default;

    /// A message between two machines; `atMost` is what it may use of its way (0: all there is).
    struct Message {
        MachineId from = nowhere;
        MachineId to = nowhere;
        Bytes size;
        Bandwidth atMost;
    };
    /// Sends a message. `arrival` tells that it is there, `loss` that it never will be: a link on
    /// its way or one of the machines is down. Within one machine it is there at once.
    virtual void send(Message const& message, kernel::Event arrival, kernel::Event loss) = 0;
    /// Whether messages from one to the other use the link.
    virtual bool isOnWay(MachineId from, MachineId to, LinkId link) = 0;

    /// A machine that is turned off loses the work on it and the messages from and to it.
    virtual void turnMachine(MachineId machine, Power power) = 0;
    /// `factor` of its own speed, at least 0 (frozen); also for work under way.
    virtual void setMachineSpeed(MachineId machine, double factor) = 0;
    /// A link that is turned off loses the messages on it.
    virtual void turnLink(LinkId link, Power power) = 0;
    virtual void setBandwidth(LinkId link, Bandwidth bandwidth) = 0;
    virtual void setLatency(LinkId link, Duration latency) = 0;

    virtual Use useBy(HostId process) const = 0;
    virtual Use useOf(MachineId machine) const = 0;
    virtual Traffic trafficOf(LinkId link) = 0;
    /// Joules consumed so far; 0 where the blueprint does not ask for energy.
    virtual double energyOf(MachineId machine) = 0;
};

} // namespace shakedown::platform
