#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace shakedown::control {

/// The native API as an OpenAPI 3.0 document, made from nativeRoutes() and the messages.
nlohmann::ordered_json openApi();
/// The same with two spaces of indentation and a line end: docs/reference/agent-openapi.json.
std::string openApiText();

} // namespace shakedown::control
