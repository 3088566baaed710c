
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "reports/render/why_text.hpp"
#include "tests/reports/render/documented_keys.hpp"
#include "tests/reports/render/shop_summary.hpp"
#include "tests/reports/render/shop_why.hpp"

using namespace shakedown;
using namespace shakedown::render;
using namespace shakedown::tests;
using Json = nlohmann::json;

namespace {

// Every key with its path, as the reference page writes it: "blast_radius.loads[].share".
void collect(Json const& json, std::string const& path, std::vector<std::string>& paths) {
    for (auto const& [key, value] : json.items()) {
        std::string const here = path.empty() ? key : path + "." + key;
        paths.push_back(here);
        if (value.is_object()) {
            collect(value, here, paths);
        } else if (value.is_array() && !value.empty() && value[0].is_object()) {
            collect(value[0], here + "[]", paths);
        }
    }
}

constexpr auto golden = R"json({
  "shakedown_why": 1,
  "scenario": "shop",
  "seed": 7,
  "replication": 0,
  "subject": "",
  "offered": 6000.0,
  "bad": 1500.0,
  "examined": 40,
  "causes": [
    {
      "cause": "fault autos-slow (slow)",
      "nature": "fault",
      "share": 0.9,
      "requests": 1350.0
    },
    {
      "cause": "timeout of site -> autos",
      "nature": "configuration",
      "share": 0.1,
      "requests": 150.0
    }
  ],
)json";

} // namespace

TEST_CASE("why as JSON begins so", "[render][why][json]") {
    std::string const text = whyJson(shopWhy());
    CHECK(text.substr(0, std::string(golden).size()) == golden);
    CHECK(text.ends_with("}\n"));
}

TEST_CASE("why as JSON says what the text says", "[render][why][json]") {
    auto const json = Json::parse(whyJson(shopWhy()));
    CHECK(json["endings"][0]
          == Json{{"what", "queue full at site"},
                  {"cause", "queue_full"},
                  {"call", "visitors -> site"},
                  {"requests", 1200}});
    CHECK(json["amplifiers"][0]
          == Json{{"call", "site -> autos"},
                  {"by", "retries"},
                  {"factor", 2.5},
                  {"extra_attempts", 450}});
    CHECK(json["chain"].size() == 3);
    CHECK(json["chain"][2]
          == Json{{"at_s", 10},
                  {"subject", "fault autos-slow (slow)"},
                  {"what", "from 10.0 s to 20.0 s"}});
    CHECK(json["story"][1] == Json{{"at_s", 11}, {"text", "requests of visitors go wrong"}});
    CHECK(json["times"]
          == Json{{"detect_s", 1},
                  {"spread_s", 2.5},
                  {"recover_s", 5},
                  {"healed", true},
                  {"metastable", false}});
    CHECK(json["blast_radius"]["loads"][0]
          == Json{{"name", "visitors"}, {"asked", 1000}, {"bad", 500}, {"share", 0.5}});
    CHECK(json["blast_radius"]["owners"][0]
          == Json{{"name", "web-team"}, {"share", 0.485}, {"services", {"site"}}});
}

TEST_CASE("times that are not known are null, and lists without entries are lists",
          "[render][why][json]") {
    why::Explanation e;
    auto const json = Json::parse(whyJson(e));
    CHECK(json["times"]["detect_s"].is_null());
    CHECK(json["times"]["spread_s"].is_null());
    CHECK(json["times"]["recover_s"].is_null());
    for (char const* key : {"causes", "endings", "amplifiers", "chain", "story"}) {
        CHECK(json[key] == Json::array());
    }
    CHECK(json["bad"] == 0);
}

TEST_CASE("the subject is named as it was asked for", "[render][why][json]") {
    auto e = shopWhy();
    e.subject = {why::SubjectKind::Call, 2};
    CHECK(Json::parse(whyJson(e))["subject"] == "site -> autos");
}

TEST_CASE("hostile names are escaped in JSON", "[render][why][json][hostile]") {
    std::string const name = hostile() + "<script>\\u0041" + std::string(5'000, 'x');
    std::string const text = whyJson(hostileWhy(name));
    auto const json = Json::parse(text); // also: whole UTF-8
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find('\0') == std::string::npos);
    CHECK(text.find('\r') == std::string::npos);
    auto const back = json["scenario"].get<std::string>();
    CHECK(back.starts_with("\x1b[2Jx\"<&>'\xef\xbf\xbd")); // the byte that is no UTF-8 is replaced
    CHECK(back.ends_with("<script>\\u0041" + std::string(5'000, 'x')));
}

TEST_CASE("UTF-8 in names comes back from JSON", "[render][why][json]") {
    auto const json = Json::parse(whyJson(hostileWhy("Übergröße-日本")));
    CHECK(json["subject"] == "Übergröße-日本");
    CHECK(json["blast_radius"]["owners"][0]["services"][0] == "Übergröße-日本");
}

TEST_CASE("the reference page of why names every key, and only those", "[render][why][json]") {
    auto explanation = shopWhy();
    explanation.subject.from = SimTime::at(Duration::seconds(60)); // these are there if asked for
    explanation.subject.to = SimTime::at(Duration::seconds(63));
    std::vector<std::string> paths;
    collect(Json::parse(whyJson(explanation)), "", paths);
    CHECK(checkDocumented(paths, "why.md", "## What --json prints") == paths.size());
}

TEST_CASE("a stretch that was asked about is told, and none otherwise", "[render][why][json]") {
    auto explanation = shopWhy();
    auto const whole = Json::parse(whyJson(explanation));
    CHECK_FALSE(whole.contains("from_s"));
    CHECK_FALSE(whole.contains("to_s"));
    explanation.subject.from = SimTime::at(Duration::seconds(60));
    auto const part = Json::parse(whyJson(explanation));
    CHECK(part["from_s"] == 60);
    CHECK_FALSE(part.contains("to_s"));
}
