#pragma once

#include <nlohmann/json_fwd.hpp>

#include "reports/summary/summary.hpp"

namespace shakedown::render {

/// The part `per_replication` of summary.json: a list a figure, of one number a replication that is
/// kept, with all its digits; null where there was nothing to measure.
nlohmann::ordered_json replicationsJson(summary::Summary const& summary);

} // namespace shakedown::render
