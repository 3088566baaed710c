#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace shakedown::cli {

/// What is wrong with a command line that could not be parsed, and what to do, in two lines.
std::string usageMessage(CLI::App const& app, CLI::ParseError const& error,
                         std::vector<std::string> const& words);

} // namespace shakedown::cli
