#pragma once

#include <cstddef>
#include <string>

#include "scenarios/vocabulary/diagnostic.hpp"
#include "sim/platform/blueprint.hpp"

namespace shakedown::platform {

inline constexpr std::size_t mostMachines = 10'000;
inline constexpr std::size_t mostFileBytes = 4 << 20;

/// What is in a file of SimGrid's own format, by name in order. Refused are files beyond the limits
/// above (a short `radical` can ask for millions of hosts), what changes by profiles of its own,
/// and whatever SimGrid refuses. It is read in a child process, which SimGrid may take down.
/// Errors have no place.
Result<Blueprint> survey(std::string const& file);

} // namespace shakedown::platform
