#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "reports/formats/format_writer.hpp"
#include "tests/reports/record/small_record.hpp"
#include "tests/reports/render/shop_summary.hpp"

/// Short ways to render a run put together by hand.
namespace shakedown::tests {

inline std::string rendered(formats::Format format, record::Header const& header,
                            std::vector<record::Moment> const& moments,
                            formats::Results const& results = {}) {
    std::ostringstream out;
    auto const writer = formats::makeWriter(format, out);
    writer->begin(header);
    for (auto const& moment : moments) {
        writer->take(moment);
    }
    writer->finish(results);
    return out.str();
}

/// The small record with a name in every list that nobody would wish for.
inline record::Header hostileHeader() {
    record::Header h = smallHeader();
    h.scenario = h.file = h.version = hostile();
    for (auto* list : {&h.names.loads, &h.names.services, &h.names.endpoints, &h.names.calls,
                       &h.names.events, &h.names.hosts, &h.names.links}) {
        for (auto& name : *list) {
            name = hostile();
        }
    }
    return h;
}

inline std::vector<formats::LoadLatency> someLatencies() {
    std::vector<formats::LoadLatency> latencies(1);
    latencies[0].load = "visitors";
    latencies[0].begin = SimTime::at(Duration::seconds(20));
    latencies[0].end = SimTime::at(Duration::seconds(180));
    for (int i = 1; i <= 1000; ++i) {
        latencies[0].histogram.record(Duration::microseconds(i * i));
    }
    return latencies;
}

} // namespace shakedown::tests
