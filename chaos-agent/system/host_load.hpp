#pragma once

#include <string>

#include "chaos-agent/system/failure.hpp"
#include "scenarios/vocabulary/quantities.hpp"

/// How much this host has to do.
namespace shakedown::system {

struct HostMemory {
    Bytes total;
    Bytes available; // for new programs without swapping (proc_meminfo(5), MemAvailable)
};
Got<HostMemory> memoryOfHost();
/// The same, from the text of /proc/meminfo.
Got<HostMemory> memoryIn(std::string const& text);

/// Processors that are on line.
int processors();

/// In words, for people: memory that is available, and what share of the last ten seconds somebody
/// waited for processors, memory or storage, where the kernel tells (pressure stall information).
std::string loadOfHost();

} // namespace shakedown::system
