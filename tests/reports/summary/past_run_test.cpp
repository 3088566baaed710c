#include "reports/summary/past_run.hpp"
#include "reports/summary/summary_reader.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::summary;
using Json = nlohmann::json;

namespace {

// The least that a summary.json of two replications has for a comparison.
Json small() {
    return Json::parse(R"({
        "shakedown": 1, "scenario": {"name": "shop", "file": "shop.yaml", "digest": "00"},
        "seed": 1, "platform": "ideal", "simulated_s": 60, "events": 1, "digest": "00",
        "services": {}, "calls": {}, "expectations": [], "cascade": [],
        "replications": 2, "ended": "finished",
        "loads": {"visitors": {"offered": 100, "in_flight": 0, "good": 90, "throughput_per_s": 9,
            "ok": 80, "degraded": 10, "failed": 5, "rejected": 3, "timed_out": 2,
            "goodput_per_s": 9, "errors": 0.1,
            "latency_ms": {"mean": 20, "p50": 15, "p90": 40, "p95": 50, "p99": 80, "p999": 90,
                "max": 90},
            "ci95": {"latency_ms.mean": [19, 21]},
            "ci95_from": {"latency_ms.mean": "replications"}}},
        "per_replication": {"seed": [1, 2], "replication": [0, 0], "left_out": 0,
            "loads": {"visitors": {"goodput_per_s": [8, 10], "errors": [null, 0.1],
                "degraded": [null, 0.2],
                "latency_ms": {"mean": [19.000001, null], "p50": [14, null], "p95": [49, null],
                    "p99": [79, null]}}}}})");
}

Result<PastRun> readPastRun(std::string const& text) {
    auto const read = readSummary(text, "summary.json");
    if (!read.ok()) {
        return read.errors();
    }
    return asPastRun(read.value());
}

bool isRead(Json const& json) {
    return readPastRun(json.dump()).ok();
}

} // namespace

TEST_CASE("a summary is read with the figures of its replications", "[summary][past]") {
    auto const run = readPastRun(small().dump());
    REQUIRE(run.ok());
    CHECK(run.value().scenario == "shop");
    CHECK(run.value().file == "shop.yaml");
    CHECK(run.value().replications == 2);
    CHECK(run.value().kept == std::vector<ReplicationId>{{1, 0}, {2, 0}});
    auto const& load = run.value().loads.at(0);
    CHECK(load.whole.ends->degraded == 0.1);
    CHECK(load.whole.answers->p99 == 80_ms);
    REQUIRE(load.replications.size() == 2);
    CHECK(load.replications[0].answers->mean == Duration::nanoseconds(19'000'001));
    CHECK_FALSE(load.replications[0].ends);
    CHECK(load.replications[1].ends->degraded == 0.2);
    CHECK_FALSE(load.replications[1].answers);
    CHECK_FALSE(load.batches);
}

TEST_CASE("a summary from before replications were kept is read without them", "[summary][past]") {
    auto json = small();
    json.erase("per_replication");
    auto const run = readPastRun(json.dump());
    REQUIRE(run.ok());
    CHECK(run.value().kept.empty());
    CHECK(run.value().loads.at(0).replications.empty());
    CHECK(run.value().loads.at(0).whole.goodput == 9);
}

TEST_CASE("an interval of batches gives back its standard error", "[summary][past]") {
    auto json = small();
    auto& load = json["loads"]["visitors"];
    load["ci95_from"]["latency_ms.mean"] = "batch_means";
    CHECK_FALSE(readPastRun(json.dump()).value().loads.at(0).batches); // of how many batches?
    load["ci95_freedom"]["latency_ms.mean"] = 39;
    auto const batches = readPastRun(json.dump()).value().loads.at(0).batches;
    REQUIRE(batches);
    CHECK(batches->mean == Approx(0.02));
    CHECK(batches->error == Approx(0.001 / 2.022691).epsilon(1e-6));
    CHECK(batches->freedom == 39);
}

TEST_CASE("a load without answers has none", "[summary][past]") {
    auto json = small();
    for (auto const* key : {"ok", "degraded"}) {
        json["loads"]["visitors"][key] = 0;
    }
    CHECK_FALSE(readPastRun(json.dump()).value().loads.at(0).whole.answers);
    for (auto const* key : {"failed", "rejected", "timed_out"}) {
        json["loads"]["visitors"][key] = 0;
    }
    CHECK_FALSE(readPastRun(json.dump()).value().loads.at(0).whole.ends);
}

TEST_CASE("what is no summary is refused, whatever it is", "[summary][past]") {
    for (auto const* text : {"", "{", "[]", "{}", "{\"shakedown\": 2}", "{\"shakedown\": 1}",
                             "{\"shakedown\": 1, \"scenario\": {\"name\": 3}, \"seed\": 1, "
                             "\"replications\": 1, \"loads\": {}}",
                             "\xff\xfe"}) {
        INFO(text);
        CHECK_FALSE(readPastRun(text).ok());
    }
}

TEST_CASE("a summary with something wrong anywhere is refused", "[summary][past]") {
    REQUIRE(isRead(small()));
    for (auto const& [pointer, value] : std::vector<std::pair<char const*, Json>>{
             {"/ended", "exploded"},
             {"/scenario/file", nullptr},
             {"/loads", 3},
             {"/loads/visitors/ok", "many"},
             {"/loads/visitors/errors", 1.5},
             {"/loads/visitors/goodput_per_s", -1},
             {"/loads/visitors/latency_ms/p99", 1e300},
             {"/per_replication/seed", Json::array({1})},
             {"/per_replication/seed", "x"},
             {"/per_replication/replication/0", "x"},
             {"/per_replication/loads", Json::object()},
             {"/per_replication/loads/visitors/goodput_per_s", Json::array({8})},
             {"/per_replication/loads/visitors/goodput_per_s/1", nullptr},
             {"/per_replication/loads/visitors/errors/1", 7},
             {"/per_replication/loads/visitors/degraded/1", nullptr},
             {"/per_replication/loads/visitors/latency_ms/mean/0", -3},
             {"/per_replication/loads/visitors/latency_ms/p95/0", nullptr}}) {
        auto json = small();
        json[Json::json_pointer(pointer)] = value;
        INFO(pointer);
        CHECK_FALSE(isRead(json));
    }
    auto json = small();
    json["loads"]["visitors"]["ci95_from"]["latency_ms.mean"] = "batch_means";
    json["loads"]["visitors"]["ci95_freedom"]["latency_ms.mean"] = 0;
    CHECK_FALSE(isRead(json));
}
