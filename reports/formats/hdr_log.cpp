#include "reports/formats/hdr_log.hpp"

#include <ostream>

#include "reports/formats/base64.hpp"
#include "reports/formats/epoch.hpp"
#include "reports/formats/hdr_encoding.hpp"
#include "reports/record/number_text.hpp"

namespace shakedown::formats {

std::string tagOf(std::string_view name) {
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string tag;
    for (char const c : name) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte <= 0x20U || byte == 0x7fU || c == ',' || c == '%') {
            tag += {'%', hex[byte >> 4], hex[byte & 15U]};
        } else {
            tag += c;
        }
    }
    return tag;
}

// Times are seconds since StartTime, the maximum is in milliseconds: the unit of the writer's
// default ratio, 1,000,000.
void HdrLogWriter::finish(Results const& results) {
    out_ << "#[Latencies of a simulated run, in nanoseconds; a tag is a load]\n"
         << "#[Histogram log format version 1.3]\n"
         << "#[StartTime: " << epochSeconds << ".000 (seconds since epoch), " << dateText(SimTime())
         << "]\n"
         << "#[BaseTime: " << epochSeconds << ".000 (seconds since epoch)]\n"
         << "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\","
            "\"Interval_Compressed_Histogram\"\n";
    for (auto const& latency : results.latencies) {
        if (latency.histogram.empty()) {
            continue;
        }
        out_ << "Tag=" << tagOf(latency.load) << "," << record::fixed(latency.begin.inSeconds(), 3)
             << "," << record::fixed((latency.end - latency.begin).inSeconds(), 3) << ","
             << record::fixed(latency.histogram.max().inMilliseconds(), 3) << ","
             << base64(hdrEncoded(latency.histogram)) << "\n";
    }
}

} // namespace shakedown::formats
