#include "reports/summary/summary_reader.hpp"

#include <catch2/catch.hpp>

#include "reports/render/summary_json.hpp"
#include "tests/reports/render/shop_summary.hpp"

using namespace shakedown;
using namespace shakedown::summary;
using namespace shakedown::tests;

namespace {

std::string whyNot(std::string const& text) {
    auto const read = readSummary(text, "x/summary.json");
    REQUIRE_FALSE(read);
    CHECK(read.errors().front().code == "R401");
    return read.errors().front().message;
}

std::string replaced(std::string text, std::string const& what, std::string const& with) {
    auto const at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

} // namespace

TEST_CASE("a summary is read back as it was written", "[summary][reader]") {
    Summary s = shopSummary();
    s.hosts = {{"north-1", 0.5, 2.5, 1234.5, {{"site", 0.25}, {"autos", 0.125}}},
               {"north-2", 0, 0, 0, {}}};
    s.links = {{"backbone", 0.125, 1e6}};
    s.reason = record::EndReason::TimeLimit;
    s.about = "A \"shop\".";
    s.command = "shakedown run 'my shop.yaml' --seed 7";
    s.contradictions = {"the books do not balance"};
    s.loads[0].tail.push_back({"during autos-slow", 3, {Duration::nanoseconds(1'234'567)}});
    s.loads[0].intervals[0].interval.method = measure::IntervalMethod::BatchMeans;
    REQUIRE_FALSE(s.kept.empty());
    REQUIRE(s.loads[0].replications.size() == s.kept.size());
    for (auto const& summary : {s, shopSummary()}) {
        std::string const text = render::summaryJson(summary);
        auto const read = readSummary(text, "summary.json");
        REQUIRE(read);
        CHECK(render::summaryJson(read.value()) == text);
    }
}

TEST_CASE("what is no summary is refused with the reason", "[summary][reader]") {
    std::string const good = render::summaryJson(shopSummary());
    for (std::string const text : {"", "{", "[]", "{\"shakedown\":2}", "null"}) {
        CHECK(whyNot(text) == "'x/summary.json' is not the summary.json of a run");
    }
    CHECK(whyNot("{\"shakedown\":1}").find("scenario") != std::string::npos);
    CHECK(whyNot(replaced(good, "\"seed\": 7", "\"seed\": -7")).find("seed") != std::string::npos);
    CHECK(whyNot(replaced(good, "\"seed\": 7", "\"seed\": 1e300")).find("seed")
          != std::string::npos);
    CHECK(whyNot(replaced(good, "\"p50\"", "\"p49\"")).find("p50") != std::string::npos);
    CHECK(whyNot(good.substr(0, good.size() / 2))
          == "'x/summary.json' is not the summary.json of "
             "a run");
}

TEST_CASE("a summary that no parser can take is refused before it is parsed", "[summary][reader]") {
    std::string const deep = "{\"shakedown\":" + std::string(1'000'000, '[');
    CHECK(whyNot(deep).find("nested too deep") != std::string::npos);
    std::string wide = "{\"shakedown\":1";
    for (int i = 0; i < 60'000; ++i) {
        wide += ",\"k" + std::to_string(i) + "\":0";
    }
    CHECK(whyNot(wide + "}").find("too long") != std::string::npos);
}

TEST_CASE("numbers beyond what a run can have are refused", "[summary][reader]") {
    std::string const good = render::summaryJson(shopSummary());
    CHECK(whyNot(replaced(good, "\"queue_max\": ", "\"queue_max\": 4294967296")).find("queue_max")
          != std::string::npos);
    auto const at = good.find("\"digest\": \"", good.find("\"events\"")) + 11;
    std::string other = good;
    other.replace(at, 16, "zzzzzzzzzzzzzzzz");
    CHECK(whyNot(other).find("digest") != std::string::npos);
}
