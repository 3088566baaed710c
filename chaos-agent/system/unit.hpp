#pragma once

#include <string>

#include <sys/types.h>

#include "chaos-agent/system/failure.hpp"

namespace shakedown::system {

/// The main process of a unit of systemd, as `systemctl` tells it within two seconds: who asks must
/// not be silent for as long as his watchdog bears.
Got<pid_t> mainProcessOf(std::string const& unit);

} // namespace shakedown::system
