#include "reports/record/sampling.hpp"

#include <catch2/catch.hpp>

#include "reports/record/line_writing.hpp"
#include "tests/reports/record/small_record.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::record;
using tests::at;

TEST_CASE("an interval is a two-thousandth of the run, rounded up to 1, 2 or 5",
          "[record][sampling]") {
    CHECK(recordInterval(1_s) == 100_ms);
    CHECK(recordInterval(200_s) == 100_ms);
    CHECK(recordInterval(201_s) == 200_ms);
    CHECK(recordInterval(400_s) == 200_ms);
    CHECK(recordInterval(10_min) == 500_ms);
    CHECK(recordInterval(60_min) == 2_s);
    CHECK(recordInterval(60_min * std::int64_t{24}) == 50_s);
    CHECK(recordInterval(Duration()) == 100_ms);
    CHECK(recordInterval(Duration::none()) > Duration());
}

TEST_CASE("a run of many subjects has longer intervals", "[record][sampling]") {
    CHECK(recordInterval(180_s, 200) == 100_ms);
    CHECK(recordInterval(180_s, 4000) == 2_s);
}

TEST_CASE("a few requests are all kept", "[record][sampling]") {
    CHECK(sampleEveryFor(0, 1) == 1);
    CHECK(sampleEveryFor(10'000, 3) == 1);
    CHECK(sampleEveryFor(1e6, 3) == 50);
    CHECK(sampleEveryFor(1e300, 3) >= 1'000'000'000);
    CHECK(sampleEveryFor(std::nan(""), 1) == 1);
}

TEST_CASE("a sampled record of a busy run stays below 32 MB", "[record][sampling]") {
    // One hour, 50 services, 100 calls, 1,000 requests a second of 6 spans, late in the run.
    Header header = tests::smallHeader(Level::Sampled);
    header.names.services.assign(50, "service");
    header.names.calls.assign(100, "service -> service");
    Duration const run = 3600_s;
    auto const every = sampleEveryFor(3600.0 * 1000, 6);
    auto const interval = recordInterval(run, 151);

    SimTime const late = SimTime::at(run);
    Request request = tests::smallRequest(3'600'000);
    request.intended = late;
    request.ended = late + 1'234'567'891_ns;
    request.spans.assign(6, Span{3, 57, 49, 3, 1, late + 1'234'567_ns, late + 11'234'567_ns,
                                 late + 12'234'567_ns, late + 123'456'789_ns, late + 123'956'789_ns,
                                 Cause::None});
    request.spans[5].cause = Cause::Timeout;
    Interval busy;
    busy.loads.assign(1, LoadInterval{2000, 2000, 1, 1, 1, 1, 2000, 12'345'678_ns, 23'456'789_ns,
                                      123'456'789_ns});
    busy.services.assign(50, ServiceInterval{123, 40, 2000, 2000, 10, 0.734512});
    busy.calls.assign(100, CallInterval{2000, 2200, 200, 100, 100, 1});
    StateFrame frame;
    frame.follow({late, busy}, header);

    std::string requestLine;
    std::string intervalLine;
    std::string frameLine;
    appendLine(requestLine, Moment{late, request});
    appendLine(intervalLine, Moment{late, busy});
    appendLine(frameLine, frame);
    double const requests = 3600.0 * 1000 / every;
    double const intervals = run / interval;
    double const size = requests * static_cast<double>(requestLine.size())
                        + intervals * static_cast<double>(intervalLine.size())
                        + (requests + intervals) / 64 * static_cast<double>(frameLine.size());
    CHECK(size < sampledRecordSize);
    CHECK(size > sampledRecordSize / 10.0);
}
