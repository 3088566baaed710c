#pragma once

#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "chaos-agent/faults/operation.hpp"

/// Operations as the journal keeps them. What is written is read as the same value.
namespace shakedown::injectors {

nlohmann::json toJson(std::vector<Operation> const& operations);
system::Got<std::vector<Operation>> readOperations(nlohmann::json const& value);

} // namespace shakedown::injectors
