#pragma once

#include <string>

namespace shakedown::cli {

/// A word as a shell takes it: in single quotes if it needs them.
std::string shellWord(std::string const& word);

} // namespace shakedown::cli
