#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "reports/formats/attempt_times.hpp"
#include "reports/formats/format_writer.hpp"
#include "reports/formats/nodes.hpp"

namespace shakedown::formats {

class JsonWriter;
class TraceIds;

/// trace.json: the recorded requests as OTLP/JSON, one message of type TracesData. A request is a
/// trace: a span for itself (of its load), one for each attempt of the caller (kind client), one
/// for each attempt that arrived (kind server). Source: opentelemetry-proto 1.x, trace.proto, and
/// the OTLP specification, "JSON Protobuf Encoding".
///
/// Spans are handed over in portions, each grouped by service, so a service has as many
/// resourceSpans as there are portions; memory stays bounded.
class OtlpWriter final : public FormatWriter {
public:
    explicit OtlpWriter(std::ostream& out) : out_(out) {}

    void begin(record::Header const& header) override;
    void take(record::Moment const& moment) override;
    void finish(Results const& results) override;

private:
    void add(SimTime written, record::Request const& request);
    void addRequest(SimTime written, record::Request const& request, TraceIds const& ids);
    void addCaller(AttemptTimes const& times, record::Request const& request, std::size_t index,
                   TraceIds const& ids);
    void addCallee(AttemptTimes const& times, record::Request const& request, std::size_t index,
                   TraceIds const& ids);
    void hold(std::size_t node, std::string const& span);
    void handOver();

    std::ostream& out_;
    record::Header header_;
    std::optional<Nodes> nodes_;
    std::vector<std::string> portions_; // spans of each node, not yet handed over
    std::size_t waiting_ = 0;           // bytes in them
    bool isFirst_ = true;
};

} // namespace shakedown::formats
