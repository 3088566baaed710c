#pragma once

#include <string>
#include <string_view>

namespace shakedown::formats {

/// On one line and UTF-8: control characters become blanks, what is not UTF-8 U+FFFD.
std::string printable(std::string_view text);

} // namespace shakedown::formats
