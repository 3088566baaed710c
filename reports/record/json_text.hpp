#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace shakedown::record {

/// Appends a JSON string with its quotes. Control characters are escaped; bytes that are not UTF-8
/// become U+FFFD, so the line stays readable whatever a name holds.
void appendQuoted(std::string& out, std::string_view text);

/// How many bytes the UTF-8 character that begins at `at` has, 0 if none does: overlong forms,
/// surrogates and values beyond U+10FFFF are none.
std::size_t utf8Length(std::string_view text, std::size_t at);

} // namespace shakedown::record
