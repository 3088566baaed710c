#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "reports/render/summary_json.hpp"
#include "reports/summary/comparison.hpp"
#include "reports/summary/past_run.hpp"
#include "reports/summary/summary_reader.hpp"
#include "tests/reports/render/shop_summary.hpp"

using namespace shakedown;
using namespace shakedown::render;
using namespace shakedown::tests;
using Json = nlohmann::json;

namespace {

summary::Summary awkwardSummary() {
    auto s = shopSummary();
    auto& first = s.loads[0].replications.at(0);
    first.goodput = 0.1 + 0.2;
    first.ends->errors = 1.0 / 3;
    first.answers->mean = Duration::nanoseconds(1'234'567'890'123);
    first.answers->p50 = Duration::nanoseconds(1);
    s.loads[0].replications.at(1).ends.reset();
    s.loads[0].replications.at(2).answers.reset();
    return s;
}

} // namespace

TEST_CASE("the figures of every replication stand in columns", "[render][json]") {
    auto const json = Json::parse(summaryJson(awkwardSummary()))["per_replication"];
    CHECK(json["seed"] == Json({7, 7, 7}));
    CHECK(json["replication"] == Json({0, 1, 2}));
    CHECK(json["left_out"] == 0);
    auto const& load = json["loads"]["visitors"];
    CHECK(load["goodput_per_s"].size() == 3);
    CHECK(load["errors"][1].is_null());
    CHECK(load["degraded"][1].is_null());
    CHECK(load["latency_ms"]["p99"][2].is_null());
}

TEST_CASE("figures are written with every digit and no more", "[render][json]") {
    std::string const text = summaryJson(awkwardSummary());
    CHECK(text.find("0.30000000000000004") != std::string::npos);
    CHECK(text.find("0.3333333333333333") != std::string::npos);
    CHECK(text.find("1234567.890123") != std::string::npos);
    CHECK(text.find("1e-06") != std::string::npos);
}

TEST_CASE("a run read back is the run that was written, to the last digit",
          "[render][json][comparison]") {
    auto const s = awkwardSummary();
    auto const written = summary::asPastRun(s);
    auto const read = summary::readSummary(summaryJson(s), "summary.json");
    REQUIRE(read.ok());
    auto const run = summary::asPastRun(read.value());
    CHECK(run.scenario == written.scenario);
    CHECK(run.file == written.file);
    CHECK(run.replications == written.replications);
    CHECK(run.kept == written.kept);
    REQUIRE(run.loads.size() == written.loads.size());
    CHECK((run.loads[0].replications == written.loads[0].replications));
    CHECK((run.loads[0].whole == written.loads[0].whole));
    CHECK(summary::compared(run, written).overall == summary::Overall::Same);
}

TEST_CASE("replications that are left out are counted", "[render][json]") {
    auto s = shopSummary();
    s.replications = 5;
    CHECK(Json::parse(summaryJson(s))["per_replication"]["left_out"] == 2);
}
