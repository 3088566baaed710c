#include <catch2/catch.hpp>

#include <string>

#include "scenarios/reading/reader.hpp"
#include "scenarios/reading/writer.hpp"
#include "tests/scenarios/reading/read_result.hpp"

// What the command line changes: --set, --fault, --expect.

using namespace shakedown;
using namespace shakedown::tests;
using namespace shakedown::literals;

namespace {

constexpr auto document =
    "shakedown: 1\n"
    "services:\n"
    "  site: { workers: 40, endpoints: { page: [ work: 1ms, call: autos.v1 ] } }\n"
    "  autos.v1: { endpoints: { search: [ work: 3ms ] } }\n"
    "calls:\n"
    "  \"site -> autos.v1\": { timeout: 300ms, retry: 3 }\n"
    "load: { visitors: { to: site/page, rate: 30/s } }\n"
    "faults:\n"
    "  - { at: 5s, for: 5s, name: autos-slow, slow: { service: autos.v1, add: 1s } }\n";

reading::ReadResult readWith(reading::ReadOptions const& options) {
    return reading::readText(document, "options.yaml", options);
}

model::Scenario set(std::string const& path, std::string const& value) {
    return scenarioOf(readWith({{{path, value}}, {}, {}}));
}

Diagnostic refusalOf(std::string const& path, std::string const& value) {
    auto const result = readWith({{{path, value}}, {}, {}});
    CAPTURE(path, value);
    REQUIRE(result.findings.size() == 1);
    CHECK(result.findings.front().place.file == "--set " + path);
    return result.findings.front();
}

} // namespace

TEST_CASE("an assignment replaces a value of the document", "[reading][set]") {
    CHECK(set("services.site.workers", "8").services.front().workers == 8);
    CHECK(set("run.seed", "99").run.seed == 99);
    CHECK(set("name", "\"a: b\"").name == "a: b");
}

TEST_CASE("a path may lead through names with dots and arrows", "[reading][set]") {
    CHECK(set("services.autos.v1.workers", "3").services[1].workers == 3);
    auto const scenario = set("calls.site -> autos.v1.timeout", "1s");
    CHECK(scenario.calls.front().policy.timeout == 1_s);
    CHECK(set("faults.autos-slow.slow.add", "2s").faults.size() == 1);
    CHECK(set("faults.0.at", "7s").faults.front().when.at == 7_s);
}

TEST_CASE("an assignment may make keys that the format knows", "[reading][set]") {
    CHECK(set("services.site.queue.capacity", "5").services.front().queue.capacity == 5);
    auto const calls = set("calls.* -> *.timeout", "2s").calls;
    REQUIRE(calls.size() == 2);
    CHECK(calls.back().policy.timeout == 2_s);
    auto const endpoint = set("services.site.endpoints.page.idempotent", "false");
    CHECK_FALSE(endpoint.services.front().endpoints.front().idempotent);
    CHECK(endpoint.services.front().endpoints.front().steps.size() == 2);
}

TEST_CASE("a short form keeps its meaning when a key is put beside it", "[reading][set]") {
    auto const scenario = set("calls.site -> autos.v1.retry.backoff.initial", "20ms");
    auto const& retry = *scenario.calls.front().policy.retry;
    CHECK(retry.attempts == 3);
    CHECK(retry.backoff->initial == 20_ms);
}

TEST_CASE("a value of an assignment is YAML", "[reading][set]") {
    auto const scenario = set("run", "{ for: 3s, replications: 2 }");
    CHECK(scenario.run.lasts == 3_s);
    CHECK(scenario.run.replications == 2);
    CHECK(set("expect", "[ p99(visitors) < 1s ]").expect.size() == 1);
}

TEST_CASE("an assignment that leads nowhere is refused with the nearest word", "[reading][set]") {
    CHECK(refusalOf("services.site.wokers", "8").hint == "did you mean 'workers'?");
    CHECK(refusalOf("services.sit.workers", "8").hint == "did you mean 'site'?");
    CHECK(refusalOf("faults.autos-slo.at", "8s").hint == "did you mean 'autos-slow'?");
    CHECK(refusalOf("name.x", "8").code == "E013");
    CHECK(refusalOf("faults.7.at", "8s").code == "E013");
    CHECK(refusalOf("", "8").code == "E013");
    CHECK(refusalOf(".", "8").code == "E013");
    CHECK(refusalOf("services..workers", "8").code == "E013");
}

TEST_CASE("a wrong value of an assignment is refused as in the file", "[reading][set]") {
    CHECK(refusalOf("services.site.workers", "many").code == "E104");
    CHECK(refusalOf("services.site.workers", "[").code == "E004");
    CHECK(refusalOf("services.site.workers", std::string("\0", 1)).code == "E003");
    CHECK(refusalOf("run.for", "10").hint == "did you mean '10ms'?");
}

TEST_CASE("the later of two assignments wins", "[reading][set]") {
    auto const scenario = scenarioOf(
        readWith({{{"services.site.workers", "8"}, {"services.site.workers", "9"}}, {}, {}}));
    CHECK(scenario.services.front().workers == 9);
}

TEST_CASE("a fault of the command line stands behind those of the file", "[reading][options]") {
    auto const scenario = scenarioOf(readWith({{}, {"{ at: 1s, kill: { service: site } }"}, {}}));
    REQUIRE(scenario.faults.size() == 2);
    CHECK(scenario.faults.back().name == "kill-site");
}

TEST_CASE("a fault of the command line can be assigned to", "[reading][options]") {
    auto const scenario = scenarioOf(
        readWith({{{"faults.kill-site.at", "4s"}}, {"{ at: 1s, kill: { service: site } }"}, {}}));
    CHECK(scenario.faults.back().when.at == 4_s);
}

TEST_CASE("an expectation of the command line stands behind those of the file",
          "[reading][options]") {
    auto const scenario = scenarioOf(readWith({{}, {}, {"p99(visitors) < 1s"}}));
    REQUIRE(scenario.expect.size() == 1);
    CHECK(scenario.expect.front().text == "p99(visitors) < 1s");
}

TEST_CASE("a mistake of the command line has its place there", "[reading][options]") {
    auto const fault = readWith({{}, {"{ at: 1s, kil: { service: site } }"}, {}});
    REQUIRE(fault.findings.size() == 1);
    CHECK(fault.findings.front().place.file == "--fault");
    CHECK(fault.findings.front().place.column == 11);
    auto const expectation = readWith({{}, {}, {"p99(visitor) < 1s"}});
    REQUIRE(expectation.findings.size() == 1);
    CHECK(expectation.findings.front().place.file == "--expect");
    CHECK(expectation.findings.front().place.column == 5);
}

TEST_CASE("names of faults are made from what they are", "[reading][names]") {
    auto const scenario = scenarioOf(
        readWith({{},
                  {"{ at: 1s, kill: { service: site } }", "{ at: 2s, kill: { service: site } }",
                   "{ at: 2s, reject: { call: \"* -> site\" } }",
                   "{ at: 2s, partition: { between: [site], and: "
                   "[autos.v1] } }"},
                  {}}));
    REQUIRE(scenario.faults.size() == 5);
    CHECK(scenario.faults[1].name == "kill-site");
    CHECK(scenario.faults[2].name == "kill-site-2");
    CHECK(scenario.faults[3].name == "reject-any-site");
    CHECK(scenario.faults[4].name == "partition-site");
}
