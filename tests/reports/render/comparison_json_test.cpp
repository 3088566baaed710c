#include "reports/render/comparison_json.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/reports/render/documented_keys.hpp"
#include "tests/reports/render/shop_summary.hpp"
#include "tests/reports/summary/two_runs.hpp"

using namespace shakedown;
using namespace shakedown::render;
using namespace shakedown::summary;
using namespace shakedown::tests;
using Json = nlohmann::json;

namespace {

std::string textOf(PastRun const& before, PastRun const& now) {
    return comparisonJson(compared(before, now), {"runs/a", before}, {"b.yaml", now});
}

// Every key with its path, as the reference page writes it: "loads.*.#.p".
void collectKeys(Json const& json, std::string const& path, std::vector<std::string>& paths) {
    for (auto const& [key, value] : json.items()) {
        std::string const name = path == "loads" ? "*" : path == "loads.*" ? "#" : key;
        std::string const here = path.empty() ? name : path + "." + name;
        paths.push_back(here);
        if (value.is_object()) {
            collectKeys(value, here, paths);
        }
    }
}

} // namespace

TEST_CASE("a comparison is printed for machines in the units of summary.json",
          "[render][comparison][json]") {
    auto const slower = usualRun(5, 1, [](LoadReplication& r) {
        r.answers->mean = r.answers->mean + Duration::milliseconds(5);
        r.ends->errors = 0.25;
    });
    auto const json = Json::parse(textOf(usualRun(5), slower));
    CHECK(json["a"]["name"] == "runs/a");
    CHECK(json["b"]["file"] == "shop.yaml");
    CHECK(json["a"]["replications"] == 5);
    CHECK(json["a"]["ended"] == "finished");
    CHECK(json["paired"] == true);
    CHECK(json["verdict"] == "worse");
    auto const& mean = json["loads"]["visitors"]["mean"];
    CHECK(mean["unit"] == "ms");
    CHECK(mean["a"].get<double>() == Approx(20.04));
    CHECK(mean["difference"].get<double>() == Approx(5));
    CHECK(mean["ci95"].size() == 2);
    CHECK(mean["method"] == "paired");
    CHECK(mean["replications_a"] == 5);
    CHECK(mean["change"] == "worse");
    CHECK(mean["may_hide"].is_null());
    CHECK(mean["noticeable"].get<double>() == Approx(0.2004));
    auto const& errors = json["loads"]["visitors"]["errors"];
    CHECK(errors["unit"] == "share");
    CHECK(errors["difference"] == 0.25);
    CHECK(errors["p_holm"] == 0.0);
}

TEST_CASE("what is not there is null", "[render][comparison][json]") {
    auto const json = Json::parse(textOf(usualRun(1), usualRun(1, 2, [](LoadReplication& r) {
                                             r.goodput = 1;
                                             r.answers.reset();
                                         })));
    auto const& goodput = json["loads"]["visitors"]["goodput"];
    CHECK(goodput["ci95"].is_null());
    CHECK(goodput["p"].is_null());
    CHECK(goodput["method"] == "none");
    CHECK(goodput["change"] == "undecided");
    auto const& mean = json["loads"]["visitors"]["mean"];
    CHECK(mean["b"].is_null());
    CHECK(mean["difference"].is_null());
    CHECK(mean["change"] == "one-sided");
}

TEST_CASE("equal comparisons give equal bytes", "[render][comparison][json]") {
    CHECK(textOf(usualRun(5), usualRun(4)) == textOf(usualRun(5), usualRun(4)));
}

TEST_CASE("hostile names stay inside the strings of a comparison", "[render][comparison][json]") {
    auto run = usualRun(5);
    run.scenario = run.file = run.loads[0].name = hostile();
    std::string const text = textOf(run, run);
    CHECK(Json::parse(text)["loads"].size() == 1);
    CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("the reference page of compare names every key, and only those",
          "[render][comparison][json]") {
    std::vector<std::string> paths;
    collectKeys(Json::parse(textOf(usualRun(5), usualRun(5))), "", paths);
    CHECK(checkDocumented(paths, "compare.md", "## What --json prints") > 30);
}
