#include "reports/render/series_csv.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

#include "tests/reports/record/small_record.hpp"

using namespace shakedown;
using namespace shakedown::tests;

namespace {

std::vector<std::string> rowsOf(record::Header const& header,
                                std::vector<record::Moment> const& moments) {
    std::ostringstream out;
    render::SeriesWriter writer(out);
    writer.begin(header);
    for (auto const& moment : moments) {
        writer.take(moment);
    }
    std::istringstream in(out.str());
    std::vector<std::string> rows;
    for (std::string row; std::getline(in, row);) {
        rows.push_back(row);
    }
    return rows;
}

} // namespace

TEST_CASE("series.csv has a row an interval and subject", "[render][csv]") {
    auto const rows = rowsOf(smallHeader(), {{at(100'000'000), smallInterval()}});
    REQUIRE(rows.size() == 6);
    CHECK(rows[0]
          == "at_s,kind,subject,offered,ok,degraded,failed,rejected,timed_out,good,p50_ms,p95_ms,"
             "p99_ms,queue,in_service,arrived,finished,utilisation,requests,attempts,retries,"
             "timeouts,"
             "failures,open");
    CHECK(rows[1] == "0.1,load,visitors,10,5,1,2,1,1,6,3,4,5,,,,,,,,,,,");
    CHECK(rows[2] == "0.1,service,site,,,,,0,,,,,,0,0,0,0,0,,,,,,");
    CHECK(rows[3] == "0.1,service,autos,,,,,1,,,,,,3,16,10,9,0.734512,,,,,,");
    CHECK(rows[4] == "0.1,call,visitors -> site,,,,,,,,,,,,,,,,10,12,2,1,1,0");
}

TEST_CASE("series.csv tells how busy hosts and links are", "[render][csv]") {
    auto const rows = rowsOf(smallHeader(), {{at(100'000'000), crowdedInterval()}});
    REQUIRE(rows.size() == 8);
    CHECK(rows[6] == "0.1,host,north-1,,,,,,,,,,,,,,,0.999999,,,,,,");
    CHECK(rows[7] == "0.1,link,backbone,,,,,,,,,,,,,,,0.25,,,,,,");
}

TEST_CASE("every row has as many cells as the heading", "[render][csv]") {
    auto const rows = rowsOf(smallHeader(), {{at(1), crowdedInterval()}});
    for (auto const& row : rows) {
        CAPTURE(row);
        CHECK(std::count(row.begin(), row.end(), ',') == 23);
    }
}

TEST_CASE("an interval without an answer has no latency", "[render][csv]") {
    auto interval = smallInterval();
    interval.loads[0].ok = interval.loads[0].degraded = 0;
    CHECK(rowsOf(smallHeader(), {{at(1), interval}})[1]
          == "1e-09,load,visitors,10,0,0,2,1,1,6,,,,,,,,,,,,,,");
}

TEST_CASE("names with commas, quotes and line breaks stay one cell", "[render][csv]") {
    auto header = smallHeader();
    header.names.loads[0] = "a,\"b\"\nc";
    auto const rows = rowsOf(header, {{at(0), smallInterval()}});
    CHECK(rows.size() == 6);
    CHECK(rows[1].find("0,load,\"a,\"\"b\"\"?c\",10,") == 0);
}
