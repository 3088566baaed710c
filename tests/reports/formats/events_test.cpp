#include "reports/formats/events.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>

#include "tests/reports/formats/small_run.hpp"

using namespace shakedown;
using namespace shakedown::formats;
using namespace shakedown::tests;
using Json = nlohmann::json;

namespace {

std::vector<Json> linesOf(std::string const& text) {
    std::vector<Json> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        lines.push_back(Json::parse(line));
    }
    return lines;
}

std::vector<Json> log(std::vector<record::Moment> const& moments, Results const& results = {}) {
    return linesOf(rendered(Format::Events, smallHeader(), moments, results));
}

// Of every line: what stands there, and how a date looks.
void requireStable(Json const& line) {
    CAPTURE(line.dump(-1, ' ', false, Json::error_handler_t::replace));
    for (char const* key : {"time", "level", "event", "subject", "message"}) {
        REQUIRE(line.at(key).is_string());
    }
    REQUIRE(line.at("at_s").is_number());
    std::string const time = line["time"];
    REQUIRE(time.size() == std::string("2001-09-09T01:46:40.000000000Z").size());
    REQUIRE(time.back() == 'Z');
    std::string const level = line["level"];
    REQUIRE((level == "info" || level == "warn" || level == "error"));
    REQUIRE_FALSE(line.at("message").get<std::string>().empty());
}

} // namespace

TEST_CASE("every change of a run is a line with stable keys", "[formats][events]") {
    auto const summary = shopSummary();
    auto const lines = log(everyMoment(), {&summary, {}});
    std::set<std::string> events;
    for (auto const& line : lines) {
        requireStable(line);
        events.insert(line["event"]);
    }
    CHECK(events
          == std::set<std::string>{"run_began", "operation_began", "operation_ended",
                                   "replica_changed", "breaker_changed", "pressure_began",
                                   "pressure_ended", "host_crowded", "host_relieved", "run_ended",
                                   "expectation"});
}

TEST_CASE("a fault is a warning with its simulated date", "[formats][events]") {
    auto const lines = log({{at(60'000'000'001), record::EventBegan{0}},
                            {at(120'000'000'000), record::EventEnded{0}}});
    REQUIRE(lines.size() == 3);
    CHECK(lines[1]["event"] == "fault_began");
    CHECK(lines[1]["level"] == "warn");
    CHECK(lines[1]["subject"] == "autos-slow");
    CHECK(lines[1]["time"] == "2001-09-09T01:47:40.000000001Z");
    CHECK(lines[1]["at_s"] == 60.000000001);
    CHECK(lines[2]["event"] == "fault_ended");
    CHECK(lines[2]["level"] == "info");
    CHECK(lines[2]["message"] == "autos-slow ends");
}

TEST_CASE("a breaker, a replica and pressure say who and what", "[formats][events]") {
    auto const lines =
        log({{at(1), record::BreakerChanged{1, 3, record::BreakerState::Closed,
                                            record::BreakerState::Open}},
             {at(2), record::ReplicaChanged{1, 0, record::ReplicaState::Down}},
             {at(3), record::PressureBegan{0, 1, record::Pressure::WorkersBusy, 1, 39, 0}}});
    CHECK(lines[1]["subject"] == "site -> autos");
    CHECK(lines[1]["from"] == "closed");
    CHECK(lines[1]["to"] == "open");
    CHECK(lines[1]["caller"] == 3);
    CHECK(lines[1]["level"] == "warn");
    CHECK(lines[2]["message"] == "autos#0 is down");
    CHECK(lines[3]["message"] == "site#1: workers busy, 39 wait for site -> autos");
    CHECK(lines[3]["held_by"] == "site -> autos");
    CHECK(lines[3]["held"] == 39);
    CHECK(lines[3]["host"] == "north-1");
}

TEST_CASE("requests and intervals are no lines", "[formats][events]") {
    CHECK(log({{at(1), smallRequest()}, {at(2), smallInterval()}}).size() == 1);
}

TEST_CASE("a run that did not finish is an error", "[formats][events]") {
    CHECK(log({{at(1), record::RunEnded{record::EndReason::Finished, 1, 2}}})[1]["level"]
          == "info");
    auto const line = log({{at(1), record::RunEnded{record::EndReason::TimeLimit, 1, 2}}})[1];
    CHECK(line["level"] == "error");
    CHECK(line["reason"] == "time_limit");
    CHECK(line["digest"] == "0000000000000002");
}

TEST_CASE("expectations stand at the end, with what was measured", "[formats][events]") {
    auto const summary = shopSummary();
    auto const lines = log({{at(180'000'000'000), record::RunEnded{}}}, {&summary, {}});
    REQUIRE(lines.size() == 5);
    CHECK(lines[2]["held"] == true);
    CHECK(lines[2]["level"] == "info");
    CHECK(lines[2]["unit"] == "ms");
    CHECK(lines[2]["limit"] == 200);
    CHECK(lines[3]["held"] == false);
    CHECK(lines[3]["level"] == "error");
    CHECK(lines[3]["subject"] == "errors(visitors) < 1%");
    CHECK(lines[4]["held"].is_null());
    CHECK(lines[4]["value"].is_null());
    CHECK(lines[4]["note"] == "lag is not measured");
    CHECK(lines[4]["at_s"] == 180);
}

TEST_CASE("hostile names stay within their line", "[formats][events]") {
    auto const summary = hostileSummary();
    auto const lines =
        linesOf(rendered(Format::Events, hostileHeader(), everyMoment(), {&summary, {}}));
    CHECK(lines.size() == 15);
    for (auto const& line : lines) {
        requireStable(line);
    }
}
