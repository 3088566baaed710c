#pragma once

#include <string>

#include "chaos-agent/system/descriptor.hpp"
#include "chaos-agent/system/failure.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::safety {

/// The files of an agent, in its state directory.
struct StateFiles {
    std::string journal;
    std::string audit;
    std::string lock;
};
StateFiles filesIn(std::string const& directory);

/// The right to write the journal: held by one process at a time, and let go by the kernel when
/// that process ends, however it ends (flock(2)).
class Tenure {
public:
    /// Makes the directory (mode 0700) if need be; tries for `patience`. What is in there is done
    /// as who runs us: a directory that others own or can write is refused.
    static system::Got<Tenure> take(std::string const& directory, Duration patience);

private:
    explicit Tenure(system::Descriptor lock) : lock_(std::move(lock)) {}
    system::Descriptor lock_;
};

} // namespace shakedown::safety
