#pragma once

#include <nlohmann/json.hpp>

namespace shakedown::protocol {

/// The messages as JSON Schema in the form of OpenAPI 3.0, by name: FaultRequest is one of the
/// schemas Fault_loss, Fault_partition, ..., which are there too.
nlohmann::ordered_json messageSchemas();

} // namespace shakedown::protocol
