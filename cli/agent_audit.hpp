#pragma once

#include <string>

#include "cli/command.hpp"

namespace shakedown::cli {

/// Follows the chain of an agent's audit log and holds its end against the journal's account.
/// Reads the files in the state directory; needs no running agent. Ok, or ExpectationFailed where
/// the chain does not hold.
Exit verifyAudit(std::string const& stateDirectory, Common const& common);

} // namespace shakedown::cli
