#pragma once

#include <string>
#include <variant>
#include <vector>

#include "chaos-agent/containers/engine.hpp"
#include "chaos-agent/faults/connections.hpp"
#include "chaos-agent/faults/packet_queues.hpp"
#include "chaos-agent/protocol/fault.hpp"
#include "chaos-agent/proxy/address.hpp"
#include "chaos-agent/system/companions.hpp"
#include "chaos-agent/system/folder.hpp"
#include "chaos-agent/system/network_namespace.hpp"
#include "chaos-agent/system/process.hpp"
#include "chaos-agent/system/program.hpp"
#include "chaos-agent/system/scratch_folder.hpp"
#include "scenarios/vocabulary/time.hpp"

/// What is done to a host. Each operation is a value that holds all that taking it back needs: it
/// is written to the journal first, and read there by a watchdog that knows nothing else.
namespace shakedown::injectors {

/// Rules in a table of our own, deleted whole. They match an element of its set `lease`, which the
/// kernel removes when its time is over.
struct FilterTable {
    system::NamespaceId place;
    std::string table;
    std::string rules; // nft's grammar, with the set, without its elements
};

/// A queue of packets, read by us. No packet is sent to it yet.
struct OpenQueue {
    system::NamespaceId place;
    std::uint16_t number = 0;
    std::string name; // of its chances
    protocol::FaultKind what;
};

/// Packets that the rules of a table of ours choose go to that queue: they jump to its chain
/// `held`, or `sent` if they go out, which get the one rule that nft cannot write. Taken back
/// before the queue is closed, and the table after that: with its hooks the kernel would drop what
/// is queued.
struct Divert {
    system::NamespaceId place;
    std::string table;
    std::uint16_t queue = 0;
};

/// SIGSTOP; SIGCONT takes it back.
struct StopProcess {
    system::ProcessId process;
};

/// How a process that was killed comes back, and how to see that it did. Without words it does
/// not, and there is nothing to see.
struct Comeback {
    system::Words action;
    std::string pidFile;                   // then names a living process, or
    std::string unit;                      // of systemd then has one
    std::optional<proxy::Address> address; // then takes connections, in `place`
    system::NamespaceId place;
};

/// SIGKILL. Irreversible; taken back as far as can be by the action that starts it again.
struct KillProcess {
    system::ProcessId process;
    Comeback comeback;
};

/// Runs the action that restarts it. Done once another process than `process` answers.
struct RestartProcess {
    system::ProcessId process; // as it was
    Comeback comeback;
};

/// A container, in the life that a fault found it in.
struct ContainerLife {
    std::string socket; // of its engine
    std::string name;   // for people
    containers::Life life;
};

/// All processes of a container are frozen; taken back by thawing them.
struct PauseContainer {
    ContainerLife container;
};

/// Ends a container. Irreversible; taken back as far as can be by starting it again.
struct EndContainer {
    ContainerLife container;
    std::optional<Duration> grace; // none: SIGKILL at once
    bool comesBack = true;
    std::optional<proxy::Address> address; // then takes connections, in its network namespace
};

/// Lets the engine restart a container. Done once another life of it answers.
struct RestartContainer {
    ContainerLife container;
    std::optional<proxy::Address> address;
};

/// A disturbance on the connections of one proxy.
struct Disturb {
    std::string proxy;
    std::string name; // of the disturbance there
    protocol::FaultKind what;
    protocol::Way way = protocol::Way::Both; // seen from the target
};

/// A proxy of ours, opened in front of a service where the service is. Nobody is sent to it yet.
struct OpenProxy {
    system::NamespaceId place;
    std::string proxy;
    proxy::Address service;
};

/// New connections of a service go to that proxy, by rules that have a lease as any table of ours.
struct Redirect {
    FilterTable table; // its rules say `$listener` where they mean the port of the proxy
    std::string proxy;
    /// What becomes of connections that are older than the redirect.
    enum class Older : std::uint8_t { Pass, Reset };
    Older older = Older::Pass;
};

/// A file of our own that takes the room of a filesystem. How large it is, is decided when it is
/// made, by what is free then.
struct FillDisk {
    system::Folder folder;
    std::string file; // its name there
    uid_t owner = 0;  // who makes it
    Bytes most;
    Bytes leave; // free for who is not root
};

/// A directory of our own for what a stress writes; goes with all that is in it.
struct MakeScratch {
    system::ScratchFolder scratch;
};

/// A program of ours that takes what a target shares with others on its host, in control groups of
/// its own. Whoever is in them is ended when it is taken back.
struct Stress {
    std::vector<system::OwnGroup> groups;
    system::Words words;
    Duration processorTime;      // of each of its processes
    std::string directory = "/"; // that it works in
    std::size_t processes = 0;   // so many are there when it is at work
    Bytes memory;                // and so much is held
};

/// A value in the control group of a target, changed for a while. Who changed it meanwhile has the
/// last word.
struct ChangeGroup {
    system::Folder folder; // of the group
    std::string file;      // "cpu.max"
    std::string before;
    std::string during;
};

/// The soft limit on the descriptors of a process, lowered for a while; as above.
struct LimitDescriptors {
    system::ProcessId process;
    std::uint64_t before = 0;
    std::uint64_t during = 0;
};

using Operation =
    std::variant<FilterTable, OpenQueue, Divert, StopProcess, KillProcess, RestartProcess,
                 PauseContainer, EndContainer, RestartContainer, Disturb, OpenProxy, Redirect,
                 FillDisk, MakeScratch, Stress, ChangeGroup, LimitDescriptors>;

/// Whether something is as it should be.
struct Verdict {
    enum class Is { So, NotYet, NotSo };
    Is is = Is::So;
    std::string why; // unless it is so
};

/// What operations work with.
struct Tools {
    /// Null where there are no proxies: in the watchdog, and in the agent that starts anew. They
    /// ended with the process that had them, and their disturbances too.
    Connections* connections = nullptr;
    /// Null in the watchdog and where nothing is begun: what is left of them is in control groups.
    system::Companions* companions = nullptr;
    /// Null where there are no queues: they end likewise.
    PacketQueues* queues = nullptr;
};

/// Does it. `lease` is how long the kernel shall let a table of ours live.
system::Failed apply(Operation const& operation, Duration lease, Tools const& tools);
/// Whether it took effect.
Verdict isApplied(Operation const& operation, Tools const& tools);
/// The kernel lets it live for `lease` from now on. Only tables of ours have such a lease; of a
/// stress it is looked whether it is still at work.
system::Failed renew(Operation const& operation, Duration lease, Tools const& tools);
/// Takes it back, however much of it was done; again if need be.
system::Failed revert(Operation const& operation, Tools const& tools);
/// Whether nothing of it is left.
Verdict isReverted(Operation const& operation, Tools const& tools);

/// In words a person can check: what is done, and what takes it back.
protocol::PlannedStep wordsOf(Operation const& operation);
bool isIrreversible(Operation const& operation);
/// Whether it is still there when the host was started anew.
bool outlivesBoot(Operation const& operation);
/// Whether it keeps the whole host busy.
bool loadsHost(Operation const& operation);

} // namespace shakedown::injectors
