#pragma once

#include <string>

#include "reports/summary/difference.hpp"

/// The difference of a number of two runs, in words and figures.
namespace shakedown::render {

/// "better", "same", "worse"; "more" and "less" of degraded answers; "undecided",
/// "one-sided".
char const* changeWord(summary::Change change);

/// "+1.23 ms", "-4.50/s", "+12.3 pp" (percentage points, of a share), "0".
std::string signedText(double difference, model::ValueUnit unit);

/// One side's value, "-" if it has none.
std::string sideText(std::optional<double> value, model::ValueUnit unit);

/// "+1.23 ms (+6.20 %)"; the relative part only where it says more: not of shares, nor from zero.
std::string differenceText(summary::Difference const& d);

/// "+1.10 ms to +1.36 ms", "-" without an interval.
std::string intervalText(summary::Difference const& d);

/// How much may have changed unseen, as the largest size: "1.80 %", of shares "0.20 pp".
std::string hiddenText(summary::Difference const& d);

/// "1 % (shares: 0.1 pp)": what a change must reach to count.
std::string noticeableText(summary::Noticeable const& noticeable);

} // namespace shakedown::render
