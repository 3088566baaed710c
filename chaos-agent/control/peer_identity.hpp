#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace shakedown::control {

/// What the transport itself knows of a peer, before it says a word.
struct PeerIdentity {
    enum class Via { Tcp, Tls, Unix };

    /// Of a Unix socket, as the kernel tells (SO_PEERCRED, SO_PEERGROUPS).
    struct Process {
        uid_t uid;
        std::vector<gid_t> groups;
    };

    Via via = Via::Tcp;
    std::string address; // of the other host; "uid 1000" on a Unix socket
    std::optional<Process> process;
    /// The common name of a client certificate that the configured authority signed.
    std::optional<std::string> certificate;
};

} // namespace shakedown::control
