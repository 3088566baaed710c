#pragma once

#include <filesystem>

// Where a test finds the things outside its own program. An environment variable of the same name
// as the definition (tests/CMakeLists.txt) wins, so a suite can be pointed elsewhere without
// building it again.
namespace shakedown::tests {

// The root of the repository.
std::filesystem::path sourceDir();

// The program `shakedown` of the same build.
std::filesystem::path binary();

// Real-world sample files. The folder may be absent: skip, with a WARN, what needs it.
std::filesystem::path samples();

// Policy vectors from the tests of libraries. The folder may be absent: skip, with a WARN.
std::filesystem::path vectors();

// The table of rooms as configured.
std::filesystem::path rooms();

} // namespace shakedown::tests
