#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "chaos-agent/protocol/fault.hpp"

namespace shakedown::safety {

/// What somebody may do. Each role but Halt may do what those before it may; Halt may read and
/// pull the lever, nothing else. Releasing the lever takes Admin.
enum class Role : std::uint8_t { Read, Halt, Inject, Admin };
constexpr char const* nameOf(Role role) {
    switch (role) {
    case Role::Read:
        return "read";
    case Role::Halt:
        return "halt";
    case Role::Inject:
        return "inject";
    case Role::Admin:
        return "admin";
    }
    return "";
}

/// Who asks, as the audit log names them: "token ci", "uid 1000", "certificate CN=desk".
struct Caller {
    std::string name;
    Role role = Role::Read;
};

/// Why something was not done.
struct Refusal {
    enum class Reason {
        NotAllowed,  // no such target, a kind that is not allowed, a cap
        Conflict,    // another fault holds it, or an idempotency key of another request
        NotPossible, // this host, or this target as it is now, cannot
        Halted,
        NotFound,
        NotYours, // another owner's
        NoRecord  // the journal or the audit log cannot be written: nothing was done
    };
    Reason reason;
    std::string message;
};
template <class T>
using Or = std::variant<T, Refusal>;

/// The promise that faults end: plans, applies, renews and reverts them, and writes down first.
/// What the control room sees of it. Not thread safe: one thread calls everything, and no call
/// waits for longer than a packet filter or a disk takes.
class Keeper {
public:
    virtual ~Keeper() = default;

    /// What a start would do, without doing it.
    virtual Or<protocol::PlanReport> plan(protocol::FaultRequest const& request) = 0;
    /// Applies the fault. An earlier start by the same caller with the same `key` (not empty) and
    /// the same request is answered with what has become of it; with another request it is a
    /// Conflict. The answer may still be Applying: verification can take a while.
    virtual Or<protocol::FaultReport> start(protocol::FaultRequest const& request,
                                            Caller const& caller, std::string const& key) = 0;
    /// The lease runs anew. Only its owner, or an Admin.
    virtual Or<protocol::FaultReport> renew(std::string const& id, Caller const& caller) = 0;
    /// Takes the fault back. Its owner, or an Admin. A fault that ended already is just reported.
    virtual Or<protocol::FaultReport> stop(std::string const& id, Caller const& caller) = 0;
    virtual Or<protocol::FaultReport> get(std::string const& id) const = 0;
    /// Live ones first, then those that ended, youngest first, at most a thousand.
    virtual std::vector<protocol::FaultReport> list() const = 0;
    virtual std::vector<protocol::Capability> capabilities() const = 0;
    virtual std::vector<std::string> targets() const = 0;

    virtual protocol::Halt halted() const = 0;
    /// Takes everything back and refuses every start until it is released, across restarts.
    virtual Or<protocol::Halt> halt(std::string const& reason, Caller const& caller) = 0;
    virtual Or<protocol::Halt> release(Caller const& caller) = 0;

    /// Something was refused before it came here (401, 403): written to the audit log.
    virtual void onDenied(std::string const& who, std::string const& what) = 0;
    /// The newest `count` lines of the audit log, each a JSON object, oldest first.
    virtual std::vector<std::string> audit(std::size_t count) const = 0;

    /// Told of every event from now on. One listener; an empty function takes it away.
    virtual void onEvent(std::function<void(protocol::AgentEvent const&)> listener) = 0;
    /// The newest thousand events after `number`, oldest first.
    virtual std::vector<protocol::AgentEvent> eventsAfter(std::uint64_t number) const = 0;

    /// For /metrics and /readyz.
    struct Health {
        std::size_t active = 0;
        std::size_t stuck = 0;
        std::uint64_t started = 0;  // since the agent started
        std::uint64_t reverted = 0; // since the agent started
        std::uint64_t refused = 0;
        double revertSeconds = 0; // all reverts together
        bool canRecord = true;    // journal and audit log can be written
        bool isWatched = true;    // the watchdog lives
    };
    virtual Health health() const = 0;
};

} // namespace shakedown::safety
