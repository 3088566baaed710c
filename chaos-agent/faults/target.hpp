#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chaos-agent/containers/engine.hpp"
#include "chaos-agent/proxy/address.hpp"
#include "chaos-agent/system/network_namespace.hpp"
#include "chaos-agent/system/process.hpp"
#include "chaos-agent/system/program.hpp"
#include "scenarios/vocabulary/quantities.hpp"

namespace shakedown::injectors {

/// What is left free of a filesystem unless the configuration says otherwise, in bytes.
inline constexpr std::int64_t keptUnlessTold = 64LL << 20;

/// Where and how far the filesystem of a target may be filled.
struct DiskRoom {
    std::string directory;                  // an absolute path, of the agent's own for the best
    Bytes most;                             // of the file that fills it
    Bytes keep = Bytes::of(keptUnlessTold); // is left free whatever is asked for
};

/// A container of this host.
struct ContainerName {
    std::string socket; // of its engine
    std::string name;   // or its id, or
    std::string label;  // what it alone carries of those that run
};

/// What may be touched on this host, and where it is: from the agent's configuration, never from a
/// client. A target of which nothing is said but its name can be nothing but a peer.
struct Target {
    std::string name;
    std::optional<proxy::Address> address;  // of the service: an IP address and a port
    std::string pidFile;                    // its process, by a file with its number
    std::string unit;                       // its process, by its systemd unit
    std::optional<ContainerName> container; // its process, by its engine
    std::string networkNamespace;           // of `ip netns`; else that of its process, else ours
    std::optional<proxy::Address> proxy;    // where our proxy in front of it listens
    system::Words start;                    // the action that starts it again
    system::Words restart;                  // the action that restarts it
    std::optional<DiskRoom> disk;
    std::vector<std::string> kinds; // faults that are allowed; "all" is every kind
};

using Targets = std::map<std::string, Target>;

/// True if faults of the kind are allowed to it.
bool allows(Target const& target, std::string const& kind);
bool hasProcess(Target const& target);

/// Its container as it is now, if it runs. The target has one.
system::Got<containers::Sight> containerOf(Target const& target);
/// Its process as it is now.
system::Got<system::Process> processOf(Target const& target);
/// Where its packets pass; the second, of whose process is known already.
system::Got<system::NetworkNamespace> placeOf(Target const& target);
system::Got<system::NetworkNamespace> placeOf(Target const& target, system::Process const& process);

} // namespace shakedown::injectors
