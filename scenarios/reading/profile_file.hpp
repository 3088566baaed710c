#pragma once

#include <filesystem>
#include <string>

#include "scenarios/model/platform.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::reading {

/// Reads a profile as SimGrid writes them: 'SECONDS VALUE' a line in order of time, '#' begins a
/// comment, and 'LOOPAFTER SECONDS' or 'PERIODICITY SECONDS' on a line of its own repeats it: so
/// long after its last step, or after its beginning. `name` is what findings call the file.
Result<model::Profile> readProfile(std::filesystem::path const& file, std::string const& name);

} // namespace shakedown::reading
