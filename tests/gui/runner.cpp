#include "tests/gui/runner.hpp"

#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

namespace shakedown::tests {

int runSuite(int count, char** words) {
    return Catch::Session().run(count, words);
}

} // namespace shakedown::tests
