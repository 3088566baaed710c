#pragma once

#include <cstddef>

/// How much a scenario may ask of the reader. Whatever is beyond is refused with a diagnostic.
namespace shakedown::reading::limits {

inline constexpr std::size_t fileBytes = 4 << 20;      // of one YAML file
inline constexpr std::size_t dataFileBytes = 16 << 20; // of one empirical or trace file
inline constexpr std::size_t dataFileValues = 1'000'000;
inline constexpr std::size_t profileSteps = 10'000;     // of one profile of a host or a link
inline constexpr std::size_t depth = 64;                // nesting, after aliases are expanded
inline constexpr std::size_t events = 1'000'000;        // of the YAML parser, one file
inline constexpr std::size_t aliases = 64;              // in one file
inline constexpr std::size_t expandedNodes = 1'000'000; // after aliases and merges, one file
inline constexpr std::size_t includedFiles = 64;
inline constexpr std::size_t includeDepth = 8;
inline constexpr std::size_t totalNodes = 2'000'000; // of a document with all it includes
inline constexpr std::size_t variables = 1'000;
inline constexpr std::size_t scalarBytes = 64 << 10; // of one value after substitution
inline constexpr std::size_t substitutedBytes = 4 << 20;
inline constexpr std::size_t nameBytes = 200;
inline constexpr std::size_t assignments = 1'000;      // of the command line
inline constexpr std::size_t revisions = 128;          // boundaries made by operations `set`
inline constexpr std::size_t revisedNodes = 4'000'000; // of all of them together
inline constexpr std::size_t findings = 200;           // reported at once

} // namespace shakedown::reading::limits
