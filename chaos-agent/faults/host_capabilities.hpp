#pragma once

#include <vector>

#include "chaos-agent/protocol/fault.hpp"

namespace shakedown::injectors {

/// What a process of this user could do on this host, kind by kind, without any target: whether the
/// packet filter takes our rules (checked by it, applied by nobody), and which privileges are
/// there. `why` also tells what is possible in part only. Changes nothing.
std::vector<protocol::Capability> hostCapabilities();

} // namespace shakedown::injectors
