#pragma once

#include <string>
#include <variant>

namespace shakedown::protocol {

struct Token {
    std::string text; // may be empty: none
};

/// The token of the file, or of the environment where no file is named, or why it cannot be had.
/// The reason never holds the token.
std::variant<Token, std::string> readToken(std::string const& file);

} // namespace shakedown::protocol
