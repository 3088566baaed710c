#pragma once

#include <iosfwd>
#include <memory>
#include <vector>

#include "reports/formats/format.hpp"
#include "reports/formats/load_latency.hpp"
#include "reports/record/moments.hpp"
#include "reports/summary/summary.hpp"

namespace shakedown::formats {

/// What is known of a run when it is over, beside its moments.
struct Results {
    summary::Summary const* summary = nullptr; // null: not known (only a record is there)
    std::vector<LoadLatency> latencies = {};   // empty: not known (the run is long over)
};

/// Writes one format: takes the moments of a run (of its first replication) as they come, then its
/// results. Equal runs give equal bytes.
class FormatWriter : public record::MomentSink {
public:
    virtual void finish(Results const& results) = 0;
};

/// For a format that looks at no moment.
class ResultsWriter : public FormatWriter {
public:
    void begin(record::Header const&) override {}
    void take(record::Moment const&) override {}
};

/// The stream is not owned; look at its state for a full disk.
std::unique_ptr<FormatWriter> makeWriter(Format format, std::ostream& out);

} // namespace shakedown::formats
