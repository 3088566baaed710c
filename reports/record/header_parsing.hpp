#pragma once

#include "reports/record/json_fields.hpp"
#include "reports/record/moments.hpp"

namespace shakedown::record {

/// The first line of a record. Throws BadLine.
Header headerOf(Json const& json);

} // namespace shakedown::record
