#pragma once

#include <cstdint>

namespace shakedown::tests {

/// How often this program has asked `operator new` for memory.
std::uint64_t allocationsSoFar();

} // namespace shakedown::tests
