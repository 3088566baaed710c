#pragma once

namespace shakedown::tests {

// Catch2's main, for suites that have something to do around it.
int runSuite(int count, char** words);

} // namespace shakedown::tests
