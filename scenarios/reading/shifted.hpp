#pragma once

#include <cstddef>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::reading {

/// A finding about a text that begins `offset` columns further on.
inline Diagnostic shifted(Diagnostic finding, std::size_t offset) {
    finding.place.column += static_cast<int>(offset);
    return finding;
}

} // namespace shakedown::reading
