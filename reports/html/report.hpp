#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "reports/html/history.hpp"
#include "reports/summary/comparison.hpp"
#include "reports/summary/summary.hpp"
#include "reports/why/explanation.hpp"

/// The page that people pass on: one file, without anything from elsewhere.
namespace shakedown::html {

/// An earlier run beside this one.
struct Earlier {
    std::string name; // of the earlier run
    summary::Comparison comparison;
};

struct RunReport {
    summary::Summary const& summary;
    History const& history;                // of the first replication
    std::string source;                    // the scenario, as written
    std::optional<Earlier> earlier;        // a run to compare with
    why::Explanation const* why = nullptr; // of the first replication; null: not recorded
};

/// The longest page: a scenario larger than it is shown in part, with words that say so.
inline constexpr std::size_t longestReport = 500'000;

/// report.html. Equal runs give equal bytes; at most `longestReport` of them.
std::string reportHtml(RunReport const& report);

} // namespace shakedown::html
