#include "reports/render/summary_json.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "reports/render/timing_json.hpp"
#include "tests/reports/render/documented_keys.hpp"
#include "tests/reports/render/shop_summary.hpp"

using namespace shakedown;
using namespace shakedown::render;
using namespace shakedown::tests;
using Json = nlohmann::json;

namespace {

// Every key with its path, as the reference page writes it: "loads.*.latency_ms.p99".
void collect(Json const& json, std::string const& path, std::vector<std::string>& paths) {
    bool const named = path.ends_with("loads") || path == "services" || path == "calls"
                       || path == "hosts" || path == "links";
    for (auto const& [key, value] : json.items()) {
        std::string const here = path.empty() ? key : path + "." + (named ? "*" : key);
        bool const free = path.ends_with("ci95") || path.ends_with("ci95_from")
                          || path.ends_with("ci95_freedom") || path.ends_with("used_by");
        if (!free) {
            paths.push_back(here);
        }
        if (value.is_object()) {
            collect(value, here, paths);
        } else if (value.is_array() && !value.empty() && value[0].is_object()) {
            for (auto const& item : value) {
                collect(item, here + "[]", paths);
            }
        }
    }
}

} // namespace

TEST_CASE("summary.json has the documented shape", "[render][json]") {
    Json const json = Json::parse(summaryJson(shopSummary()));
    CHECK(json["shakedown"] == 1);
    CHECK(json["scenario"]["name"] == "shop");
    CHECK(json["seed"] == 7);
    CHECK(json["replications"] == 3);
    CHECK(json["platform"] == "ideal");
    CHECK(json["simulated_s"] == 180.0);
    CHECK(json["events"] == 3000);
    CHECK(json["digest"].get<std::string>().size() == 16);
    auto const& load = json["loads"]["visitors"];
    CHECK(load["offered"] == 48300);
    CHECK(load["timed_out"] == 6000);
    CHECK(load["latency_ms"]["p50"].get<double>() == Approx(51).epsilon(0.001));
    CHECK(load["ci95"]["latency_ms.mean"].size() == 2);
    CHECK(load["ci95_from"]["latency_ms.mean"] == "replications");
    CHECK(load["ci95_freedom"]["latency_ms.mean"] == 2);
    CHECK(json["services"]["site"]["queue_max"] == 42);
    CHECK(json["calls"]["site -> autos"]["amplification"] == 1.25);
    CHECK(json["calls"]["site -> autos"]["breaker"]["opened"] == 9);
    CHECK(json["expectations"][0]["held"] == true);
    CHECK(json["expectations"][0]["unit"] == "ms");
    CHECK(json["expectations"][0]["limit"] == 200.0);
    CHECK(json["expectations"][1]["held"] == false);
    CHECK(json["expectations"][1]["unit"] == "%");
    CHECK(json["expectations"][2]["held"].is_null());
    CHECK(json["expectations"][2]["value"].is_null());
    CHECK(json["cascade"][0]["at_s"] == 61.0);
    CHECK(json["cascade"][0]["subject"] == "autos");
    CHECK(json["cascade"][0]["because"] == "autos-slow");
}

TEST_CASE("the order of keys is that of the reference, not of the alphabet", "[render][json]") {
    std::string const text = summaryJson(shopSummary());
    CHECK(text.find("\"shakedown\"") < text.find("\"scenario\""));
    CHECK(text.find("\"seed\"") < text.find("\"replications\""));
    CHECK(text.find("\"loads\"") < text.find("\"services\""));
    CHECK(text.find("\"p999\"") < text.find("\"max\""));
}

TEST_CASE("equal summaries give equal bytes", "[render][json]") {
    CHECK(summaryJson(shopSummary()) == summaryJson(shopSummary()));
}

TEST_CASE("no number is ever not a number", "[render][json]") {
    auto s = shopSummary();
    s.loads[0].throughput = std::nan("");
    s.services[0].utilisation = std::numeric_limits<double>::infinity();
    s.expectations[0].value = std::nan("");
    auto const json = Json::parse(summaryJson(s));
    CHECK(json["loads"]["visitors"]["throughput_per_s"] == 0.0);
    CHECK(json["services"]["site"]["utilisation"] == 0.0);
}

TEST_CASE("hosts tell who used them, and joules only if measured", "[render][json]") {
    auto s = shopSummary();
    s.hosts = {{"h1", 0.75, 2, 1000, {{"site", 0.5}, {"autos", 0.25}}}, {"h2", 0, 0, 0, {}}};
    s.links = {{"line", 0.25, 1e6}};
    auto const json = Json::parse(summaryJson(s));
    CHECK(json["hosts"]["h1"]["used_by"] == Json({{"site", 0.5}, {"autos", 0.25}}));
    CHECK(json["hosts"]["h1"]["joules"] == 1000.0);
    CHECK_FALSE(json["hosts"]["h2"].contains("joules"));
    CHECK(json["links"]["line"]["bytes_per_s"] == 1e6);
    CHECK_FALSE(Json::parse(summaryJson(shopSummary())).contains("hosts"));
}

TEST_CASE("hostile names stay inside their strings", "[render][json]") {
    auto const json = Json::parse(summaryJson(hostileSummary()));
    CHECK(json["expectations"].size() == 3);
    CHECK(json["scenario"]["name"].get<std::string>().find("\x1b[2J") == 0);
    CHECK(summaryJson(hostileSummary()).find('\x1b') == std::string::npos);
}

TEST_CASE("the reference page names every key, and only those", "[render][json]") {
    auto s = shopSummary();
    s.contradictions.push_back("x");
    s.hosts = {{"h1", 0.5, 2, 1000, {{"site", 0.5}}}};
    s.links = {{"line", 0.25, 1e6}};
    std::vector<std::string> paths;
    collect(Json::parse(summaryJson(s)), "", paths);
    CHECK(checkDocumented(paths, "summary.md") > 50);
}

TEST_CASE("timing.json holds what differs between equal runs", "[render][json]") {
    auto const json =
        Json::parse(timingJson({2, 3.5, 1'000'000, 1 << 20, 2, "x86_64, 2 cores", "0.1.0"}));
    CHECK(json["wall_s"] == 2.0);
    CHECK(json["cpu_s"] == 3.5);
    CHECK(json["events_per_s"] == 500000.0);
    CHECK(json["peak_memory_bytes"] == 1048576);
    CHECK(json["jobs"] == 2);
    CHECK(json["machine"] == "x86_64, 2 cores");
    CHECK(json["version"] == "0.1.0");
    CHECK(Json::parse(timingJson({}))["events_per_s"] == 0.0);
}
