#pragma once

#include <string>

#include "chaos-agent/system/failure.hpp"
#include "chaos-agent/system/folder.hpp"

/// Values in files of control groups: one line, written as a whole.
namespace shakedown::system {

Failed writeValue(std::string const& path, std::string const& value);

/// The line of that file in that very directory. Gone if the directory is, or is another one.
Found<std::string> valueIn(Folder const& folder, std::string const& file);

/// As above, written; a directory that is gone is a failure.
Failed setValueIn(Folder const& folder, std::string const& file, std::string const& value);

} // namespace shakedown::system
