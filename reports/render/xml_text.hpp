#pragma once

#include <string>
#include <string_view>

namespace shakedown::render {

/// For XML content and attribute values in double quotes. What XML 1.0 cannot hold at all (control
/// characters, U+FFFE, U+FFFF, bytes that are not UTF-8) becomes U+FFFD.
std::string xmlEscaped(std::string_view text);

} // namespace shakedown::render
