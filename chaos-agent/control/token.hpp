#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chaos-agent/safety/keeper.hpp"

namespace shakedown::control {

/// A bearer token as the configuration knows it: never the token itself.
struct TokenHash {
    std::string name;   // of who has it, for the audit log
    std::string sha256; // 64 hexadecimal digits, of the token's text
    safety::Role role = safety::Role::Read;
    std::optional<std::int64_t> expires; // Unix time in seconds; it is no good from then on
};

struct FreshToken {
    std::string token; // told once, to who asked
    std::string sha256;
};

/// 192 bits of the kernel's randomness, as "sd_" and 48 hexadecimal digits. Nothing if the kernel
/// gives none.
std::optional<FreshToken> makeToken();

std::string sha256Of(std::string_view text); // 64 hexadecimal digits
bool isSha256(std::string_view text);        // as above

/// The token whose hash is that of `text`, null if none is. Takes as long whichever matches, and
/// whether one does: every hash is compared whole.
TokenHash const* findToken(std::vector<TokenHash> const& tokens, std::string_view text);

} // namespace shakedown::control
