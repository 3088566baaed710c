#pragma once

#include <nlohmann/json.hpp>

namespace shakedown::reading {

/// The format as a JSON Schema (draft 2020-12), made from the field table. It knows the shapes,
/// keys, words and units; what needs the whole document (names, sums of shares) is not in it.
nlohmann::ordered_json jsonSchema();

} // namespace shakedown::reading
