#pragma once

#include <string>

#include "cli/command.hpp"

namespace shakedown::cli {

struct CallLogRequest {
    std::string table;  // a file of calls
    std::string policy; // what they are put through
    std::string dialect;
    std::string config; // a file; empty: the library's defaults
};

/// `shakedown replay TABLE --policy P`: prints what the policy said and when it changed its state.
Exit replayCallLog(CallLogRequest const& request, Common const& common);

} // namespace shakedown::cli
