#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Strings from a scenario on their way to a terminal.
namespace shakedown::render {

/// Without anything a terminal could obey: control characters (C0, C1, DEL), marks that turn the
/// direction of writing, and bytes that are not UTF-8 each become '?'.
std::string cleaned(std::string_view text);

/// At most `width` characters, the last three of a longer text being "...".
std::string clipped(std::string_view text, std::size_t width);

/// Filled up with blanks to `width` characters.
std::string padded(std::string text, std::size_t width);

/// Characters, not bytes.
std::size_t widthOf(std::string_view text);

} // namespace shakedown::render
