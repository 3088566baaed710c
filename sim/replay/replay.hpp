#pragma once

#include <string>
#include <vector>

#include "scenarios/vectors/vectors.hpp"

namespace shakedown::replay {

enum class Verdict : std::uint8_t { Passed, Failed, Unsupported };

struct StepResult {
    vectors::Value seen;                 // an object; empty if the step could not be played
    std::vector<std::string> mismatches; // "state is OPEN, expected CLOSED"
};

struct VectorResult {
    Verdict verdict = Verdict::Passed;
    std::string reason;            // of Unsupported, or of a vector that could not be played
    std::vector<StepResult> steps; // as many as were played
};

/// Plays every vector of a suite from a fresh machine. A vector whose suite or dialect is not
/// offered is Unsupported; one that cannot be played as it is written is Failed.
std::vector<VectorResult> replay(vectors::Suite const& suite);

} // namespace shakedown::replay
