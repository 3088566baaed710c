#include "reports/formats/format_writer.hpp"

#include "reports/formats/chrome_trace.hpp"
#include "reports/formats/dot.hpp"
#include "reports/formats/events.hpp"
#include "reports/formats/hdr_log.hpp"
#include "reports/formats/mermaid.hpp"
#include "reports/formats/openmetrics.hpp"
#include "reports/formats/otlp.hpp"
#include "scenarios/vocabulary/require.hpp"

namespace shakedown::formats {

std::unique_ptr<FormatWriter> makeWriter(Format format, std::ostream& out) {
    switch (format) {
    case Format::Otlp:
        return std::make_unique<OtlpWriter>(out);
    case Format::Chrome:
        return std::make_unique<ChromeTraceWriter>(out);
    case Format::OpenMetrics:
        return std::make_unique<OpenMetricsWriter>(out);
    case Format::Hdr:
        return std::make_unique<HdrLogWriter>(out);
    case Format::Events:
        return std::make_unique<EventsWriter>(out);
    case Format::Dot:
        return std::make_unique<DotWriter>(out);
    case Format::Mermaid:
        return std::make_unique<MermaidWriter>(out);
    }
    require(false, "every format has a writer");
    return nullptr;
}

} // namespace shakedown::formats
