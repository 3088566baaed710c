#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "chaos-agent/system/descriptor.hpp"
#include "chaos-agent/system/failure.hpp"

namespace shakedown::system {

/// The content of a file, which may be one of /proc; a longer one than `most` bytes is a failure.
Got<std::string> readFile(std::filesystem::path const& path, std::size_t most = 64 * 1024);

/// As above, of a file that is open already.
Got<std::string> readFile(Descriptor const& file, std::string const& name,
                          std::size_t most = 64 * 1024);

} // namespace shakedown::system
