#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "reports/formats/format_writer.hpp"

namespace shakedown::formats {

/// latency.hlog: an HdrHistogram log (format 1.3), one interval histogram a load, its tag the name
/// of the load: all latencies after the warm-up, of all replications, in nanoseconds. Nothing is
/// written for a load without latencies. Source: HdrHistogram, HistogramLogWriter.
class HdrLogWriter final : public ResultsWriter {
public:
    explicit HdrLogWriter(std::ostream& out) : out_(out) {}
    void finish(Results const& results) override;

private:
    std::ostream& out_;
};

/// A name as a tag, in which comma, space and line break cannot stand: these, '%' and control
/// characters become %2C and the like, so that no two names share a tag.
std::string tagOf(std::string_view name);

} // namespace shakedown::formats
