#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "scenarios/vocabulary/diagnostic.hpp"
#include "sim/kernel/kernel.hpp"
#include "sim/platform/blueprint.hpp"
#include "sim/platform/platform.hpp"

namespace shakedown::platform {

/// What sim/platform/simgrid offers. Loading SimGrid takes longer than most runs, so no program is
/// linked against it: it stands in a module that is loaded where it is needed.
struct SimgridModule {
    /// Hosts and links simulated by SimGrid: work is an execution on a host, a message a flow over
    /// links. SimGrid has one engine a process and can hold no second run, so a run on this
    /// platform has its process to itself (sim/run sees to that). Throws std::runtime_error when
    /// SimGrid refuses the blueprint's file.
    std::unique_ptr<Platform> (*makePlatform)(kernel::Kernel& kernel, Blueprint const& blueprint);
    /// Writes what is in a file of SimGrid's own format, a line for each machine and link, its
    /// fields separated by tabs, and "end". Throws when SimGrid refuses the file, which may also
    /// take the process along.
    void (*list)(std::string const& file, std::FILE* out);
};

/// Loads the module into this process, which keeps it. An error (without a place) when it is not
/// beside the program.
Result<SimgridModule const*> simgridModule();

} // namespace shakedown::platform
