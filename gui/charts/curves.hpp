#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gui/session/run_index.hpp"

namespace shakedown::gui {

enum class ChartKind : std::uint8_t { Goodput, Latency, Errors, Queues, Retries };
inline constexpr ChartKind allCharts[] = {ChartKind::Goodput, ChartKind::Latency, ChartKind::Errors,
                                          ChartKind::Queues, ChartKind::Retries};

struct Curve {
    std::string name; // "good"
    std::vector<double> seconds;
    std::vector<double> values;
};
struct ChartCurves {
    std::string title; // with its unit
    std::vector<Curve> curves;
};

/// What a chart shows of a run: of one subject (a load, a service or a call by its name) or, if
/// that is empty, of all loads together. Several intervals become one point where there are more
/// than `mostPoints`, which are as many as a chart has pixels. Within a stretch only the intervals
/// that touch it count.
inline constexpr std::size_t mostPoints = 800;
ChartCurves curvesOf(RunIndex const& run, ChartKind kind, std::string const& subject,
                     std::optional<Stretch> const& within = std::nullopt);

} // namespace shakedown::gui
