#pragma once

#include <string>
#include <string_view>

namespace shakedown::system {

/// SHA-256 (FIPS 180-4) in 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

/// `count` hexadecimal digits of randomness from the kernel (getrandom(2)).
std::string randomDigits(std::size_t count);

} // namespace shakedown::system
