#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/summary/difference.hpp"
#include "reports/summary/past_run.hpp"

/// How two runs differ, and what of it is not chance.
///
/// If both runs kept the same pairs of seed and replication, the differences of these pairs are
/// taken (common random numbers), otherwise the means of both sides are held against each other as
/// Welch does. A number has changed if that is significant at 5 % among all numbers of the
/// comparison (Holm) and large enough to matter. See docs/decisions/pairs-holm-and-noticeable.md.
namespace shakedown::summary {

struct LoadComparison {
    std::string name;
    std::vector<Difference> differences;
};

/// Mixed: better in some numbers, worse in others. Nothing: no load in common.
enum class Overall : std::uint8_t { Better, Same, Worse, Mixed, Undecided, Nothing };

struct Comparison {
    std::vector<LoadComparison> loads; // those of both runs, in the order of `now`
    std::vector<std::string> onlyBefore;
    std::vector<std::string> onlyNow;
    bool isPaired = false;
    Noticeable noticeable;
    Overall overall = Overall::Nothing;

    bool has(Change change) const;
    /// Every number has the same value on both sides, and their pairs differ by nothing.
    bool isEqual() const;
};

Comparison compared(PastRun const& before, PastRun const& now, Noticeable const& noticeable = {});

} // namespace shakedown::summary
