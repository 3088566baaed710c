#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/program.hpp"

using namespace shakedown;
using namespace shakedown::tests;

namespace {

// What a run of the boutique writes that must not differ from another run's.
constexpr auto files = {"report.html",  "summary.json", "junit.xml",         "record.ndjson",
                        "series.csv",   "trace.json",   "trace.chrome.json", "metrics.prom",
                        "latency.hlog", "events.jsonl", "topology.dot",      "topology.mmd"};

void runInto(Scratch const& scratch, std::string const& folder, Arguments more,
             Environment const& environment = {}) {
    more.insert(more.begin(), {"run", "-q", "--until", "60s", "-o", folder, "--also",
                               "otlp,chrome,openmetrics,hdr,events,dot,mermaid",
                               library("online-boutique.yaml")});
    auto const outcome = tests::shakedown(more, scratch.path(), environment);
    INFO(outcome.out << outcome.err);
    REQUIRE(outcome.code <= 1); // cut short, an expectation may not hold
}

std::string digestIn(Scratch const& scratch, std::string const& folder) {
    return nlohmann::json::parse(contentOf(scratch / (folder + "/summary.json")))["digest"];
}

} // namespace

TEST_CASE("equal runs give equal bytes", "[end-to-end][repeatable]") {
    Scratch const scratch;
    runInto(scratch, "a", {});
    runInto(scratch, "b", {});
    for (std::string const file : files) {
        INFO(file);
        CHECK_FALSE(contentOf(scratch / ("a/" + file)).empty());
        CHECK((contentOf(scratch / ("a/" + file)) == contentOf(scratch / ("b/" + file))));
    }
}

TEST_CASE("one process or two give equal bytes", "[end-to-end][repeatable]") {
    Scratch const scratch;
    runInto(scratch, "one", {"--seeds", "1..4", "--jobs", "1"});
    runInto(scratch, "two", {"--seeds", "1..4", "--jobs", "2"});
    for (std::string const file : files) {
        INFO(file);
        CHECK((contentOf(scratch / ("one/" + file)) == contentOf(scratch / ("two/" + file))));
    }
}

TEST_CASE("the level of the record changes neither the digest nor a number",
          "[end-to-end][repeatable]") {
    Scratch const scratch;
    for (std::string const level : {"summary", "intervals", "sampled", "full"}) {
        runInto(scratch, level, {"--record", level});
    }
    auto const numbersOf = [&](std::string const& level) {
        auto json = nlohmann::ordered_json::parse(contentOf(scratch / (level + "/summary.json")));
        CHECK(json.erase("command") == 1); // it says the level
        return json;
    };
    auto const numbers = numbersOf("summary");
    CHECK((numbersOf("intervals") == numbers));
    CHECK((numbersOf("sampled") == numbers));
    CHECK((numbersOf("full") == numbers));
}

TEST_CASE("another seed gives another run", "[end-to-end][repeatable]") {
    Scratch const scratch;
    runInto(scratch, "a", {"--seed", "1"});
    runInto(scratch, "b", {"--seed", "2"});
    CHECK(digestIn(scratch, "a") != digestIn(scratch, "b"));
}

TEST_CASE("a processor without AVX2 and FMA gives the same digest", "[end-to-end][repeatable]") {
    Scratch const scratch;
    runInto(scratch, "plain", {});
    runInto(scratch, "old", {}, {{"GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA"}});
    CHECK(digestIn(scratch, "plain") == digestIn(scratch, "old"));
}
