#pragma once

#include <cstddef>
#include <optional>

#include "reports/verdict/evidence.hpp"

/// What one replication says of a metric, in base units (seconds, per second, share, count).
namespace shakedown::verdict {

/// Quantiles and the maximum are taken over all replications together, every other metric is a
/// mean over them.
bool isQuantile(model::Metric metric);
/// The share of values below the metric's value: 0.99 for p99, 1 for max.
double quantileOf(model::Metric metric);

/// The tally of a load, service, endpoint or call in a window; null if none was kept.
measure::OutcomeTally const* findTally(Evidence const& evidence, record::Names const& names,
                                       Demand const& demand, model::Subject const& subject,
                                       std::size_t window);

/// A metric over the requests of a subject: mean, throughput, goodput and the shares of outcomes.
/// Empty if it has no value, as a share of no requests. `length` of the window is above 0.
std::optional<double> valueOf(model::Metric metric, model::ValueUnit unit,
                              measure::OutcomeTally const& tally, Duration length);

/// A metric over the counters of a service or call: queue, utilisation, amplification, open.
/// A service's amplification and open are those of all calls to it, a load's those of its calls.
std::optional<double> valueOf(model::Metric metric, model::Subject const& subject,
                              record::Names const& names, WindowEvidence const& window);

} // namespace shakedown::verdict
