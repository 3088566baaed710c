#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

/// What a run can be given away as, for other tools: a row a format.
namespace shakedown::formats {

enum class Format : std::uint8_t { Otlp, Chrome, OpenMetrics, Hdr, Events, Dot, Mermaid };

/// What a format is made of.
enum class Source : std::uint8_t {
    Moments,   // the record alone
    Summary,   // the numbers of summary.json; with latencies there is more
    Latencies, // all latencies, which only the run itself has
};

struct FormatRow {
    Format format;
    std::string_view word; // on the command line
    std::string_view file; // its name in the folder of a run
    Source source;
    std::string_view about; // for people, a few words
};

inline constexpr std::array<FormatRow, 7> allFormats{
    {{Format::Otlp, "otlp", "trace.json", Source::Moments, "traces as OTLP/JSON"},
     {Format::Chrome, "chrome", "trace.chrome.json", Source::Moments,
      "a timeline for Perfetto and chrome://tracing"},
     {Format::OpenMetrics, "openmetrics", "metrics.prom", Source::Summary,
      "numbers as OpenMetrics text"},
     {Format::Hdr, "hdr", "latency.hlog", Source::Latencies, "latencies as an HdrHistogram log"},
     {Format::Events, "events", "events.jsonl", Source::Moments,
      "what changed, as JSON lines for log tools"},
     {Format::Dot, "dot", "topology.dot", Source::Moments, "who calls whom, for Graphviz"},
     {Format::Mermaid, "mermaid", "topology.mmd", Source::Moments, "who calls whom, for Mermaid"}}};

FormatRow const& rowOf(Format format);

/// By its word; empty if there is none of that name.
std::optional<Format> formatNamed(std::string_view word);

} // namespace shakedown::formats
