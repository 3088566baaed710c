#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::reading {

/// What keeps these bytes from being a text at all: too many of them, not UTF-8, a NUL or another
/// control character. Empty if they are fine.
std::optional<Diagnostic> refuseBytes(std::string_view bytes, std::string const& file);

/// Whether a text holds a control character other than tab and line break; YAML's escapes can
/// smuggle one in.
bool holdsControlCharacter(std::string_view text);

/// Line and column (from 1) of a byte.
Place placeOfByte(std::string_view text, std::size_t offset, std::string const& file);

} // namespace shakedown::reading
