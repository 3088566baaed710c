#pragma once

#include <cstdint>

#include "reports/record/moments.hpp"

namespace shakedown::record {

/// Whether an event of the record is a fault; otherwise it is an operation.
inline bool isFault(std::uint32_t event, Header const& header) {
    return !header.faults.empty() && event < header.faults.front();
}

} // namespace shakedown::record
