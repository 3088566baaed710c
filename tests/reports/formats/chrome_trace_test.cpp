#include "reports/formats/chrome_trace.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

#include "tests/reports/formats/small_run.hpp"

using namespace shakedown;
using namespace shakedown::formats;
using namespace shakedown::tests;
using Json = nlohmann::json;

namespace {

Json eventsOf(std::string const& text) {
    return Json::parse(text)["traceEvents"];
}

Json timeline(std::vector<record::Moment> const& moments = everyMoment()) {
    return eventsOf(rendered(Format::Chrome, smallHeader(), moments));
}

std::vector<Json> ofPhase(Json const& events, std::string const& phase) {
    std::vector<Json> found;
    std::copy_if(events.begin(), events.end(), std::back_inserter(found),
                 [&](Json const& e) { return e["ph"] == phase; });
    return found;
}

bool isOneOf(std::string const& word, std::set<std::string> const& words) {
    return words.count(word) > 0;
}

// What the format demands of each event, by its phase.
void requireWellFormed(Json const& e) {
    CAPTURE(e.dump(-1, ' ', false, Json::error_handler_t::replace));
    std::string const phase = e.at("ph");
    REQUIRE(isOneOf(phase, {"M", "X", "i", "C", "b", "e", "s", "f"}));
    REQUIRE(e.at("name").is_string());
    REQUIRE(e.at("pid").is_number_unsigned());
    REQUIRE(e.at("tid").is_number_unsigned());
    REQUIRE(e.at("ts").is_number());
    REQUIRE(e.at("ts") >= 0);
    if (phase == "X") {
        REQUIRE(e.at("dur").is_number());
        REQUIRE(e.at("dur") >= 0);
    } else if (phase == "i") {
        REQUIRE(isOneOf(e.at("s"), {"g", "p", "t"}));
    } else if (phase == "C") {
        for (auto const& value : e.at("args")) {
            REQUIRE(value.is_number());
        }
    } else if (phase == "M") {
        REQUIRE(isOneOf(e.at("name"), {"process_name", "thread_name", "process_sort_index",
                                       "thread_sort_index"}));
        REQUIRE(e.at("args").size() == 1);
    } else {
        REQUIRE(e.at("id").is_number_unsigned());
        REQUIRE(e.at("cat").is_string());
    }
}

// On one thread each slice lies beside the one before or within it.
void requireNested(Json const& events) {
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::vector<std::pair<double, double>>> lanes;
    for (auto const& e : ofPhase(events, "X")) {
        double const begin = e["ts"];
        lanes[{e["pid"], e["tid"]}].emplace_back(begin, begin + e["dur"].get<double>());
    }
    for (auto& [track, slices] : lanes) {
        std::stable_sort(slices.begin(), slices.end(), [](auto const& a, auto const& b) {
            return a.first != b.first ? a.first < b.first : a.second > b.second;
        });
        std::vector<double> ends;
        for (auto const& [begin, end] : slices) {
            while (!ends.empty() && ends.back() <= begin) {
                ends.pop_back();
            }
            REQUIRE((ends.empty() || end <= ends.back()));
            ends.push_back(end);
        }
    }
}

} // namespace

TEST_CASE("every event of trace.chrome.json has what its phase demands", "[formats][chrome]") {
    Json const events = timeline();
    CHECK(events.size() > 20);
    for (auto const& e : events) {
        requireWellFormed(e);
    }
}

TEST_CASE("processes are loads and services, threads lanes of replicas", "[formats][chrome]") {
    Json const events = timeline();
    std::set<std::string> processes;
    std::set<std::string> threads;
    std::set<std::pair<std::uint64_t, std::uint64_t>> named;
    for (auto const& e : ofPhase(events, "M")) {
        if (e["name"] == "process_name") {
            processes.insert(e["args"]["name"]);
        } else if (e["name"] == "thread_name") {
            threads.insert(e["args"]["name"]);
            named.emplace(e["pid"], e["tid"]);
        }
    }
    CHECK(processes
          == std::set<std::string>{"faults and operations", "load visitors", "service site",
                                   "service autos"});
    CHECK(threads
          == std::set<std::string>{"requests lane 1", "requests lane 2", "replica 1 lane 1"});
    for (auto const& e : ofPhase(events, "X")) {
        CHECK(named.count({e["pid"], e["tid"]}) == 1);
    }
}

TEST_CASE("a slice lasts from arrival to end, in microseconds", "[formats][chrome]") {
    auto const slices = ofPhase(timeline({{at(1'300'000'000), smallRequest()}}), "X");
    REQUIRE(slices.size() == 3);
    CHECK(slices[0]["name"] == "visitors");
    CHECK(slices[0]["args"]["outcome"] == "timed_out");
    CHECK(slices[1]["name"] == "page");
    CHECK(slices[1]["ts"] == 1'000'300.0);
    CHECK(slices[1]["dur"] == 289'700.0);
    CHECK(slices[2]["name"] == "waiting");
    CHECK(slices[2]["dur"] == 100.0);
    CHECK(microsecondsText(Duration::nanoseconds(1'234'005)) == "1234.005");
    CHECK(microsecondsText(Duration::nanoseconds(7)) == "0.007");
    CHECK(microsecondsText(Duration::nanoseconds(2'000)) == "2");
}

TEST_CASE("an arrow leads from the caller's slice to the callee's", "[formats][chrome]") {
    Json const events = timeline({{at(1'300'000'000), smallRequest()}});
    auto const starts = ofPhase(events, "s");
    auto const ends = ofPhase(events, "f");
    auto const slices = ofPhase(events, "X");
    REQUIRE(starts.size() == 1);
    REQUIRE(ends.size() == 1);
    CHECK(starts[0]["id"] == ends[0]["id"]);
    CHECK(starts[0]["tid"] == slices[0]["tid"]);
    CHECK(ends[0]["tid"] == slices[1]["tid"]);
    CHECK(ends[0]["ts"] == slices[1]["ts"]);
}

TEST_CASE("an attempt that was refused is an instant of its caller", "[formats][chrome]") {
    Json const events = timeline({{at(1'300'000'000), smallRequest()}});
    auto const instants = ofPhase(events, "i");
    REQUIRE(instants.size() == 1);
    CHECK(instants[0]["name"] == "site -> autos: breaker_open");
    CHECK(instants[0]["tid"] == ofPhase(events, "X")[1]["tid"]);
}

TEST_CASE("work at the same time on one replica goes into lanes", "[formats][chrome]") {
    std::vector<record::Moment> moments;
    for (int i = 0; i < 200; ++i) {
        auto request = smallRequest(static_cast<std::uint64_t>(i));
        Duration const later = Duration::nanoseconds(7'000'001LL * ((i * 37) % 200));
        request.intended = request.intended + later;
        request.ended = request.ended + later;
        request.spans.resize(1);
        auto& span = request.spans[0];
        for (SimTime* t : {&span.sent, &span.arrived, &span.started, &span.ended, &span.answered}) {
            *t = *t + later;
        }
        moments.push_back({request.ended, request});
    }
    Json const events = timeline(moments);
    CHECK(ofPhase(events, "X").size() == 600);
    requireNested(events);
}

TEST_CASE("a fault is a stretch, ended with the run if not before", "[formats][chrome]") {
    Json const events = timeline({{at(10'000), record::EventBegan{0}},
                                  {at(20'000), record::EventBegan{1}},
                                  {at(30'000), record::EventEnded{1}},
                                  {at(90'000), record::RunEnded{}}});
    auto const begins = ofPhase(events, "b");
    auto const ends = ofPhase(events, "e");
    REQUIRE(begins.size() == 2);
    REQUIRE(ends.size() == 2);
    CHECK(begins[0]["name"] == "autos-slow");
    CHECK(begins[0]["cat"] == "fault");
    CHECK(begins[1]["cat"] == "operation");
    CHECK(ends[0]["id"] == begins[1]["id"]);
    CHECK(ends[1]["id"] == begins[0]["id"]);
    CHECK(ends[1]["ts"] == 90.0);
    CHECK(ofPhase(events, "i")[0]["name"] == "autos-slow begins");
}

TEST_CASE("the end of a fault that never began is passed over", "[formats][chrome]") {
    CHECK(ofPhase(timeline({{at(10), record::EventEnded{0}}}), "e").empty());
}

TEST_CASE("breakers and replicas are instants of their process", "[formats][chrome]") {
    Json const events =
        timeline({{at(5'000), record::ReplicaChanged{1, 0, record::ReplicaState::Down}},
                  {at(6'000), record::BreakerChanged{1, 3, record::BreakerState::Closed,
                                                     record::BreakerState::Open}}});
    auto const instants = ofPhase(events, "i");
    REQUIRE(instants.size() == 2);
    CHECK(instants[0]["name"] == "replica 0 down");
    CHECK(instants[1]["name"] == "breaker site -> autos of 3 open");
    CHECK(instants[0]["pid"] != instants[1]["pid"]);
}

TEST_CASE("counters are written when they change", "[formats][chrome]") {
    Json const events =
        timeline({{at(100'000), smallInterval()},
                  {at(200'000), smallInterval()},
                  {at(300'000), record::Interval{{{}}, {{}, {}}, {{}, {}}, {}, {}}}});
    auto const counters = ofPhase(events, "C");
    REQUIRE(counters.size() == 3);
    CHECK(counters[1]["args"] == Json{{"waiting", 3}, {"in service", 16}});
    CHECK(counters[2]["args"] == Json{{"waiting", 0}, {"in service", 0}});
}

TEST_CASE("hostile names and times leave the timeline well-formed", "[formats][chrome]") {
    auto moments = everyMoment();
    auto broken = smallRequest();
    broken.intended = at(-5);
    broken.spans[0].ended = at(1);
    broken.spans[1].arrived = at(3);
    broken.spans[1].attempt = 0;
    moments.push_back({at(1), broken});
    Json const events = eventsOf(rendered(Format::Chrome, hostileHeader(), moments));
    for (auto const& e : events) {
        requireWellFormed(e);
    }
    requireNested(events);
}
