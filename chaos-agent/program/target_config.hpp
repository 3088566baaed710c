#pragma once

#include "chaos-agent/faults/target.hpp"
#include "chaos-agent/program/config_reader.hpp"
#include "chaos-agent/safety/guard.hpp"

namespace shakedown::agent {

/// An IP address and a port; nothing, with a complaint unless it is just not there.
std::optional<proxy::Address> readAddress(ConfigReader& reader, std::string const& field);

/// The field "targets": what may be touched, by name.
injectors::Targets readTargets(ConfigReader& file);

/// The field "caps": what may be done at most.
safety::Caps readCaps(ConfigReader& file);

} // namespace shakedown::agent
