#include "scenarios/vocabulary/require.hpp"

#include <string>

namespace shakedown {

void failRequire(char const* what, std::source_location where) {
    throw BrokenInvariant(std::string("broken invariant: ") + what + " (" + where.function_name()
                          + ", line " + std::to_string(where.line()) + ")");
}

} // namespace shakedown
