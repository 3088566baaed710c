#pragma once

#include <cstdlib>
#include <filesystem>

// Where a test finds the things outside its own program. An environment variable of the same name
// as the definition wins, so a suite can be pointed elsewhere without building it again.
namespace shakedown::tests {

namespace detail {
inline std::filesystem::path fromEnvironment(char const* variable, char const* otherwise) {
    char const* const value = std::getenv(variable);
    return value != nullptr && *value != '\0' ? value : otherwise;
}
} // namespace detail

// The root of the repository.
inline std::filesystem::path sourceDir() {
    return detail::fromEnvironment("SHAKEDOWN_SOURCE_DIR", SHAKEDOWN_SOURCE_DIR);
}

// The program `shakedown` of the same build.
inline std::filesystem::path binary() {
    return detail::fromEnvironment("SHAKEDOWN_BINARY", SHAKEDOWN_BINARY);
}

// Real-world sample files. The folder may be absent: skip, with a WARN, what needs it.
inline std::filesystem::path samples() {
    return detail::fromEnvironment("SHAKEDOWN_SAMPLES", SHAKEDOWN_SAMPLES);
}

// Policy vectors from the tests of libraries. The folder may be absent: skip, with a WARN.
inline std::filesystem::path vectors() {
    return detail::fromEnvironment("SHAKEDOWN_VECTORS", SHAKEDOWN_VECTORS);
}

// The table of rooms as configured.
inline std::filesystem::path rooms() {
    return detail::fromEnvironment("SHAKEDOWN_ROOMS", SHAKEDOWN_ROOMS);
}

} // namespace shakedown::tests
