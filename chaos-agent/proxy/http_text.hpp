#pragma once

#include <algorithm>
#include <string_view>

/// The letters of HTTP.
namespace shakedown::proxy {

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline bool sameButForCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// RFC 9110, 5.6.2.
inline bool isTokenCharacter(char c) {
    return isDigit(c) || (lower(c) >= 'a' && lower(c) <= 'z')
           || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

} // namespace shakedown::proxy
