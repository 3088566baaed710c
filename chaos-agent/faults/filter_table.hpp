#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

/// Every table of ours begins so, and nobody else's should.
inline constexpr char const* tablePrefix = "shakedown_";

system::Failed applyTable(FilterTable const& table, Duration lease);
system::Failed renewTable(FilterTable const& table, Duration lease);
system::Failed revertTable(FilterTable const& table);
Verdict isTableApplied(FilterTable const& table);
Verdict isTableReverted(FilterTable const& table);
protocol::PlannedStep wordsOfTable(FilterTable const& table);

} // namespace shakedown::injectors
