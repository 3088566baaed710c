#pragma once

#include <cstdint>

#include "chaos-agent/system/failure.hpp"
#include "chaos-agent/system/process.hpp"

/// How many descriptors a process may have: its soft limit (RLIMIT_NOFILE, getrlimit(2)). What is
/// open beyond it stays open.
namespace shakedown::system {

/// Gone if the process is.
Found<std::uint64_t> descriptorLimitOf(ProcessId const& id);

/// Sets it if it is `from` and the process is still that one. Says what it was before.
Found<std::uint64_t> changeDescriptorLimit(ProcessId const& id, std::uint64_t from,
                                           std::uint64_t to);

/// The limit under which a process can open `more` descriptors and no other.
Found<std::uint64_t> limitLeaving(ProcessId const& id, std::uint64_t more);

} // namespace shakedown::system
