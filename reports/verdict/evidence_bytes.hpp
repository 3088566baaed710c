#pragma once

#include <string>
#include <string_view>

#include "reports/verdict/evidence.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::verdict {

/// Evidence as bytes, to pass it from a child process to its parent (same program, same machine).
/// Of the turning points only changes of state are kept; requests and intervals are none.
std::string serialise(Evidence const& evidence);

/// Bytes that are cut, garbled or of another version are an error, never a crash: every count is
/// checked against the bytes that are left before anything is allocated for it.
Result<Evidence> deserialise(std::string_view bytes);

} // namespace shakedown::verdict
