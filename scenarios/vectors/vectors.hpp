#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::vectors {

/// Scalars, lists and maps as they stand in a vector.
using Value = nlohmann::ordered_json;

/// One input, and what shall be seen after it.
struct Step {
    std::string verb;
    Value args = Value::object(); // all keys but do, expect and n
    std::optional<Value> expect;  // an object
    int times = 1;                // 'n': how often the step is done
    bool saysTimes = false;
    Place place;
};

/// Draws that are handed to the machine in this order.
struct Draws {
    std::vector<double> uniform01; // in [0, 1]
    std::vector<std::uint64_t> uint64;
    bool repeatLast = false;
};

struct Vector {
    std::string id;
    std::string title;
    std::string dialect;
    std::string note;
    Value config = Value::object(); // in the library's own parameter names
    Value start = Value::object();
    Draws draws;
    std::vector<Step> steps;
    Place place;
};

struct Suite {
    std::string name; // circuit_breaker, bulkhead, ...
    std::vector<Vector> vectors;
};

/// Reads format shakedown-vectors/1. Errors: what is not YAML within the bounds of reading, another
/// format, an unknown or missing key, an id that stands twice; each with its place.
Result<Suite> readVectors(std::string_view text, std::string const& file);

/// Reads a map of YAML as the `config` of a vector: a policy in a library's own parameter names.
/// Errors as above, and where it is no map.
Result<Value> readConfig(std::string_view text, std::string const& file);

} // namespace shakedown::vectors
