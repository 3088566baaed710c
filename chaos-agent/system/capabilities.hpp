#pragma once

#include <string>

namespace shakedown::system {

/// The privileges that our faults need (capabilities(7)).
enum class Privilege {
    NetAdmin,   // packet filter, queues of packets
    NetRaw,     // copies of packets
    SysAdmin,   // entering other network namespaces
    Kill,       // signals to processes of other users
    Ptrace,     // looking at the namespaces of other users' processes
    SysResource // limits of other users' processes
};

char const* nameOf(Privilege privilege); // "CAP_NET_ADMIN"

/// Whether this process has it in effect.
bool has(Privilege privilege);

} // namespace shakedown::system
