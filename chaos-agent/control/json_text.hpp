#pragma once

#include <string>
#include <string_view>
#include <variant>

#include <nlohmann/json.hpp>

namespace shakedown::control {

inline constexpr int jsonDepthAtMost = 64;

/// The value, or why the text is none: not JSON, not UTF-8, or nested deeper than 64.
std::variant<nlohmann::json, std::string> parseJson(std::string_view text);

} // namespace shakedown::control
