#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chaos-agent/system/descriptor.hpp"
#include "chaos-agent/system/failure.hpp"
#include "scenarios/vocabulary/time.hpp"

/// Control groups of our own (cgroups(7)): what is in one is ours, whoever started it and however
/// often it forked, and so it is found after a crash without a name or a number of a process.
namespace shakedown::system {

/// The names of their directories begin so, and nobody else's should.
inline constexpr char const* ownGroupPrefix = "shakedown-";

struct GroupLimit {
    std::string file; // "memory.max"
    std::string value;
    /// Some kernels do not know some limits.
    enum class Need : std::uint8_t { Must, IfThere };
    Need need = Need::Must;
};

/// One directory: all there is with version 2, one a controller with version 1.
struct OwnGroup {
    std::string directory; // absolute
    std::vector<GroupLimit> limits;
};

/// Makes them, limited and empty. One that is there already is a failure: it may be another's.
Failed makeGroups(std::vector<OwnGroup> const& groups);

/// Where a process puts itself into them, by writing "0".
Got<std::vector<Descriptor>> doorsOf(std::vector<OwnGroup> const& groups);

/// How many processes are in them; of those that are not there, none. Who has ended and was not
/// waited for is not counted.
Got<std::size_t> countIn(std::vector<OwnGroup> const& groups);

/// Ends all who are in them, with SIGKILL, and waits for that `within` at most; then removes them.
/// Groups that are not there are no failure. Who does not end so soon is one, of error EBUSY.
Failed endGroups(std::vector<OwnGroup> const& groups, Duration within);

/// Whether any of them is there.
Got<bool> isAnyThere(std::vector<OwnGroup> const& groups);

} // namespace shakedown::system
