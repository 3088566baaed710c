#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shakedown::control {

/// The segments of a path, percent-decoded: "/proxies/a%20b" gives "proxies", "a b". Nothing for
/// an empty segment, a broken escape or an escaped control character.
std::optional<std::vector<std::string>> segmentsOf(std::string_view path);

} // namespace shakedown::control
