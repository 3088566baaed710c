#pragma once

#include <source_location>
#include <stdexcept>

namespace shakedown {

/// Thrown by require(): the program contradicts itself. Never caught below a program's main.
class BrokenInvariant : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

[[noreturn]] void failRequire(char const* what, std::source_location where);

/// Checks what must be true, in every build type.
constexpr void require(bool holds, char const* what = "an invariant",
                       std::source_location where = std::source_location::current()) {
    if (!holds) [[unlikely]]
        failRequire(what, where);
}

} // namespace shakedown
