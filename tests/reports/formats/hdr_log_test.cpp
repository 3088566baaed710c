#include "reports/formats/hdr_log.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <random>

#include "reports/formats/hdr_encoding.hpp"
#include "tests/environment.hpp"
#include "tests/reports/formats/hdr_decoder.hpp"
#include "tests/reports/formats/small_run.hpp"

using namespace shakedown;
using namespace shakedown::formats;
using namespace shakedown::tests;

namespace {

std::string logOf(std::vector<LoadLatency> latencies) {
    return rendered(Format::Hdr, record::Header(), {}, {nullptr, std::move(latencies)});
}

// The log of one load, decoded.
HdrHistogram writtenAndRead(measure::Histogram const& histogram) {
    std::vector<LoadLatency> latencies(1);
    latencies[0].load = "visitors";
    latencies[0].histogram = histogram;
    auto const lines = readHdrLog(logOf(std::move(latencies)));
    REQUIRE(lines.size() == 1);
    return lines[0].histogram;
}

void requireSame(measure::Histogram const& ours) {
    HdrHistogram const theirs = writtenAndRead(ours);
    REQUIRE(theirs.total() == ours.count());
    CHECK(theirs.highest >= static_cast<std::uint64_t>(ours.max().count()));
    for (double const q : {0.0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1.0}) {
        CAPTURE(q);
        auto const value = static_cast<std::uint64_t>(ours.quantile(q).count());
        auto const [low, high] = theirs.quantile(q);
        CHECK(low <= value);
        CHECK(value <= high);
    }
}

} // namespace

TEST_CASE("the decoder of these tests reads a log that HdrHistogram wrote", "[formats][hdr]") {
    auto const file = samples() / "hdr/tagged-Log.logV2.hlog";
    if (!std::filesystem::exists(file)) {
        WARN("skipped: there is no " << file);
        return;
    }
    std::ifstream in(file, std::ios::binary);
    auto const lines = readHdrLog(std::string(std::istreambuf_iterator<char>(in), {}));
    // HistogramLogReaderWriterTest.taggedV2LogTest: the total, and that both tags hold the same.
    std::uint64_t total = 0;
    REQUIRE(lines.size() == 42);
    for (std::size_t i = 0; i < lines.size(); i += 2) {
        CHECK(lines[i].tag.empty());
        CHECK(lines[i + 1].tag == "A");
        CHECK(lines[i].histogram.counts == lines[i + 1].histogram.counts);
        total += 2 * lines[i].histogram.total();
        // Interval_Max is in milliseconds, the histogram in nanoseconds.
        auto const highest = lines[i].histogram.quantile(1).second;
        CHECK(static_cast<double>(highest) / 1e6 == Approx(lines[i].max).margin(0.001));
    }
    CHECK(total == 32'290);
}

TEST_CASE("counts and quantiles are those of our histogram", "[formats][hdr]") {
    requireSame(someLatencies()[0].histogram);
    std::mt19937_64 random(3);
    for (int round = 0; round < 20; ++round) {
        measure::Histogram h;
        for (int i = 0; i < 500; ++i) {
            int const bits = static_cast<int>(random() % 62) + 1;
            h.record(Duration::nanoseconds(static_cast<std::int64_t>(random() >> (64 - bits))));
        }
        requireSame(h);
    }
}

TEST_CASE("a single latency, even of nothing, is kept", "[formats][hdr]") {
    for (std::int64_t const n :
         {0LL, 1LL, 1023LL, 2047LL, 2048LL, 10'000'000LL, 9'223'372'036'854'775'807LL}) {
        CAPTURE(n);
        measure::Histogram h;
        h.record(Duration::nanoseconds(n));
        requireSame(h);
    }
}

TEST_CASE("a log begins with its version, its start and its columns", "[formats][hdr]") {
    std::string const log = logOf(someLatencies());
    CHECK(log.find("#[Histogram log format version 1.3]\n") != std::string::npos);
    CHECK(log.find("#[StartTime: 1000000000.000 (seconds since epoch), ") != std::string::npos);
    CHECK(log.find("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\","
                   "\"Interval_Compressed_Histogram\"\nTag=visitors,20.000,160.000,1000.000,HIST")
          != std::string::npos);
}

TEST_CASE("a load without latencies has no line", "[formats][hdr]") {
    std::vector<LoadLatency> latencies(1);
    latencies[0].load = "nobody";
    CHECK(readHdrLog(logOf(std::move(latencies))).empty());
}

TEST_CASE("a tag is one word, and no two names share one", "[formats][hdr]") {
    CHECK(tagOf("visitors") == "visitors");
    CHECK(tagOf("a b,c\n") == "a%20b%2Cc%0A");
    CHECK(tagOf("a%20b") == "a%2520b");
    std::vector<LoadLatency> latencies = someLatencies();
    latencies[0].load = hostile();
    auto const lines = readHdrLog(logOf(std::move(latencies)));
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].tag == tagOf(hostile()));
}

TEST_CASE("ZigZag LEB128 takes at most nine bytes", "[formats][hdr]") {
    auto const bytes = [](std::int64_t n) {
        std::string out;
        appendZigZag(out, n);
        return out;
    };
    using namespace std::string_literals;
    CHECK(bytes(0) == "\x00"s);
    CHECK(bytes(-1) == "\x01"s);
    CHECK(bytes(63) == "\x7e"s);
    CHECK(bytes(64) == "\x80\x01"s);
    CHECK(bytes(-65) == "\x81\x01"s);
    CHECK(bytes(std::numeric_limits<std::int64_t>::max()) == "\xfe"s + std::string(8, '\xff'));
    CHECK(bytes(std::numeric_limits<std::int64_t>::min()) == std::string(9, '\xff'));
}
