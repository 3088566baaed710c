#pragma once

#include "chaos-agent/conduct/programme.hpp"
#include "chaos-agent/conduct/roster.hpp"

namespace shakedown::conduct {

/// How the record of a live run begins.
record::Header liveHeader(model::Scenario const& scenario, Programme const& programme,
                          Roster const& roster, record::Level level, std::string version);

} // namespace shakedown::conduct
