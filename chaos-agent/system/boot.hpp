#pragma once

#include <cstdint>
#include <string>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::system {

/// Names this boot of the host; differs after every restart (random(4), boot_id). Empty if the
/// kernel does not tell.
std::string bootId();

/// Time since boot, suspended time included (CLOCK_BOOTTIME): setting the wall clock does not move
/// it, and processes of one boot share it.
Duration sinceBoot();

/// Unix time in milliseconds, for people only: nothing is decided by it.
std::int64_t wallClockMs();

} // namespace shakedown::system
