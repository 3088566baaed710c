#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/vocabulary/quantities.hpp"
#include "scenarios/vocabulary/time.hpp"

/// The faults that an agent can do for real, as a client asks for them. A target and its peers are
/// names of the agent's configuration: a client never says where something is found.
namespace shakedown::protocol {

/// Seen from the target: what comes in, what goes out.
enum class Way : std::uint8_t { In, Out, Both };
char const* nameOf(Way way);

// To packets, in the network namespace of the target.
/// Each packet is lost with the probability `share`, independently.
struct Loss {
    double share = 0; // (0, 1]
};
/// Nothing passes between the target and its peers, either way.
struct Partition {};
/// New and live connections to the target are refused: a TCP reset, else ICMP port unreachable.
struct Reject {};
/// What is sent to the target is dropped in silence.
struct BlackHole {};
/// Each packet comes later by `delay`, give or take `jitter` (uniform). With the probability
/// `correlation` it has the jitter of the packet before it.
struct Delay {
    Duration delay;
    Duration jitter;
    double correlation = 0; // [0, 1]
};
/// Packets come twice with the probability `share`, independently.
struct Duplicate {
    double share = 0; // (0, 1]
};
/// A share of the packets goes at once, and overtakes the others, which are late by `delay`.
struct Reorder {
    double share = 0; // (0, 1]
    Duration delay;
};
/// Of a share of the packets one bit behind the IP header is turned.
struct Corrupt {
    double share = 0; // (0, 1]
};
/// Packets pass at that rate, one after another; what would wait for half a second is lost.
struct PacketRate {
    Bytes perSecond;
};

// To a process.
/// Stops it (SIGSTOP; a container is paused); goes on at the end.
struct Hang {};
/// Kills it (SIGKILL); started again at the end by the target's action `start`, a container by its
/// engine.
struct Crash {};
/// Kills it (SIGKILL), for good unless the target has an action `start`.
struct Kill {};
/// Runs the target's action `restart`, or lets the engine restart a container, and waits until it
/// answers again.
struct Restart {};
/// Ends a container gently: its stop signal, and SIGKILL once `grace` is over. Started again at
/// the end.
struct Stop {
    Duration grace = Duration::seconds(10); // whole seconds
};

// To connections, through the proxy in front of the target.
/// Replies and requests come later by `delay`, give or take `jitter` (uniform).
struct Latency {
    Duration delay;
    Duration jitter;
};
struct BandwidthLimit {
    Bytes perSecond;
};
/// Live and new connections are reset.
struct Reset {
    double share = 1; // of the connections
};
struct SlowClose {
    Duration delay;
};
struct Slice {
    Bytes size;
    Duration pause;
};
struct LimitData {
    Bytes bytes;
};
/// A request waits before it is passed on.
struct Slow {
    Duration delay;
    double share = 1; // of the requests
};
/// A request is answered with `status` instead.
struct Errors {
    int status = 503;
    double share = 1;
};
/// As Slow and Errors, for requests of a method and a path ("/orders", or "/orders/*" for a
/// prefix); empty is any. `first`: only so many requests, counted from the start of the fault.
struct Http {
    std::optional<int> abort;
    std::optional<Duration> delay;
    std::string method;
    std::string path;
    double share = 1;
    std::optional<std::int64_t> first;
    std::string header{}; // "Name: value", set in the answer; empty changes none
    std::string body{};   // of the answer, instead of the server's; empty changes none
};

// To what a target shares with others on its host.
/// The filesystem of the target's directory is full but for `leave`, or for what the agent's
/// configuration keeps free if that is more.
struct Disk {
    Bytes leave;
};

/// Processors are kept busy by `workers`, each of which takes `load` of one; as many workers as
/// there are processors unless told.
struct Cpu {
    double load = 1;
    std::optional<std::int64_t> workers;
};

/// So much memory is held: `bytes`, or a `share` of what is available when it is planned.
struct Memory {
    std::optional<Bytes> bytes;
    std::optional<double> share;
};
/// Files of `bytes` together are written and read again by `workers`, on the filesystem of the
/// target's directory, without a pause.
struct Io {
    Bytes bytes = Bytes::of(64LL << 20);
    std::int64_t workers = 1;
};

// To what a target itself may have.
/// The control group of its process gets so many thousandths of a processor and no more.
struct CpuQuota {
    std::int64_t millicores = 0;
};
/// Its process can open `leave` descriptors more, and then none.
struct FileDescriptors {
    std::int64_t leave = 0;
};
/// The control group of its process can have `leave` processes and threads more, and then none.
struct Processes {
    std::int64_t leave = 0;
};

using FaultKind = std::variant<Loss, Partition, Reject, BlackHole, Delay, Duplicate, Reorder,
                               Corrupt, PacketRate, Hang, Crash, Kill, Restart, Stop, Latency,
                               BandwidthLimit, Reset, SlowClose, Slice, LimitData, Slow, Errors,
                               Http, Disk, Cpu, Memory, Io, CpuQuota, FileDescriptors, Processes>;

/// "loss", "black_hole", ...: as scenarios and the API name it.
char const* nameOf(FaultKind const& kind);
/// Every name, in the order of the variant.
std::vector<std::string> const& faultNames();

inline constexpr Duration leaseUnlessTold = Duration::seconds(10);

/// What a client asks for.
struct FaultRequest {
    FaultKind what;
    std::string target;
    std::vector<std::string> peers; // of a packet fault; empty is everybody
    Way way = Way::Both;            // of kinds that can befall one way only
    Duration duration;              // 1 ms or more: every fault ends
    /// How long it outlives its client; 1 s to 60 s.
    Duration lease = leaseUnlessTold;
    std::string reason; // for the audit log; may be empty
};

/// Where a fault stands. Every state but the last three can be found after a crash, and is
/// recovered from.
enum class FaultState : std::uint8_t { Applying, Applied, Reverting, Reverted, Stuck, Failed };
char const* nameOf(FaultState state);

/// Why a fault ended, or ends.
enum class EndReason : std::uint8_t {
    None,         // it has not
    Duration,     // its time was over
    Stopped,      // its client took it back
    LeaseExpired, // its client fell silent
    Halted,       // somebody pulled the lever
    Shutdown,     // the agent was told to end
    AgentLost,    // the watchdog, or the next start, found it
    ApplyFailed   // a step could not be done
};
char const* nameOf(EndReason reason);

/// What the agent tells of a fault.
struct FaultReport {
    std::string id; // 16 hexadecimal digits
    std::string planHash;
    FaultRequest request;
    std::string owner; // who asked
    FaultState state = FaultState::Applying;
    EndReason reason = EndReason::None;
    bool irreversible = false;
    std::string detail; // of what went wrong; may be empty
    std::string facts;  // how the host was, of faults that load it; for people
    Duration leaseLeft; // 0 once it ended
    Duration durationLeft;
    std::int64_t startedAtMs = 0; // Unix time, for people
    std::int64_t endedAtMs = 0;   // 0 while it has not
};

/// A step of a plan, in words: exactly what is done, and exactly what takes it back.
struct PlannedStep {
    std::string apply;
    std::string revert; // "nothing takes this back" for what cannot be
};
struct PlanReport {
    std::string hash; // SHA-256 of the steps; the same that a start would do
    std::vector<PlannedStep> steps;
    bool irreversible = false;
};

/// Whether this host can do a kind of fault, for one target or for any.
struct Capability {
    std::string kind;
    std::string target; // empty: the host as such
    bool possible = false;
    std::string why; // if it is not
    /// How connections come to the proxy that disturbs them: "addressed" by their callers, or by a
    /// "redirect"; of a host "addressed or redirect". Empty for other kinds, and where it is not
    /// possible.
    std::string reach{};
};

struct Halt {
    bool on = false;
    std::string reason;
    std::string by;
    std::int64_t sinceMs = 0; // Unix time
};

/// What a client asks for that pulls the lever.
struct HaltOrder {
    std::string reason;
};

/// Something that happened to a fault or to the lever, as the stream of events tells it.
struct AgentEvent {
    std::uint64_t number = 0; // counts from 1 since the agent started
    std::int64_t atMs = 0;    // Unix time
    std::string what;         // "applied", "reverted", "stuck", "halted", ...
    std::string fault;        // its id; empty for the lever
    std::string detail;
};

} // namespace shakedown::protocol
