#pragma once

#include <iosfwd>

#include "reports/formats/format_writer.hpp"

namespace shakedown::formats {

/// metrics.prom: the numbers of a run as OpenMetrics 1.0 text, without timestamps. Counters are
/// totals over the replications; latencies of a load are a histogram if they are known, and
/// quantiles in any case. Source: the OpenMetrics specification, "Text format".
class OpenMetricsWriter final : public ResultsWriter {
public:
    explicit OpenMetricsWriter(std::ostream& out) : out_(out) {}
    /// The summary must be known.
    void finish(Results const& results) override;

private:
    std::ostream& out_;
};

} // namespace shakedown::formats
