#include "tests/environment.hpp"

#include <cstdlib>

namespace shakedown::tests {

namespace {

std::filesystem::path fromEnvironment(char const* variable, char const* otherwise) {
    char const* const value = std::getenv(variable);
    return value != nullptr && *value != '\0' ? value : otherwise;
}

} // namespace

std::filesystem::path sourceDir() {
    return fromEnvironment("SHAKEDOWN_SOURCE_DIR", SHAKEDOWN_SOURCE_DIR);
}

std::filesystem::path binary() {
    return fromEnvironment("SHAKEDOWN_BINARY", SHAKEDOWN_BINARY);
}

std::filesystem::path samples() {
    return fromEnvironment("SHAKEDOWN_SAMPLES", SHAKEDOWN_SAMPLES);
}

std::filesystem::path vectors() {
    return fromEnvironment("SHAKEDOWN_VECTORS", SHAKEDOWN_VECTORS);
}

std::filesystem::path rooms() {
    return fromEnvironment("SHAKEDOWN_ROOMS", SHAKEDOWN_ROOMS);
}

} // namespace shakedown::tests
